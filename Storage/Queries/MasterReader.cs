using System.Collections.Immutable;
using Manufactura.Domain.Boms;
using Manufactura.Domain.Materials;
using Manufactura.Storage.Commits.Rows;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>One row of master data in the API's shape, as JSON.</summary>
public sealed record MasterRow(string Code, int Version, string Json);

/// <summary>Which rows; what does not apply to a table is not asked of it.</summary>
/// <param name="Search">Part of the code or name; any case.</param>
public sealed record MasterFilter(
    string? Search = null,
    IReadOnlyList<string>? Kind = null,
    IReadOnlyList<string>? Material = null,
    bool? Active = null
);

/// <summary>Reads master data, and who uses it.</summary>
public sealed class MasterReader(NpgsqlDataSource database)
{
    private static readonly Dictionary<string, (string Es, string En)> Nouns = new(StringComparer.Ordinal)
    {
        ["materials"] = ("materiales", "materials"),
        ["boms"] = ("listas de materiales", "BOMs"),
        ["bomLines"] = ("líneas de listas de materiales", "BOM lines"),
        ["lines"] = ("líneas de producción", "production lines"),
        ["orders"] = ("órdenes", "orders"),
        ["openMatrices"] = ("órdenes abiertas con matriz", "open orders with a matrix"),
        ["lots"] = ("lotes", "lots"),
        ["movements"] = ("movimientos", "movements"),
        ["salesLines"] = ("líneas de venta", "sales lines"),
        ["salesOrders"] = ("órdenes de venta", "sales orders"),
        ["requisitions"] = ("requisiciones", "requisitions"),
        ["cells"] = ("celdas de matrices", "matrix cells"),
        ["entries"] = ("asientos contables", "journal entries"),
        ["accountingSettings"] = ("ajustes de contabilidad", "accounting settings"),
    };

    /// <summary>By code.</summary>
    public Task<Page<MasterRow>> ListAsync(
        MasterTable table,
        MasterFilter filter,
        PageRequest page,
        CancellationToken ct = default
    )
    {
        var statement = new Filtered(Of("master", table))
            .With("search", Like.Containing(filter.Search))
            .With("after", page.After?.Parts[0]);
        if (table == MasterTable.Material)
            statement.With("kind", filter.Kind?.ToArray());
        if (table == MasterTable.Bom)
            statement.With("material", filter.Material?.ToArray());
        if (filter.Active is { } active)
            statement.With(active ? "active" : "inactive", 1);
        return database.PageAsync(statement, page, Row, m => new Cursor(m.Code), ct);
    }

    /// <summary>One row, or null.</summary>
    public async Task<MasterRow?> FindAsync(MasterTable table, string code, CancellationToken ct = default) =>
        // A code that PostgreSQL cannot hold names nothing.
        code.Contains('\0', StringComparison.Ordinal)
            ? null
        : (await database.RowsAsync(new Filtered(Of("master", table)).With("code", code).With("limit", 1), Row, ct)) is [var row]
            ? row
        : null;

    /// <summary>The default location, or null.</summary>
    public async Task<MasterRow?> DefaultLocationAsync(CancellationToken ct = default) =>
        (await database.RowsAsync(new Filtered("master_location").With("default", 1).With("limit", 1), Row, ct)) is [var row]
            ? row
            : null;

    /// <summary>Who uses it and how often; whoever does not is left out.</summary>
    public Task<IReadOnlyList<Usage>> UsesAsync(MasterTable table, string code, CancellationToken ct = default) =>
        UsagesAsync(new Filtered(Of("uses_of", table)).With("code", code), ct);

    /// <summary>Who counts on a material's unit and on whether it is tracked by lot: all but the lines that may make it.</summary>
    public Task<IReadOnlyList<Usage>> QuantitiesOfAsync(string material, CancellationToken ct = default) =>
        UsagesAsync(new Filtered("uses_of_material").With("code", material).With("quantities", 1), ct);

    /// <summary>Open orders whose matrix stands on a material's axes.</summary>
    public Task<IReadOnlyList<Usage>> OpenMatricesAsync(string material, CancellationToken ct = default) =>
        UsagesAsync(new Filtered("uses_of_axes").With("code", material), ct);

    /// <summary>Cells and lots that carry one of these values of an attribute.</summary>
    public Task<IReadOnlyList<Usage>> UsesOfValuesAsync(string attribute, string[] values, CancellationToken ct = default) =>
        UsagesAsync(new Filtered("uses_of_values").With("code", attribute).With("values", values), ct);

    /// <summary>Decimals of the finest quantity that is kept in a unit, 0 to 3.</summary>
    public async Task<int> PrecisionNeededAsync(string unit, CancellationToken ct = default) =>
        (await database.RowsAsync(new Filtered("precision_needed").With("code", unit), r => r.GetInt32(0), ct))[0];

    /// <summary>The active BOMs that can be reached from these materials, level by level.</summary>
    public async Task<IReadOnlyList<Bom>> BomsBelowAsync(string[] materials, CancellationToken ct = default) =>
        await database.RowsAsync(
            new Filtered("boms_below").With("materials", materials),
            r => new Bom(
                r.GetString(0),
                r.GetString(1),
                true,
                OrderJson.ReadBomLines(r.GetString(2)),
                r.GetFieldValue<DateTimeOffset>(3),
                "",
                r.GetInt32(4)
            ),
            ct
        );

    private async Task<IReadOnlyList<Usage>> UsagesAsync(Filtered statement, CancellationToken ct) =>
        [
            .. (
                await database.RowsAsync(
                    statement,
                    r => new Usage(r.GetString(0), Nouns[r.GetString(0)].Es, Nouns[r.GetString(0)].En, r.GetInt64(1)),
                    ct
                )
            ).Where(u => u.Count > 0),
        ];

    private static MasterRow Row(NpgsqlDataReader r) => new(r.GetString(0), r.GetInt32(1), r.GetString(2));

    private static string Of(string what, MasterTable table) =>
        what
        + '_'
        + table switch
        {
            MasterTable.Unit => "unit",
            MasterTable.Location => "location",
            MasterTable.Supplier => "supplier",
            MasterTable.Customer => "customer",
            MasterTable.Attribute => "attribute",
            MasterTable.Material => "material",
            MasterTable.Bom => "bom",
            MasterTable.ProductionLine => "line",
            MasterTable.Account => "account",
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, null),
        };
}
