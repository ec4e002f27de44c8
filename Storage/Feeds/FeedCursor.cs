using Manufactura.Storage.Turns;
using Npgsql;

namespace Manufactura.Storage.Feeds;

/// <summary>
/// Lets one process of all follow the feed from where the last one stopped: what follows from an event is done once it is
/// certain, perhaps twice after a crash, never not at all.
/// </summary>
public sealed class FeedCursor(NpgsqlDataSource database)
{
    private const int Kind = 7702;

    /// <summary>The place of this reader, held until disposed; null while another process holds it.</summary>
    public async Task<FeedPlace?> TryTakeAsync(string reader, CancellationToken ct)
    {
        await using var key = database.CreateCommand(SqlText.Of("Feeds.CursorKey"));
        key.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reader });
        var turn = await Turn.TryTakeAsync(database, Kind, (int)(await key.ExecuteScalarAsync(ct))!, ct);
        if (turn is null)
            return null;
        try
        {
            var last = await turn.UseAsync(
                async connection =>
                {
                    await using var place = new NpgsqlCommand(SqlText.Of("Feeds.CursorPlace"), connection);
                    place.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reader });
                    return (long)(await place.ExecuteScalarAsync(ct))!;
                },
                ct
            );
            return new FeedPlace(turn, reader, last);
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }
}

/// <summary>A held place in the feed. It can be moved only while it is held.</summary>
public sealed class FeedPlace(Turn turn, string reader, long lastEvent) : IAsyncDisposable
{
    /// <summary>The last event that was dealt with.</summary>
    public long LastEvent { get; private set; } = lastEvent;

    /// <summary>Set once another process may have the place.</summary>
    public CancellationToken Lost => turn.Lost;

    public async Task MoveAsync(long eventId, CancellationToken ct)
    {
        await turn.UseAsync(
            async connection =>
            {
                await using var move = new NpgsqlCommand(SqlText.Of("Feeds.CursorMove"), connection);
                move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reader });
                move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = eventId });
                return await move.ExecuteNonQueryAsync(ct);
            },
            ct
        );
        LastEvent = eventId;
    }

    public ValueTask DisposeAsync() => turn.DisposeAsync();
}
