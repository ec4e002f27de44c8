using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A stored reminder.</summary>
/// <param name="Grain">The grain that gets the ticks.</param>
/// <param name="Name">Unique within the grain.</param>
/// <param name="StartAt">When the first tick is due; the others follow in whole periods.</param>
/// <param name="Period">Between two ticks.</param>
/// <param name="LastTickAt">When the last tick was sent that came to its end; null if there was none.</param>
public sealed record ReminderRow(
    GrainId Grain,
    string Name,
    DateTimeOffset StartAt,
    TimeSpan Period,
    DateTimeOffset? LastTickAt = null
);

/// <summary>Where reminders outlive the process. One process at a time uses a table.</summary>
public interface IReminderTable
{
    /// <summary>All reminders; read once, at start.</summary>
    Task<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Inserts the row, or replaces the one of the same grain and name.</summary>
    Task UpsertAsync(ReminderRow row, CancellationToken cancellationToken);

    /// <summary>Sets <see cref="ReminderRow.LastTickAt"/>. A row that is gone stays gone.</summary>
    Task MarkTickAsync(GrainId grain, string name, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Removes a row, if it is there.</summary>
    Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken);
}
