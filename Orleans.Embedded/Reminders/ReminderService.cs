using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>All reminders of the process, stored ones scheduled.</summary>
internal sealed class ReminderService(EmbeddedRuntime runtime, IReminderTable table)
{
    private readonly Lock gate = new();
    private readonly Dictionary<GrainId, Dictionary<string, Reminder>> live = [];
    private bool stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await table.ReadAllAsync(cancellationToken))
            Schedule(row, ReminderGrid.FirstAfterStart(row), replace: false);
    }

    public void Stop()
    {
        lock (gate)
        {
            stopped = true;
            foreach (var reminder in live.Values.SelectMany(names => names.Values))
                reminder.End();
            live.Clear();
        }
    }

    public List<IGrainReminder> Of(GrainId grain)
    {
        lock (gate)
            return live.TryGetValue(grain, out var names) ? [.. names.Values] : [];
    }

    public async Task<IGrainReminder> RegisterAsync(GrainId grain, string name, TimeSpan due, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, runtime.Options.MinimumReminderPeriod);
        var row = new ReminderRow(grain, name, runtime.Clock.GetUtcNow() + due, period);
        await table.UpsertAsync(row, CancellationToken.None);
        return Schedule(row, row.StartAt, replace: true);
    }

    public async Task UnregisterAsync(GrainId grain, string name)
    {
        await table.RemoveAsync(grain, name, CancellationToken.None);
        lock (gate)
        {
            if (!live.TryGetValue(grain, out var names) || !names.Remove(name, out var reminder))
                return;
            reminder.End();
            if (names.Count == 0)
                live.Remove(grain);
        }
    }

    private Reminder Schedule(ReminderRow row, DateTimeOffset first, bool replace)
    {
        lock (gate)
        {
            if (!live.TryGetValue(row.Grain, out var names))
                live[row.Grain] = names = [];
            if (names.TryGetValue(row.Name, out var old))
            {
                if (!replace)
                    return old;
                old.End();
            }
            var reminder = new Reminder(runtime, table, row);
            names[row.Name] = reminder;
            if (!stopped)
                reminder.WaitUntil(first);
            return reminder;
        }
    }
}
