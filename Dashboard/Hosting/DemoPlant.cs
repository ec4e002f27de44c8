using Manufactura.Storage.Import;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Hosting;

/// <summary>Loads <c>demo/</c> into an empty plant, through the same import as anybody's data (<c>Plant:Demo</c>).</summary>
public sealed class DemoPlant(PlantSettings settings, PlantImporter importer, PlantContents contents, ILogger<DemoPlant> logger)
{
    /// <exception cref="InvalidOperationException">The demo's own files are refused; the message names the first rows.</exception>
    public async Task EnsureAsync(CancellationToken ct)
    {
        if (!settings.Demo || !await contents.IsEmptyAsync(ct))
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
