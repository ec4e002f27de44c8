using static Manufactura.Storage.Import.PlantTables;

namespace Manufactura.Storage.Import;

/// <summary>The documents of the exchange format: orders, stock, accounting. They are only ever inserted.</summary>
internal static class PlantDocuments
{
    private const string Axes = """
        (select o.id, o.number, a.axis, a.position, a.value, a.proportion
            from production_order o cross join lateral (
                select 'x' as axis, x.n::int as position, x.value, null::int as proportion
                    from jsonb_array_elements_text(o.axes -> 'x') with ordinality x(value, n)
                union all
                select 'y', y.n::int, y.value ->> 'value', (y.value ->> 'proportion')::int
                    from jsonb_array_elements(o.axes -> 'y') with ordinality y(value, n)) a
            where o.axes is not null) t
        """;

    private const string BomLines = """
        (select o.id, o.number, l.n::int as position, l.value ->> 'component' as component,
                (l.value ->> 'quantity')::numeric as quantity, l.value ->> 'unit' as unit
            from production_order o cross join lateral jsonb_array_elements(o.bom_lines) with ordinality l(value, n)) t
        """;

    private static readonly string[] OrderStatuses = ["Draft", "Planned", "InProgress", "Done", "Cancelled"];

    private static readonly string[] Movements =
    [
        "PURCHASE_IN",
        "PRODUCTION_OUT",
        "PRODUCTION_IN",
        "ADJUSTMENT_IN",
        "ADJUSTMENT_OUT",
        "TRANSFER_IN",
        "TRANSFER_OUT",
        "SCRAP_OUT",
        "SALE_OUT",
    ];

    public static IReadOnlyList<TableSpec> All { get; } =
    [
        Document(
            "sales_orders",
            "sales_order t",
            "t.id",
            ["number"],
            Key("number"),
            Need(Word("status", "Pending", "Confirmed", "Done", "Cancelled")),
            Need(Ref("customer", "customers")),
            Date("dueDate"),
            Text("createdBy"),
            Instant("createdAt")
        ),
        Document(
            "orders",
            "production_order t",
            "t.id",
            ["number"],
            Key("number"),
            Word("kind", "main", "partial", "backorder", "split"),
            Ref("parent", "orders"),
            Need(Word("status", OrderStatuses)),
            Word("matrixState", "pending", "planned", "progress", "done"),
            Need(Ref("material", "materials")),
            Ref("bom", "boms"),
            Need(Quantity("quantity", Sign.Positive)),
            Quantity("produced", Sign.NotNegative),
            Quantity("moved", Sign.NotNegative),
            Ref("originLocation", "locations"),
            Ref("destinationLocation", "locations"),
            Ref("line", "lines"),
            new("linePosition", ColumnKind.Place),
            Ref("salesOrder", "sales_orders"),
            Date("dueDate"),
            Int("priority") with
            {
                Sign = Sign.Positive,
                Max = 1_000_000,
            },
            Text("observations"),
            Bool("awaitsMaterials"),
            Text("createdBy"),
            Instant("createdAt"),
            Instant("updatedAt"),
            Instant("startedAt"),
            Instant("finishedAt")
        ),
        Document(
            "order_axes",
            Axes,
            "t.id, t.axis, t.position",
            ["order", "axis", "value"],
            Order(),
            Need(Word("axis", "x", "y")),
            Need(Int("position")),
            Need(new Column("value", ColumnKind.Code)),
            Int("proportion") with
            {
                Sign = Sign.Positive,
                Max = 1_000_000,
            }
        ),
        Document(
            "order_bom_lines",
            BomLines,
            "t.id, t.position",
            ["order", "component"],
            Order(),
            Need(Int("position")),
            Need(Ref("component", "materials")),
            Need(Quantity("quantity", Sign.Positive)),
            Ref("unit", "units")
        ),
        Document(
            "order_cells",
            "matrix_cell t join production_order o on o.number = t.production_order",
            "o.id, t.x, t.y",
            ["order", "x", "y"],
            Order() with
            {
                Sql = "t.production_order",
            },
            Need(new Column("x", ColumnKind.Code)),
            Need(new Column("y", ColumnKind.Code)),
            Need(Quantity("planned", Sign.NotNegative)),
            Quantity("toProduce", Sign.NotNegative),
            Quantity("produced", Sign.NotNegative),
            Quantity("moved", Sign.NotNegative),
            Int("version") with
            {
                Sign = Sign.Positive,
            },
            Text("setBy"),
            Instant("setAt")
        ),
        Document(
            "sales_lines",
            "sales_line t join sales_order s on s.number = t.sales_order",
            "s.id, t.position",
            ["salesOrder", "position"],
            Need(Part("salesOrder", "sales_orders")),
            Need(Int("position")),
            Need(Ref("material", "materials")),
            Need(Quantity("quantity", Sign.Positive)),
            Ref("order", "orders") with
            {
                Sql = "t.production_order",
            }
        ),
        .. PlantStock.All(Movements),
    ];

    internal static Column Need(Column column) => column with { Required = true };

    /// <summary>What belongs to a row of another table.</summary>
    internal static Column Part(string name, string table) => Ref(name, table) with { SameSet = true };

    internal static Column Order() => Need(Part("order", "orders")) with { Sql = "t.number" };

    internal static TableSpec Document(
        string name,
        string from,
        string order,
        IReadOnlyList<string> key,
        params Column[] columns
    ) => new(name, from, order, key, true, columns);
}
