namespace Manufactura.Storage.Import;

/// <summary>Lots, allocations, movements and entries: materials that match, signs that fit, quantities in their unit's decimals.</summary>
internal static class StockChecks
{
    /// <summary>The columns that hold a quantity of a material, and how to find the material.</summary>
    private static readonly (string Table, string Column, string Of)[] Quantities =
    [
        ("orders", "quantity", "material"),
        ("orders", "produced", "material"),
        ("orders", "moved", "material"),
        ("sales_lines", "quantity", "material"),
        ("requisition_lines", "quantity", "material"),
        ("lots", "quantity", "material"),
        ("lots", "onHand", "material"),
        ("lots", "reserved", "material"),
        ("allocations", "quantity", "lot"),
        ("movements", "quantity", "lot"),
        ("order_cells", "planned", "order"),
        ("order_cells", "toProduce", "order"),
        ("order_cells", "produced", "order"),
        ("order_cells", "moved", "order"),
    ];

    public static void Run(ImportSet set, PlantView view, Problems problems)
    {
        var lots = MaterialOf(set["lots"], "code");
        var orders = MaterialOf(set["orders"], "number");
        foreach (var (name, column, of) in Quantities)
            Decimals(set[name], column, of, lots, orders, view, problems);
        Lots(set["lots"], view, problems);
        Allocations(set["allocations"], lots, problems);
        Movements(set["movements"], lots, problems);
        Entries(set, problems);
    }

    private static Dictionary<string, string> MaterialOf(TableRows table, string key)
    {
        var materials = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
            if (table.Text(row, key) is { } code && table.Text(row, "material") is { } material)
                materials.TryAdd(code, material);
        return materials;
    }

    private static void Decimals(
        TableRows table,
        string column,
        string of,
        Dictionary<string, string> lots,
        Dictionary<string, string> orders,
        PlantView view,
        Problems problems
    )
    {
        foreach (var row in table.Rows)
        {
            if (table.Number(row, column) is not { } quantity || table.Text(row, of) is not { } key)
                continue;
            var material = of == "material" ? key : (of == "lot" ? lots : orders).GetValueOrDefault(key);
            if (view.Precision(material) is { } precision && decimal.Round(quantity, precision) != quantity)
                problems.Add(
                    table,
                    row,
                    column,
                    "too-many-decimals",
                    $"{material} se lleva en {view.Material(material)!.Unit}, con {precision} decimales.",
                    $"{material} is kept in {view.Material(material)!.Unit}, with {precision} decimals."
                );
        }
    }

    private static void Lots(TableRows table, PlantView view, Problems problems)
    {
        var bulk = new HashSet<(string, string)>(view.Known.BulkLots);
        foreach (var row in table.Rows)
        {
            var isBulk = table.Get(row, "bulk") is true;
            if (view.Material(table.Text(row, "material")) is { } material && material.LotTracked == isBulk)
                problems.Add(
                    table,
                    row,
                    "bulk",
                    "bad-value",
                    "El lote a granel es para materiales sin control por lote, y solo para ellos.",
                    "The bulk lot is for materials not tracked by lot, and only for them."
                );
            if (isBulk && table.Text(row, "location") is { } location && !bulk.Add((table.Text(row, "material") ?? "", location)))
                problems.Add(
                    table,
                    row,
                    "bulk",
                    "duplicate",
                    "Ya hay un lote a granel de ese material en esa ubicación.",
                    "There is a bulk lot of that material at that location already."
                );
            if (table.Number(row, "reserved") > (table.Number(row, "onHand") ?? table.Number(row, "quantity")))
                problems.Add(
                    table,
                    row,
                    "reserved",
                    "over-reserved",
                    "Hay más reservado que existente.",
                    "More is reserved than on hand."
                );
            if (table.Text(row, "status") is "Quarantine" or "Rejected" or "Expired" && table.Number(row, "reserved") > 0)
                problems.Add(
                    table,
                    row,
                    "reserved",
                    "over-reserved",
                    "Solo se reserva de lotes disponibles.",
                    "Only available lots are reserved."
                );
        }
    }

    private static void Allocations(TableRows table, Dictionary<string, string> lots, Problems problems)
    {
        var open = new HashSet<(string?, string?)>();
        foreach (var row in table.Rows)
        {
            SameMaterial(table, row, lots, problems);
            if (table.Text(row, "state") == "Reserved" && !open.Add((table.Text(row, "order"), table.Text(row, "lot"))))
                problems.Add(
                    table,
                    row,
                    "lot",
                    "duplicate",
                    "La orden ya tiene una reserva abierta de ese lote.",
                    "The order has an open reservation of that lot already."
                );
        }
    }

    private static void Movements(TableRows table, Dictionary<string, string> lots, Problems problems)
    {
        foreach (var row in table.Rows)
        {
            SameMaterial(table, row, lots, problems);
            if (table.Text(row, "type") is { } type && table.Number(row, "quantity") is { } quantity)
                if (type.EndsWith("_IN", StringComparison.Ordinal) != quantity > 0)
                    problems.Add(
                        table,
                        row,
                        "quantity",
                        "bad-value",
                        "Las entradas (_IN) son positivas y las salidas (_OUT) negativas.",
                        "What comes in (_IN) is positive, what goes out (_OUT) negative."
                    );
        }
    }

    private static void SameMaterial(TableRows table, ImportRow row, Dictionary<string, string> lots, Problems problems)
    {
        if (table.Text(row, "material") is not { } material || table.Text(row, "lot") is not { } lot)
            return;
        if (lots.TryGetValue(lot, out var own) && own != material)
            problems.Add(
                table,
                row,
                "material",
                "bad-value",
                $"El lote {lot} es de {own}, no de {material}.",
                $"Lot {lot} is of {own}, not of {material}."
            );
    }

    private static void Entries(ImportSet set, Problems problems)
    {
        var (entries, lines) = (set["journal_entries"], set["journal_lines"]);
        var balance = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var row in lines.Rows)
            if (lines.Text(row, "entry") is { } entry)
                balance[entry] =
                    balance.GetValueOrDefault(entry) + (lines.Number(row, "debit") ?? 0) - (lines.Number(row, "credit") ?? 0);
        foreach (var row in entries.Rows)
        {
            if (entries.Text(row, "number") is not { } number)
                continue;
            if (!balance.TryGetValue(number, out var difference))
                problems.Add(entries, row, "number", "unbalanced", "El asiento no tiene líneas.", "The entry has no lines.");
            else if (difference != 0)
                problems.Add(
                    entries,
                    row,
                    "number",
                    "unbalanced",
                    $"El asiento no cuadra: débito − crédito = {difference:0.00}.",
                    $"The entry does not balance: debit − credit = {difference:0.00}."
                );
        }
    }
}
