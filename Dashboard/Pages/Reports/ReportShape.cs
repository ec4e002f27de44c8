using System.Text.Json;

namespace Manufactura.Dashboard.Pages.Reports;

/// <summary>How a member of a report's rows is written.</summary>
public enum Measure
{
    Text,
    Quantity,
    Money,
    Percent,
    Status,
    Material,
    Bom,
}

/// <summary>One column of a report. The title is a key of PagesTexts.</summary>
public sealed record ReportColumn(string Member, string Title, Measure Measure = Measure.Text)
{
    public bool IsNumber => Measure is Measure.Quantity or Measure.Money or Measure.Percent;
}

/// <summary>A bar of a chart.</summary>
public sealed record Bar(string Name, double Value);

/// <summary>A report as table and chart.</summary>
/// <param name="Label">Member that names a bar.</param>
/// <param name="Values">Members drawn beside each other, with their titles' keys.</param>
/// <param name="Dated">Whether a span of time bounds it.</param>
public sealed record ReportShape(
    string Name,
    IReadOnlyList<ReportColumn> Columns,
    string Label,
    IReadOnlyList<(string Member, string Title)> Values,
    Measure Axis = Measure.Quantity,
    bool Dated = true
)
{
    /// <summary>Bars that can still be told apart.</summary>
    public const int MaxBars = 10;

    /// <summary>In the order in which they are offered; names as the API has them.</summary>
    public static IReadOnlyList<ReportShape> All { get; } =
    [
        new(
            "orders-by-state",
            [
                new("status", "State", Measure.Status),
                new("orders", "Orders", Measure.Quantity),
                new("quantity", "Quantity", Measure.Quantity),
                new("produced", "Produced", Measure.Quantity),
            ],
            "status",
            [("orders", "Orders")]
        ),
        new(
            "produced-per-product",
            [
                new("name", "Product"),
                new("material", "Code", Measure.Material),
                new("produced", "Produced", Measure.Quantity),
                new("unit", "Unit"),
                new("orders", "Orders", Measure.Quantity),
            ],
            "name",
            [("produced", "Produced")]
        ),
        new(
            "material-consumption",
            [
                new("name", "Material"),
                new("material", "Code", Measure.Material),
                new("consumed", "Consumed", Measure.Quantity),
                new("unit", "Unit"),
                new("orders", "Orders", Measure.Quantity),
                new("cost", "Cost", Measure.Money),
            ],
            "name",
            [("cost", "Cost")],
            Measure.Money
        ),
        new(
            "costs",
            [
                new("name", "Product"),
                new("material", "Code", Measure.Material),
                new("produced", "Produced", Measure.Quantity),
                new("materialCost", "MaterialCost", Measure.Money),
                new("unitCost", "RealUnitCost", Measure.Money),
                new("standardCost", "StandardCost", Measure.Money),
                new("withoutCost", "WithoutCost", Measure.Quantity),
            ],
            "name",
            [("unitCost", "RealUnitCost"), ("standardCost", "StandardCost")],
            Measure.Money
        ),
        new(
            "load-per-line",
            [
                new("name", "Line"),
                new("code", "Code"),
                new("capacityKg", "CapacityKg", Measure.Quantity),
                new("assignedKg", "AssignedKg", Measure.Quantity),
                new("percent", "LoadPercent", Measure.Percent),
                new("orders", "Orders", Measure.Quantity),
            ],
            "name",
            [("percent", "LoadPercent")],
            Measure.Percent,
            false
        ),
        new(
            "most-used-boms",
            [
                new("bom", "Bom", Measure.Bom),
                new("name", "Product"),
                new("orders", "Orders", Measure.Quantity),
                new("quantity", "Quantity", Measure.Quantity),
            ],
            "bom",
            [("orders", "Orders")]
        ),
        new(
            "average-quantity",
            [
                new("name", "Product"),
                new("material", "Code", Measure.Material),
                new("orders", "Orders", Measure.Quantity),
                new("average", "Average", Measure.Quantity),
            ],
            "name",
            [("average", "Average")]
        ),
    ];

    /// <summary>A member's number; null where it has none.</summary>
    public static decimal? Number(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    /// <summary>A member's text; null where it has none.</summary>
    public static string? Text(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
