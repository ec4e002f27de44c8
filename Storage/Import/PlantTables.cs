namespace Manufactura.Storage.Import;

/// <summary>The exchange format: its tables in the order in which they are written, so that references exist.</summary>
internal static class PlantTables
{
    private static readonly string[] Kinds = ["RawMaterial", "Component", "FinishedProduct"];
    private static readonly string[] AccountKinds = ["Asset", "Liability", "Equity", "Income", "Expense"];
    private static readonly string[] Policies = ["SingleLotFirst", "SplitFefo", "SingleLot"];

    public static IReadOnlyList<TableSpec> All { get; } =
    [
        Master("units", "unit t", "t.code", Key(), Name(), Int("precision") with { Sign = Sign.NotNegative, Max = 3 }),
        Master("locations", "location t", "t.code", Key(), Name(), Bool("isDefault"), Bool("active")),
        Master("suppliers", "supplier t", "t.code", Key(), Name(), Text("email")),
        Master("customers", "customer t", "t.code", Key(), Name()),
        Master("accounts", "account t", "t.code", Key(), Name(), Word("kind", AccountKinds)),
        Master("attributes", "attribute t", "t.code", Key(), Name()),
        new(
            "attribute_values",
            "attribute_value t",
            "t.attribute, t.position, t.code",
            ["attribute", "code"],
            false,
            [Ref("attribute", "attributes") with { Required = true }, Key(), Name(), Int("position")]
        ),
        Master(
            "materials",
            "material t",
            "t.code",
            Key(),
            Name(),
            Word("kind", Kinds) with
            {
                Required = true,
            },
            Ref("unit", "units") with
            {
                Required = true,
            },
            Amount("unitCost"),
            Quantity("unitWeightKg", Sign.NotNegative),
            Quantity("minStock", Sign.NotNegative),
            Int("minShelfLifeDays") with
            {
                Sign = Sign.NotNegative,
            },
            Bool("lotTracked"),
            Word("allocationPolicy", Policies),
            Ref("supplier", "suppliers"),
            Quantity("criticalQuantity", Sign.NotNegative),
            Ref("xAttribute", "attributes"),
            Ref("yAttribute", "attributes"),
            new("overproductionTolerance", ColumnKind.Ratio) { Sign = Sign.NotNegative, Max = 1 }
        ),
        Master(
            "boms",
            "bom t",
            "t.created_at, t.code",
            Key(),
            Ref("material", "materials") with
            {
                Required = true,
            },
            Bool("active"),
            Instant("createdAt"),
            Text("createdBy")
        ),
        new(
            "bom_lines",
            "bom_line t",
            "t.bom, t.position",
            ["bom", "component"],
            false,
            [
                Ref("bom", "boms") with
                {
                    Required = true,
                },
                Int("position"),
                Ref("component", "materials") with
                {
                    Required = true,
                },
                Quantity("quantity", Sign.Positive) with
                {
                    Required = true,
                },
                Ref("unit", "units"),
            ]
        ),
        Master(
            "lines",
            "production_line t",
            "t.code",
            Key(),
            Name(),
            Quantity("capacityKg", Sign.Positive) with
            {
                Required = true,
            },
            Bool("active")
        ),
        new(
            "line_products",
            "line_compatibility t",
            "t.line, t.priority, t.material",
            ["line", "material"],
            false,
            [
                Ref("line", "lines") with
                {
                    Required = true,
                },
                Ref("material", "materials") with
                {
                    Required = true,
                },
                Int("priority") with
                {
                    Sign = Sign.Positive,
                },
            ]
        ),
        .. PlantDocuments.All,
    ];

    public static TableSpec? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    internal static Column Key(string name = "code") => new(name, ColumnKind.Code) { Required = true };

    internal static Column Name() => new("name", ColumnKind.Text) { Required = true };

    internal static Column Text(string name) => new(name, ColumnKind.Text);

    internal static Column Ref(string name, string table) => new(name, ColumnKind.Code) { References = table };

    internal static Column Word(string name, params string[] words) => new(name, ColumnKind.Text) { Words = words };

    internal static Column Int(string name) => new(name, ColumnKind.Integer);

    internal static Column Bool(string name) => new(name, ColumnKind.Boolean);

    internal static Column Date(string name) => new(name, ColumnKind.Date);

    internal static Column Instant(string name) => new(name, ColumnKind.Instant);

    internal static Column Amount(string name) => new(name, ColumnKind.Amount) { Sign = Sign.NotNegative };

    internal static Column Quantity(string name, Sign sign) => new(name, ColumnKind.Quantity) { Sign = sign };

    private static TableSpec Master(string name, string from, string order, params Column[] columns) =>
        new(name, from, order, ["code"], false, columns);
}
