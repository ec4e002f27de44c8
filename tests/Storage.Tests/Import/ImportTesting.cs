using System.Text;
using Manufactura.Storage.Import;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests.Import;

/// <summary>A plant in Colombia whose clock stands still.</summary>
internal sealed class PlantClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public static PlantClock Noon { get; } = new(new DateTimeOffset(2026, 11, 20, 17, 0, 0, TimeSpan.Zero));
}

internal static class ImportTesting
{
    public static TimeZoneInfo Bogota { get; } =
        TimeZoneInfo.CreateCustomTimeZone("Bogota", TimeSpan.FromHours(-5), "Bogotá", "Bogotá");

    public static PlantImporter Importer(NpgsqlDataSource source, ImportLimits? limits = null) =>
        new(source, PlantClock.Noon, Bogota, limits);

    public static string DemoFolder
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Manufactura.sln")))
                folder = Path.GetDirectoryName(folder)!;
            return Path.Combine(folder, "demo");
        }
    }

    public static Dictionary<string, string> Demo() =>
        Directory.GetFiles(DemoFolder, "*.csv").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

    public static async Task<ImportResult> ImportFiles(
        NpgsqlDataSource source,
        IReadOnlyDictionary<string, string> files,
        ImportLimits? limits = null
    ) =>
        await Importer(source, limits)
            .ImportAsync(
                files.ToDictionary(f => f.Key, f => (Stream)new MemoryStream(Encoding.UTF8.GetBytes(f.Value))),
                "prueba"
            );

    public static async Task<Dictionary<string, string>> Export(NpgsqlDataSource source)
    {
        var exporter = new PlantExporter(source);
        var files = new Dictionary<string, string>();
        foreach (var table in PlantExporter.Tables)
        {
            var stream = new MemoryStream();
            Assert.True(await exporter.WriteCsvAsync(table, stream));
            files[table + ".csv"] = Encoding.UTF8.GetString(stream.ToArray());
        }

        return files;
    }

    public static async Task<T> Scalar<T>(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>An empty database of its own for one test.</summary>
    public static async Task<NpgsqlDataSource> EmptyPlant() =>
        NpgsqlDataSource.Create((await PostgresFixture.CreateDatabaseAsync()).ConnectionString);

    public static string Describe(ImportResult result) =>
        string.Join('\n', result.Problems.Take(20).Select(p => $"{p.File}:{p.Row} {p.Column} {p.Code}: {p.En}"));
}
