using Manufactura.Storage.Import;
using Manufactura.Storage.Queries;
using Manufactura.Storage.Turns;
using Npgsql;

namespace Manufactura.Dashboard.Hosting;

/// <summary>Loads <c>demo/</c> into an empty plant, through the same import as anybody's data (<c>Plant:Demo</c>).</summary>
public sealed class DemoPlant(
    PlantSettings settings,
    PlantImporter importer,
    PlantContents contents,
    NpgsqlDataSource database,
    ILogger<DemoPlant> logger
)
{
    private const int Kind = 7704;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="InvalidOperationException">The demo's own files are refused; the message names the first rows.</exception>
    public async Task EnsureAsync(CancellationToken ct)
    {
        // Of dashboards that start at once one loads, and the others find the plant full.
        while (settings.Demo && await contents.IsEmptyAsync(ct))
            if (await Turn.TryTakeAsync(database, Kind, 1, ct) is { } turn)
                await using (turn)
                    await LoadAsync(ct);
            else
                await Task.Delay(Pause, ct);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (!await contents.IsEmptyAsync(ct))
            return;
        var folder = Path.Combine(AppContext.BaseDirectory, "demo");
        var files = new Dictionary<string, Stream>(StringComparer.Ordinal);
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.csv"))
                files[Path.GetFileName(path)] = File.OpenRead(path);
            var result = await importer.ImportAsync(files, "admin", null, ct);
            if (result.Problems.Count > 0)
                throw new InvalidOperationException(
                    "The demo plant was refused: "
                        + string.Join("; ", result.Problems.Take(5).Select(p => $"{p.File}:{p.Row} {p.Column} {p.En}"))
                );
            logger.LogInformation("Demo plant loaded: {Rows} rows", result.Rows.Values.Sum());
        }
        finally
        {
            foreach (var (_, stream) in files)
                await stream.DisposeAsync();
        }
    }
}
