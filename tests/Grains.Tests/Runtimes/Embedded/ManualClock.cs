namespace Manufactura.Grains.Tests.Runtime;

/// <summary>A clock that stands until it is advanced; timers fire on the way, in order, each at its own time.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private Task atOnce = Task.CompletedTask;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (TakeNext(end) is { } due)
            due();
        lock (gate)
            now = end;
    }

    /// <summary>As a machine that slept: each timer that is due by then fires once, at the end.</summary>
    public void Leap(TimeSpan span)
    {
        List<ManualTimer> due;
        lock (gate)
        {
            now += span;
            due = timers.FindAll(t => t.Due <= now);
            foreach (var timer in due)
                if (timer.Period > TimeSpan.Zero)
                    timer.Due = now + timer.Period;
                else
                    timers.Remove(timer);
        }
        foreach (var timer in due)
            timer.Callback();
    }

    /// <summary>Ends when the timers that were due at once have fired.</summary>
    public Task SettleAsync()
    {
        lock (gate)
            return atOnce;
    }

    private void RunAtOnce(Action callback)
    {
        lock (gate)
            atOnce = atOnce.ContinueWith(
                _ => callback(),
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
    }

    private Action? TakeNext(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is null)
                return null;
            now = next.Due > now ? next.Due : now;
            if (next.Period > TimeSpan.Zero)
                next.Due += next.Period;
            else
                timers.Remove(next);
            return next.Callback;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        public Action Callback { get; } = callback;
        public DateTimeOffset Due { get; set; }
        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1, nameof(dueTime)); // as the real one
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                Period = period;
                Due = clock.now + dueTime;
                if (dueTime > TimeSpan.Zero)
                    clock.timers.Add(this);
            }
            if (dueTime == TimeSpan.Zero)
                clock.RunAtOnce(Callback);
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
