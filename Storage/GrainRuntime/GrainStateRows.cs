using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.GrainRuntime;

/// <summary>A grain's stored state. <c>Etag</c> rises with every write, from 1.</summary>
public sealed record GrainStateRow(string Json, long Etag);

/// <summary>Rows of <c>grain_state</c>, for the runtime's state store.</summary>
public sealed class GrainStateRows(NpgsqlDataSource dataSource)
{
    private static readonly string ReadSql = SqlText.Of("GrainRuntime.GrainStateRead");
    private static readonly string InsertSql = SqlText.Of("GrainRuntime.GrainStateInsert");
    private static readonly string UpdateSql = SqlText.Of("GrainRuntime.GrainStateUpdate");
    private static readonly string ClearSql = SqlText.Of("GrainRuntime.GrainStateClear");

    /// <summary>The state, null where there is none.</summary>
    public async Task<GrainStateRow?> ReadAsync(string name, string grainId, CancellationToken ct = default)
    {
        await using var command = Command(ReadSql, name, grainId);
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        return await reader.ReadAsync(ct).ConfigureAwait(false)
            ? new GrainStateRow(reader.GetString(0), reader.GetInt64(1))
            : null;
    }

    /// <summary>
    /// Writes the state where it still has <paramref name="etag"/> (null: where there is none yet). The new etag, or null where somebody
    /// else wrote first and nothing was changed.
    /// </summary>
    public async Task<long?> WriteAsync(string name, string grainId, string json, long? etag, CancellationToken ct = default)
    {
        await using var command = Command(etag is null ? InsertSql : UpdateSql, name, grainId);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = json, NpgsqlDbType = NpgsqlDbType.Jsonb });
        if (etag is { } expected)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = expected });
        }
        return (long?)await command.ExecuteScalarAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Removes the state where it still has <paramref name="etag"/>; false where it has not.</summary>
    public async Task<bool> ClearAsync(string name, string grainId, long etag, CancellationToken ct = default)
    {
        await using var command = Command(ClearSql, name, grainId);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = etag });
        return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false) == 1;
    }

    private NpgsqlCommand Command(string sql, string name, string grainId)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grainId });
        return command;
    }
}
