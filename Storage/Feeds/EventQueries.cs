using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Feeds;

/// <summary>Reads the event table.</summary>
internal static class EventQueries
{
    // A server that does not answer is as good as gone: screens are to know within seconds.
    private const int TimeoutSeconds = 5;
    private static readonly string After = SqlText.Of("Feeds.EventsAfter");
    private static readonly string AfterBySubject = SqlText.Of("Feeds.EventsAfterBySubject");
    private static readonly string Last = SqlText.Of("Feeds.LastEvent");
    private static readonly string Dropped = SqlText.Of("Feeds.DroppedThrough");

    public static async Task<IReadOnlyList<PlantEvent>> AfterAsync(
        NpgsqlConnection connection,
        long afterId,
        int limit,
        CancellationToken ct
    )
    {
        await using var command = new NpgsqlCommand(After, connection) { CommandTimeout = TimeoutSeconds };
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ReadAsync(command, ct).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<PlantEvent>> AfterAsync(
        NpgsqlConnection connection,
        long afterId,
        IReadOnlyCollection<string> subjects,
        int limit,
        CancellationToken ct
    )
    {
        await using var command = new NpgsqlCommand(AfterBySubject, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterId });
        command.Parameters.Add(
            new NpgsqlParameter<string[]> { TypedValue = [.. subjects], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
        );
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ReadAsync(command, ct).ConfigureAwait(false);
    }

    /// <summary>The highest committed id, 0 when there is none.</summary>
    public static async Task<long> LastAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Last, connection);
        return (long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }

    /// <summary>The id through which retention may have dropped events, 0 when nothing was dropped.</summary>
    public static async Task<long> DroppedThroughAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Dropped, connection);
        return (long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }

    private static async Task<IReadOnlyList<PlantEvent>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var events = new List<PlantEvent>();
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            events.Add(
                new PlantEvent(
                    reader.GetInt64(0),
                    reader.GetFieldValue<DateTimeOffset>(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.IsDBNull(4) ? null : reader.GetString(4),
                    reader.IsDBNull(5) ? null : reader.GetInt32(5),
                    reader.GetString(6),
                    reader.GetString(7)
                )
            );
        }
        return events;
    }
}
