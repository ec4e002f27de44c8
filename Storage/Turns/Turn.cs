using Npgsql;

namespace Manufactura.Storage.Turns;

/// <summary>
/// The right of one process of all to do something, held until disposed. It lives and dies with a database session, so a dead process
/// frees it. A holder shows every few seconds that it is alive; the session of one that does not, whose process hangs though its
/// connection stands, is ended by whoever asks for the turn, and the hung one finds it lost when it wakes up.
/// </summary>
public sealed class Turn : IAsyncDisposable
{
    private static readonly TimeSpan UsualBeat = TimeSpan.FromSeconds(3);

    // Several beats: a pause for garbage collection is not a hang.
    private static readonly TimeSpan UsualHung = TimeSpan.FromSeconds(12);

    private readonly NpgsqlConnection connection;
    private readonly (int Kind, int Key) id;
    private readonly SemaphoreSlim free = new(1, 1);
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Task beating;

    private Turn(NpgsqlConnection connection, int kind, int key, TimeSpan beat)
    {
        (this.connection, id) = (connection, (kind, key));
        beating = BeatAsync(beat);
    }

    /// <summary>Set once the session is gone and another process may have the turn.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>The turn; null while another process has it.</summary>
    public static Task<Turn?> TryTakeAsync(NpgsqlDataSource database, int kind, int key, CancellationToken ct) =>
        TryTakeAsync(database, kind, key, UsualBeat, UsualHung, ct);

    internal static async Task<Turn?> TryTakeAsync(
        NpgsqlDataSource database,
        int kind,
        int key,
        TimeSpan beat,
        TimeSpan hung,
        CancellationToken ct
    )
    {
        var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            if (await ScalarAsync(connection, "Turns.TurnTake", ct, kind, key).ConfigureAwait(false) is true)
            {
                return new Turn(connection, kind, key, beat);
            }
            await ScalarAsync(connection, "Turns.TurnEndHung", ct, kind, (long)key, hung).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Works on the session of the turn: who has lost it cannot do that any more.</summary>
    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        await free.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await work(connection).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Gives the turn back.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync().ConfigureAwait(false);
        await beating.ConfigureAwait(false);
        // A pooled connection would keep the lock.
        try
        {
            await ScalarAsync(connection, "Turns.TurnFree", CancellationToken.None, id.Kind, id.Key).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The server is gone, and with it the lock.
        }
        await connection.DisposeAsync().ConfigureAwait(false);
        free.Dispose();
        lost.Dispose();
        ended.Dispose();
    }

    private async Task BeatAsync(TimeSpan period)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token).ConfigureAwait(false))
            {
                await UseAsync(
                        async c =>
                        {
                            await using var beat = new NpgsqlCommand("select 1", c) { CommandTimeout = 5 };
                            return await beat.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
                        },
                        ended.Token
                    )
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Given back.
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            await lost.CancelAsync().ConfigureAwait(false);
        }
    }

    private static async Task<object?> ScalarAsync(
        NpgsqlConnection connection,
        string statement,
        CancellationToken ct,
        params object[] values
    )
    {
        await using var command = new NpgsqlCommand(SqlText.Of(statement), connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false);
    }
}
