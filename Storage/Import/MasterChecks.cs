namespace Manufactura.Storage.Import;

/// <summary>Master data: axes, units in use, recipes that use their own product, the one default location.</summary>
internal static class MasterChecks
{
    public static void Run(ImportSet set, PlantView view, Problems problems)
    {
        Materials(set["materials"], view, problems);
        DefaultLocation(set["locations"], view.Known, problems);
        BomLines(set, view, problems);
        Cycles(set, view.Known, problems);
    }

    private static void Materials(TableRows table, PlantView view, Problems problems)
    {
        foreach (var row in table.Rows)
        {
            var (x, y) = (table.Text(row, "xAttribute"), table.Text(row, "yAttribute"));
            if (x is null != y is null)
                problems.Add(
                    table,
                    row,
                    x is null ? "xAttribute" : "yAttribute",
                    "missing-value",
                    "Un producto tiene los dos atributos de matriz o ninguno.",
                    "A product has both matrix attributes or none."
                );
            else if (x is not null && x == y)
                problems.Add(
                    table,
                    row,
                    "yAttribute",
                    "bad-value",
                    "Los dos ejes no pueden ser el mismo atributo.",
                    "Both axes cannot be the same attribute."
                );
            if (table.Text(row, "code") is not { } code || !view.Known.Materials.TryGetValue(code, out var before))
                continue;
            if (!view.Known.MaterialsInUse.Contains(code))
                continue;
            if (table.Text(row, "unit") is { } unit && unit != before.Unit)
                problems.Add(
                    table,
                    row,
                    "unit",
                    "in-use",
                    $"El material ya se usa en {before.Unit}; su unidad no cambia.",
                    $"The material is in use in {before.Unit}; its unit does not change."
                );
            if (((bool?)table.Get(row, "lotTracked") ?? true) != before.LotTracked)
                problems.Add(
                    table,
                    row,
                    "lotTracked",
                    "in-use",
                    "El material ya tiene existencias u órdenes; su control por lote no cambia.",
                    "The material has stock or orders already; its lot tracking does not change."
                );
        }
    }

    private static void DefaultLocation(TableRows table, KnownPlant plant, Problems problems)
    {
        var marked = table.Rows.Where(r => table.Get(r, "isDefault") is true).ToList();
        var sent = table.Rows.Select(r => table.Text(r, "code")).ToHashSet();
        var taken = plant.DefaultLocation is { } d && !sent.Contains(d) ? d : null;
        foreach (var row in taken is null ? marked.Skip(1) : marked)
        {
            var other = taken ?? table.Text(marked[0], "code");
            problems.Add(
                table,
                row,
                "isDefault",
                "duplicate",
                $"Ya hay una ubicación por defecto: {other}.",
                $"There is a default location already: {other}."
            );
        }
    }

    private static void BomLines(ImportSet set, PlantView view, Problems problems)
    {
        var table = set["bom_lines"];
        foreach (var row in table.Rows)
            Unit(table, row, view, problems);
    }

    /// <summary>A line's unit is the component's; left out, it is filled in when written.</summary>
    public static void Unit(TableRows table, ImportRow row, PlantView view, Problems problems)
    {
        var component = table.Text(row, "component");
        if (view.Material(component) is { } material && table.Text(row, "unit") is { } unit && unit != material.Unit)
            problems.Add(
                table,
                row,
                "unit",
                "unit-differs",
                $"La unidad de {component} es {material.Unit}, no {unit}.",
                $"The unit of {component} is {material.Unit}, not {unit}."
            );
    }

    /// <summary>A product must not need itself, directly or through its components' recipes.</summary>
    private static void Cycles(ImportSet set, KnownPlant plant, Problems problems)
    {
        var (boms, lines) = (set["boms"], set["bom_lines"]);
        var products = plant.Recipes.GroupBy(r => r.Bom).ToDictionary(g => g.Key, g => g.First().Product, StringComparer.Ordinal);
        foreach (var row in boms.Rows)
            if (boms.Text(row, "code") is { } code && boms.Text(row, "material") is { } material)
                products[code] = material;
        var replaced = lines.Rows.Select(r => lines.Text(r, "bom")).ToHashSet(StringComparer.Ordinal);
        var graph = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        void Edge(string from, string to)
        {
            if (!graph.TryGetValue(from, out var next))
                graph[from] = next = [];
            next.Add(to);
        }

        foreach (var recipe in plant.Recipes.Where(r => !replaced.Contains(r.Bom)))
            Edge(products[recipe.Bom], recipe.Component);
        foreach (var row in lines.Rows)
        {
            if (lines.Text(row, "bom") is not { } bom || lines.Text(row, "component") is not { } component)
                continue;
            if (!products.TryGetValue(bom, out var product))
                continue;
            if (Reaches(graph, component, product) is { } path)
            {
                var shown = string.Join(" → ", path.Prepend(product));
                problems.Add(
                    lines,
                    row,
                    "component",
                    "bom-cycle",
                    $"La receta se contiene a sí misma: {shown}.",
                    $"The recipe contains itself: {shown}."
                );
            }
            else
                Edge(product, component);
        }
    }

    private static List<string>? Reaches(Dictionary<string, List<string>> graph, string from, string to)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out var at))
        {
            if (at == to)
            {
                var path = new List<string>();
                for (string? step = at; step is not null; step = cameFrom[step])
                    path.Insert(0, step);
                return path;
            }

            foreach (var next in graph.GetValueOrDefault(at, []))
                if (cameFrom.TryAdd(next, at))
                    queue.Enqueue(next);
        }

        return null;
    }
}
