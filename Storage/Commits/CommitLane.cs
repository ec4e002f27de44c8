using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Commits;

/// <summary>
/// The one connection that writes. It numbers its batches in its row of <c>commit_lane</c>, in their own transactions, so that after
/// a lost connection the row says whether the last one committed; raising the row's epoch first fences what may still be under way.
/// </summary>
internal sealed class CommitLane(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    // All statements go by keys from unnest: a nested loop over an index is right at every size of table, and also takes
    // row locks in the order of the keys. Plans made while tables were empty would otherwise stay.
    private const string Settings =
        "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off; "
        + "set plan_cache_mode = force_generic_plan; set lock_timeout = '15s'; set idle_in_transaction_session_timeout = '15s'";

    private static readonly string ConnectSql = SqlText.Of("Commits.Sql.LaneConnect");
    private static readonly string ForgetSql = SqlText.Of("Commits.Sql.LanesForget");
    private readonly Guid lane = Guid.NewGuid();
    private NpgsqlConnection? connection;
    private int epoch;
    private long number;

    /// <summary>Whether there is a connection to write to.</summary>
    public bool IsOpen => connection?.FullState == System.Data.ConnectionState.Open;

    /// <summary>Connects, after which what was under way has either committed or never will. True where the last batch committed.</summary>
    public async Task<bool> ConnectAsync(CancellationToken ct)
    {
        await CloseAsync();
        var opened = await dataSource.OpenConnectionAsync(ct);
        try
        {
            await using (var settings = new NpgsqlCommand(Settings, opened))
            {
                await settings.ExecuteNonQueryAsync(ct);
            }
            var committed = await FenceAsync(opened, ct);
            connection = opened;
            return committed == number && number > 0;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes units in one transaction and one round trip. Throws what the database says.</summary>
    public async Task WriteAsync(IReadOnlyList<Pending> units)
    {
        number++;
        await using var batch = BatchText.Of(Opened, units, lane, epoch, number);
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a query on the lane's connection, between batches.</summary>
    public Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> ask) => ask(Opened);

    /// <summary>Gives up the connection, and with it all idle ones: after a restart of the server none of them works.</summary>
    public async Task CloseAsync()
    {
        if (connection is { } old)
        {
            connection = null;
            dataSource.Clear();
            await old.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is { } old)
        {
            connection = null;
            await old.DisposeAsync();
        }
    }

    private NpgsqlConnection Opened => connection ?? throw new InvalidOperationException("The lane is not connected.");

    private async Task<long> FenceAsync(NpgsqlConnection opened, CancellationToken ct)
    {
        await using (var forget = new NpgsqlCommand(ForgetSql, opened))
        {
            forget.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = lane, NpgsqlDbType = NpgsqlDbType.Uuid });
            await forget.ExecuteNonQueryAsync(ct);
        }
        await using var fence = new NpgsqlCommand(ConnectSql, opened);
        fence.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = lane, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await fence.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        epoch = reader.GetInt32(0);
        return reader.GetInt64(1);
    }
}
