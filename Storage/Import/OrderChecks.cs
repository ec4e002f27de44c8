namespace Manufactura.Storage.Import;

/// <summary>Orders and their matrices: states that belong together, cells within the axes, sums that add up.</summary>
internal static class OrderChecks
{
    private static readonly Dictionary<string, string> StatusOfMatrix = new()
    {
        ["pending"] = "Draft",
        ["planned"] = "Planned",
        ["progress"] = "InProgress",
        ["done"] = "Done",
    };

    public static void Run(ImportSet set, PlantView view, Problems problems)
    {
        var axes = Axes(set["order_axes"]);
        var orders = set["orders"];
        var byNumber = new Dictionary<string, ImportRow>(StringComparer.Ordinal);
        foreach (var row in orders.Rows)
        {
            if (orders.Text(row, "number") is { } number)
                byNumber.TryAdd(number, row);
            States(orders, row, problems);
            Kinship(orders, row, problems);
        }

        Values(set, byNumber, view, problems);
        Cells(set, byNumber, axes, problems);
        foreach (var row in set["order_bom_lines"].Rows)
            MasterChecks.Unit(set["order_bom_lines"], row, view, problems);
    }

    private static void States(TableRows orders, ImportRow row, Problems problems)
    {
        var (status, matrix) = (orders.Text(row, "status"), orders.Text(row, "matrixState"));
        if (matrix is null || status is null or "Cancelled" || StatusOfMatrix[matrix] == status)
            return;
        problems.Add(
            orders,
            row,
            "matrixState",
            "invalid-state",
            $"Con la matriz «{matrix}» la orden está {StatusOfMatrix[matrix]}, no {status}.",
            $"With matrix \"{matrix}\" the order is {StatusOfMatrix[matrix]}, not {status}."
        );
    }

    private static void Kinship(TableRows orders, ImportRow row, Problems problems)
    {
        var (number, kind, parent) = (orders.Text(row, "number"), orders.Text(row, "kind") ?? "main", orders.Text(row, "parent"));
        if (kind == "main" != parent is null)
            problems.Add(
                orders,
                row,
                "parent",
                "bad-value",
                "Las órdenes parciales, residuales y divididas tienen orden padre; las principales no.",
                "Partial, backorder and split orders have a parent; main ones have none."
            );
        else if (kind == "partial" && number is not null && !number.StartsWith(parent + "-", StringComparison.Ordinal))
            problems.Add(
                orders,
                row,
                "number",
                "bad-value",
                $"El número de una parcial empieza por {parent}-.",
                $"The number of a partial begins with {parent}-."
            );
        if (parent is not null && parent == number)
            problems.Add(
                orders,
                row,
                "parent",
                "bad-value",
                "Una orden no es su propia madre.",
                "An order is not its own parent."
            );
    }

    private static Dictionary<(string Order, string Axis), HashSet<string>> Axes(TableRows table)
    {
        var axes = new Dictionary<(string, string), HashSet<string>>();
        foreach (var row in table.Rows)
        {
            if (table.Text(row, "order") is not { } order || table.Text(row, "axis") is not { } axis)
                continue;
            if (!axes.TryGetValue((order, axis), out var values))
                axes[(order, axis)] = values = new HashSet<string>(StringComparer.Ordinal);
            if (table.Text(row, "value") is { } value)
                values.Add(value);
        }

        return axes;
    }

    private static void Values(ImportSet set, Dictionary<string, ImportRow> orders, PlantView view, Problems problems)
    {
        var table = set["order_axes"];
        foreach (var row in table.Rows)
        {
            if (table.Text(row, "order") is not { } number || !orders.TryGetValue(number, out var order))
                continue;
            if (
                view.Material(set["orders"].Text(order, "material")) is not { } product
                || table.Text(row, "value") is not { } value
            )
                continue;
            var attribute = table.Text(row, "axis") == "x" ? product.XAttribute : product.YAttribute;
            if (attribute is null)
                problems.Add(
                    table,
                    row,
                    "order",
                    "no-axes",
                    "El producto de la orden no tiene atributos de matriz.",
                    "The order's product has no matrix attributes."
                );
            else if (!view.HasValue(attribute, value))
                problems.Add(
                    table,
                    row,
                    "value",
                    "unknown-reference",
                    $"«{value}» no es un valor de {attribute}.",
                    $"\"{value}\" is no value of {attribute}."
                );
        }
    }

    private static void Cells(
        ImportSet set,
        Dictionary<string, ImportRow> orders,
        Dictionary<(string, string), HashSet<string>> axes,
        Problems problems
    )
    {
        var table = set["order_cells"];
        var sums = new Dictionary<string, (decimal Planned, decimal Produced, decimal Moved)>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (table.Text(row, "order") is not { } order)
                continue;
            foreach (var axis in new[] { "x", "y" })
                if (table.Text(row, axis) is { } value && axes.GetValueOrDefault((order, axis))?.Contains(value) != true)
                    problems.Add(
                        table,
                        row,
                        axis,
                        "unknown-reference",
                        $"«{value}» no está en el eje {axis} de {order}.",
                        $"\"{value}\" is not on axis {axis} of {order}."
                    );
            var sum = sums.GetValueOrDefault(order);
            sums[order] = (
                sum.Planned + (table.Number(row, "planned") ?? 0),
                sum.Produced + (table.Number(row, "produced") ?? 0),
                sum.Moved + (table.Number(row, "moved") ?? 0)
            );
        }

        foreach (var (number, row) in orders)
            Sums(set["orders"], row, sums.GetValueOrDefault(number), problems);
    }

    private static void Sums(
        TableRows orders,
        ImportRow row,
        (decimal Planned, decimal Produced, decimal Moved) cells,
        Problems problems
    )
    {
        if (orders.Text(row, "matrixState") is not { } matrix)
            return;
        void Expect(string column, decimal sum, string what, string whatEn)
        {
            if (orders.Number(row, column) is { } value && value != sum)
                problems.Add(
                    orders,
                    row,
                    column,
                    "cells-differ",
                    $"{what} de las celdas suma {sum:0.###}, no {value:0.###}.",
                    $"{whatEn} of the cells adds up to {sum:0.###}, not {value:0.###}."
                );
        }

        if (matrix != "pending" && orders.Text(row, "status") != "Cancelled")
            Expect("quantity", cells.Planned, "Lo programado", "The planned quantity");
        Expect("produced", cells.Produced, "Lo producido", "The produced quantity");
        Expect("moved", cells.Moved, "Lo trasladado a residual", "The quantity moved to a backorder");
    }
}
