using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.GrainRuntime;

/// <summary>A grain's reminder: first at <c>StartAt</c>, then every <c>Period</c>.</summary>
public sealed record ReminderRow(
    string GrainId,
    string Name,
    DateTimeOffset StartAt,
    TimeSpan Period,
    DateTimeOffset? LastFiredAt
);

/// <summary>Rows of <c>grain_reminder</c>, for the runtime's reminders.</summary>
public sealed class ReminderRows(NpgsqlDataSource dataSource)
{
    private static readonly string AllSql = SqlText.Of("GrainRuntime.RemindersAll");
    private static readonly string UpsertSql = SqlText.Of("GrainRuntime.ReminderUpsert");
    private static readonly string DeleteSql = SqlText.Of("GrainRuntime.ReminderDelete");
    private static readonly string FiredSql = SqlText.Of("GrainRuntime.ReminderFired");

    /// <summary>The reminders of one grain, or of all where <paramref name="grainId"/> is null.</summary>
    public async Task<IReadOnlyList<ReminderRow>> ReadAsync(string? grainId = null, CancellationToken ct = default)
    {
        await using var command = dataSource.CreateCommand(AllSql);
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)grainId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }
        );
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var rows = new List<ReminderRow>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            rows.Add(
                new ReminderRow(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetFieldValue<DateTimeOffset>(2),
                    reader.GetTimeSpan(3),
                    reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4)
                )
            );
        }
        return rows;
    }

    /// <summary>Sets a reminder, new or again; it then counts as not fired.</summary>
    public async Task UpsertAsync(
        string grainId,
        string name,
        DateTimeOffset startAt,
        TimeSpan period,
        CancellationToken ct = default
    )
    {
        await using var command = Command(UpsertSql, grainId, name);
        command.Parameters.Add(Instant(startAt));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = period, NpgsqlDbType = NpgsqlDbType.Interval });
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Takes a reminder away; false where there was none.</summary>
    public async Task<bool> DeleteAsync(string grainId, string name, CancellationToken ct = default)
    {
        await using var command = Command(DeleteSql, grainId, name);
        return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false) == 1;
    }

    /// <summary>Notes that a reminder has fired, so that after a restart the missed ones are known.</summary>
    public async Task FiredAsync(string grainId, string name, DateTimeOffset at, CancellationToken ct = default)
    {
        await using var command = Command(FiredSql, grainId, name);
        command.Parameters.Add(Instant(at));
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private static NpgsqlParameter<DateTime> Instant(DateTimeOffset at) =>
        new() { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private NpgsqlCommand Command(string sql, string grainId, string name)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grainId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        return command;
    }
}
