namespace Manufactura.Plant.Simulation.Stage;

/// <summary>
/// What one host takes for the time. Its timers fire only when the plant's time is moved, and it knows which of those that fired
/// were not dealt with yet.
/// </summary>
internal sealed class HostClock(PlantTime time) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<PlantTimer> timers = [];
    private bool stopped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => time.Now;

    public override long GetTimestamp() => time.Now.Ticks;

    public override TimeZoneInfo LocalTimeZone => time.Zone;

    /// <summary>Whether a timer has fired whose owner has neither set it again nor put it away.</summary>
    public bool Busy
    {
        get
        {
            lock (gate)
                return timers.Any(t => t.Fired);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Create(null, () => callback(state), dueTime, period);

    /// <summary>The same clock for one service of the host, whose timers are counted apart.</summary>
    public ServiceClock For() => new(this);

    /// <summary>Nothing fires any more.</summary>
    public void Stop()
    {
        time.Remove(this);
        lock (gate)
            stopped = true;
    }

    /// <summary>Fires what is due, in the order in which it is.</summary>
    internal void FireDue()
    {
        PlantTimer[] due;
        lock (gate)
        {
            if (stopped)
                return;
            due = [.. timers.Where(t => t.Due <= time.Now).OrderBy(t => t.Due).ThenBy(t => t.Number)];
            foreach (var timer in due)
                timer.Expire(time.Now);
        }

        foreach (var timer in due)
            timer.Callback();
    }

    internal PlantTimer Create(ServiceClock? owner, Action callback, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new PlantTimer(this, owner, callback);
        timer.Change(dueTime, period);
        return timer;
    }

    private int numbers;

    /// <summary>A timer; all of its state is guarded by its clock.</summary>
    internal sealed class PlantTimer(HostClock clock, ServiceClock? owner, Action callback) : ITimer
    {
        private TimeSpan period;
        private bool disposed;

        public Action Callback => callback;
        public DateTimeOffset? Due { get; private set; }
        public int Number { get; private set; }
        public bool Fired { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                if (disposed)
                    return false;
                this.period = period;
                Fired = false;
                Number = ++clock.numbers;
                var was = Due is not null;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime;
                owner?.Count(was, Due is not null);
                clock.timers.Add(this);
            }

            if (dueTime == TimeSpan.Zero)
                ThreadPool.UnsafeQueueUserWorkItem(static t => t.AtOnce(), this, preferLocal: false);
            return true;
        }

        /// <summary>Called under the clock's lock.</summary>
        public void Expire(DateTimeOffset now)
        {
            if (period > TimeSpan.Zero)
                Due = now + period;
            else
            {
                (Due, Fired) = (null, true);
                owner?.Count(true, false);
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                if (disposed)
                    return;
                disposed = true;
                owner?.Count(Due is not null, false);
                (Due, Fired) = (null, false);
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void AtOnce()
        {
            lock (clock.gate)
            {
                if (clock.stopped || Due is not { } due || due > clock.GetUtcNow())
                    return;
                Expire(clock.GetUtcNow());
            }

            Callback();
        }
    }
}

/// <summary>A host's clock as one of its services has it: tells whether that service waits for a timer.</summary>
internal sealed class ServiceClock(HostClock clock) : TimeProvider
{
    private int waiting;
    private int begun;

    /// <summary>How many of its timers are set.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>How often it has set one.</summary>
    public int Begun => Volatile.Read(ref begun);

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.Create(this, () => callback(state), dueTime, period);

    /// <summary>Called under the clock's lock.</summary>
    internal void Count(bool before, bool after)
    {
        if (after)
            begun++;
        waiting += (after ? 1 : 0) - (before ? 1 : 0);
    }
}
