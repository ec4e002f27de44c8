using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Storage.Migrations;

/// <summary>One embedded step of the schema.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>All steps, from files named <c>NNNN_name.sql</c>.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } =
    [.. SqlText.Under("Migrations").Select(n => n["Migrations.".Length..]).Select(n => Parse(n, SqlText.Of($"Migrations.{n}")))];

    private static Migration Parse(string name, string sql) =>
        new(int.Parse(name.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture), name[5..], sql);
}

/// <summary>The database's schema is not one that this program may run on.</summary>
public sealed class SchemaException(string message) : Exception(message);

/// <summary>Brings the schema forward: each step in its own transaction, all under one lock, so that nodes may start together.</summary>
public sealed class Migrator(NpgsqlDataSource dataSource, ILogger<Migrator> logger)
{
    private const long LockId = 7700;

    /// <summary>Applies what is missing. Throws <see cref="SchemaException"/> where the database has a changed or an unknown step.</summary>
    public Task RunAsync(CancellationToken ct = default) => RunAsync(Migration.Embedded, ct);

    internal async Task RunAsync(IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockId})", ct);
        try
        {
            await ExecuteAsync(
                connection,
                "create table if not exists schema_migration (version int primary key, name text not null, checksum text not null, "
                    + "applied_at timestamptz not null default now())",
                ct
            );
            var applied = await SchemaState.AppliedAsync(connection, ct);
            SchemaState.Check(migrations, applied);
            var missing = migrations.Where(m => !applied.ContainsKey(m.Version)).ToList();
            foreach (var migration in missing)
            {
                await ApplyAsync(connection, migration, ct);
            }
            if (missing.Count > 0)
            {
                await ExecuteAsync(connection, "analyze", ct);
            }
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockId})", CancellationToken.None);
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, migration.Sql, ct);
        await using var note = new NpgsqlCommand(
            "insert into schema_migration (version, name, checksum) values ($1, $2, $3)",
            connection
        );
        note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Version });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Name });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Checksum });
        await note.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        logger.LogInformation("Schema step {Version} {Name} applied", migration.Version, migration.Name);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
