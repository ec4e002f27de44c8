using System.Data.Common;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>One reminder that is scheduled. Its ticks are requests of the grain and come one after another.</summary>
internal sealed class Reminder(EmbeddedRuntime runtime, IReminderTable table, ReminderRow row) : IGrainReminder
{
    /// <summary>Timers have a limit of 49 days; a longer wait is made of several.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly Lock gate = new();
    private ITimer? timer;
    private DateTimeOffset due;
    private DateTimeOffset sent;
    private bool armed; // one tick per wait, however often the timer fires
    private volatile bool ended;

    public string ReminderName => row.Name;

    public void WaitUntil(DateTimeOffset next)
    {
        lock (gate)
        {
            if (ended)
                return;
            due = next;
            var wait = next - runtime.Clock.GetUtcNow();
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
            wait = wait > LongestWait ? LongestWait : wait;
            timer ??= NewTimer();
            armed = true;
            timer.Change(wait, Timeout.InfiniteTimeSpan);
            // The clock may have been set forward between the reading above and the timer's own.
            if (wait > TimeSpan.Zero && runtime.Clock.GetUtcNow() >= next)
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void End()
    {
        lock (gate)
        {
            ended = true;
            timer?.Dispose();
        }
    }

    private ITimer NewTimer()
    {
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            return runtime.Clock.CreateTimer(
                static self => ((Reminder)self!).Fire(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
        }
        finally
        {
            flow?.Undo();
        }
    }

    private void Fire()
    {
        lock (gate)
        {
            if (ended || !armed)
                return;
            armed = false;
        }
        sent = runtime.Clock.GetUtcNow();
        if (sent < due)
            WaitUntil(due);
        else
            runtime.Post(row.Grain, new InternalCall($"ReceiveReminder({row.Name})", TickAsync, Ended));
    }

    private async Task TickAsync(Grain? grain)
    {
        if (ended)
            return;
        if (grain is not IRemindable remindable)
            throw new ReminderException($"{row.Grain} is no longer IRemindable.");
        await remindable.ReceiveReminder(row.Name, new(row.StartAt.UtcDateTime, row.Period, sent.UtcDateTime));
        await table.MarkTickAsync(row.Grain, row.Name, sent, CancellationToken.None);
    }

    /// <summary>A database or a grain that was not to be had is no fault of the grain.</summary>
    private static bool IsPassing(Exception error) =>
        error is TimeoutException or DbException { IsTransient: true } || error.InnerException is { } inner && IsPassing(inner);

    /// <summary>
    /// The next tick is the one after this was sent, also if that is past by now because the grain was busy for so long. A tick that
    /// failed is tried again soon, not a period later: late rather than never.
    /// </summary>
    private void Ended(Exception? error)
    {
        if (ended)
            return;
        var next = ReminderGrid.NextAfter(row, sent);
        if (error is not null)
        {
            runtime.Log.Log(
                IsPassing(error) ? LogLevel.Warning : LogLevel.Error,
                error,
                "Reminder {Name} of {Grain} failed and is tried again",
                row.Name,
                row.Grain
            );
            var soon = sent + runtime.Options.MinimumReminderPeriod;
            next = soon < next ? soon : next;
        }
        WaitUntil(next);
    }
}
