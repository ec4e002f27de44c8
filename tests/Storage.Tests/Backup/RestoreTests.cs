using System.Diagnostics;
using Manufactura.Storage.Embedded;
using Manufactura.Storage.Migrations;
using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static Manufactura.Storage.Tests.Import.ImportTesting;

namespace Manufactura.Storage.Tests.Backup;

/// <summary>The two commands of docs/operating.md: a dump of a running plant, restored into a server that has nothing.</summary>
public sealed class RestoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("manufactura-restore-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_dump_restored_into_an_empty_server_is_the_same_plant_and_goes_on()
    {
        Assert.True((await ImportFiles(postgres.DataSource, Demo())).Imported);
        var dump = Path.Combine(directory, "plant.dump");
        await RunAsync(postgres.ConnectionString, "pg_dump", "--format=custom", "--file", dump);
        await using var server = await EmbeddedServer.StartAsync(Path.Combine(directory, "new"), NullLogger.Instance);
        await RunAsync(server.ConnectionString, "pg_restore", "--no-owner", "--exit-on-error", "--dbname=plant", dump);

        await using var restored = PlantDataSource.Create(server.ConnectionString);
        await new Migrator(restored, NullLogger<Migrator>.Instance).RunAsync();
        Assert.True(await new SchemaState(restored).IsCurrentAsync());
        Assert.Equal(await RowsAsync(postgres.DataSource), await RowsAsync(restored));
        var checks = await new CheckQueries(restored).RunAsync(DateTimeOffset.UtcNow, "America/Bogota");
        Assert.Contains(checks, c => c.Kind == "invariant");
        Assert.Empty(checks.Where(c => c is { Kind: "invariant", Violations: > 0 }).Select(c => c.Code));
        // Numbers and events continue where the plant was.
        foreach (var next in (string[])["select nextval('production_order_number')", NextEvent])
            Assert.Equal(await Scalar<long>(postgres.DataSource, next), await Scalar<long>(restored, next));
    }

    private const string NextEvent = """
        insert into event (type, subject, version, actor, data) values ('plant-restored', 'plant', null, 'test', '{}') returning id
        """;

    /// <summary>Every table with its number of rows.</summary>
    private static async Task<Dictionary<string, long>> RowsAsync(NpgsqlDataSource database)
    {
        var tables = new List<string>();
        await using (
            var command = database.CreateCommand(
                "select format('%I', relname) from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
            )
        )
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables.Order(StringComparer.Ordinal))
            rows[table] = await Scalar<long>(database, $"select count(*) from {table}");
        return rows;
    }

    private static async Task RunAsync(string connectionString, string program, params string[] arguments)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(Find(program), arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = $"{connection.Port}";
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGDATABASE"] = connection.Database;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }

    // A server from npm has no tools beside it; a dump must be restored by tools that are not older.
    private static string Find(string program)
    {
        var beside = Binaries.Find(null).Path(program);
        return File.Exists(beside) ? beside
            : Directory.Exists("/usr/lib/postgresql")
                ? Directory
                    .GetDirectories("/usr/lib/postgresql")
                    .Select(d => Path.Combine(d, "bin", program))
                    .Where(File.Exists)
                    .Order(StringComparer.Ordinal)
                    .LastOrDefault()
                    ?? program
            : program;
    }
}
