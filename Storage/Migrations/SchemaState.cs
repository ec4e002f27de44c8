using Npgsql;

namespace Manufactura.Storage.Migrations;

/// <summary>Whether the database has exactly the schema that this program knows. For readiness.</summary>
public sealed class SchemaState(NpgsqlDataSource dataSource)
{
    /// <summary>True where every step is applied unchanged; false where one is missing, changed or unknown. Throws if unreachable.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken ct = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        try
        {
            var applied = await AppliedAsync(connection, ct);
            Check(Migration.Embedded, applied);
            return applied.Count == Migration.Embedded.Count;
        }
        catch (SchemaException)
        {
            return false;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }

    internal static async Task<Dictionary<int, (string Name, string Checksum)>> AppliedAsync(
        NpgsqlConnection connection,
        CancellationToken ct
    )
    {
        await using var command = new NpgsqlCommand(
            "select version, name, checksum from schema_migration order by version",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<int, (string, string)>();
        while (await reader.ReadAsync(ct))
        {
            applied[reader.GetInt32(0)] = (reader.GetString(1), reader.GetString(2));
        }
        return applied;
    }

    internal static void Check(IReadOnlyList<Migration> migrations, Dictionary<int, (string Name, string Checksum)> applied)
    {
        var known = migrations.ToDictionary(m => m.Version);
        foreach (var (version, (name, checksum)) in applied)
        {
            if (!known.TryGetValue(version, out var migration))
            {
                throw new SchemaException(
                    $"The database has schema step {version:0000}_{name}, which this program does not know: it was run by a newer version."
                );
            }
            if (migration.Checksum != checksum)
            {
                throw new SchemaException(
                    $"Schema step {version:0000}_{name} differs from the one applied to the database: applied steps are never edited."
                );
            }
        }
    }
}
