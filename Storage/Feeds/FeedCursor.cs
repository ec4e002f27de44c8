using Npgsql;

namespace Manufactura.Storage.Feeds;

/// <summary>
/// Lets one process of all follow the feed from where the last one stopped: what follows from an event is done once it is
/// certain, perhaps twice after a crash, never not at all.
/// </summary>
public sealed class FeedCursor(NpgsqlDataSource database)
{
    /// <summary>The place of this reader, held until disposed; null while another process holds it.</summary>
    public async Task<FeedPlace?> TryTakeAsync(string reader, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            await using var take = new NpgsqlCommand(SqlText.Of("Feeds.CursorTake"), connection);
            take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reader });
            if (await take.ExecuteScalarAsync(ct) is long last)
                return new FeedPlace(connection, reader, last);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }
}

/// <summary>A held place in the feed. The lock ends with the connection, so a dead process frees it.</summary>
public sealed class FeedPlace(NpgsqlConnection connection, string reader, long lastEvent) : IAsyncDisposable
{
    /// <summary>The last event that was dealt with.</summary>
    public long LastEvent { get; private set; } = lastEvent;

    public async Task MoveAsync(long eventId, CancellationToken ct)
    {
        await using var move = new NpgsqlCommand(SqlText.Of("Feeds.CursorMove"), connection);
        move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reader });
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = eventId });
        await move.ExecuteNonQueryAsync(ct);
        LastEvent = eventId;
    }

    public async ValueTask DisposeAsync()
    {
        // A pooled connection would keep the lock.
        try
        {
            await using var free = new NpgsqlCommand(SqlText.Of("Feeds.CursorFree"), connection);
            free.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reader });
            await free.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The server is gone, and with it the lock.
        }

        await connection.DisposeAsync();
    }
}
