using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A report that can be asked for.</summary>
public sealed record ReportInfo(string Name, string TitleEs, string TitleEn);

/// <summary>The reports of domain.md over a span of time.</summary>
public sealed class ReportQueries(NpgsqlDataSource database)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<ReportInfo> All { get; } =
    [
        new("orders-by-state", "Órdenes por estado", "Orders by state"),
        new("most-used-boms", "Listas de materiales más usadas", "Most used BOMs"),
        new("produced-per-product", "Producción por producto", "Produced per product"),
        new("average-quantity", "Cantidad promedio por orden", "Average quantity per order"),
        new("load-per-line", "Carga por línea", "Load per line"),
        new("material-consumption", "Consumo de materiales", "Material consumption"),
        new("costs", "Costos de producción", "Production costs"),
    ];

    /// <summary>The rows, each a JSON object with the same members; null when there is no such report.</summary>
    /// <param name="from">First instant, null from the beginning.</param>
    /// <param name="before">Up to, and without, this instant; null to the end.</param>
    public async Task<IReadOnlyList<JsonElement>?> RunAsync(
        string name,
        DateTimeOffset? from,
        DateTimeOffset? before,
        CancellationToken ct = default
    )
    {
        if (All.All(r => r.Name != name))
            return null;
        return await database.RowsAsync(
            new Filtered("report_" + name.Replace('-', '_'))
                .With("from", from?.ToUniversalTime())
                .With("before", before?.ToUniversalTime()),
            r => JsonDocument.Parse(r.GetString(0)).RootElement,
            ct
        );
    }
}
