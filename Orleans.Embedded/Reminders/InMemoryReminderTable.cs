using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Reminders that live as long as this object: for tests and for what may be lost.</summary>
public sealed class InMemoryReminderTable : IReminderTable
{
    private readonly Lock gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), ReminderRow> rows = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<ReminderRow>>([.. rows.Values]);
    }

    /// <inheritdoc/>
    public Task UpsertAsync(ReminderRow row, CancellationToken cancellationToken)
    {
        lock (gate)
            rows[(row.Grain, row.Name)] = row;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task MarkTickAsync(GrainId grain, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (gate)
            if (rows.TryGetValue((grain, name), out var row))
                rows[(grain, name)] = row with { LastTickAt = at };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken)
    {
        lock (gate)
            rows.Remove((grain, name));
        return Task.CompletedTask;
    }
}
