namespace Manufactura.Storage.Import;

/// <summary>Keys and references: nothing twice, nothing that does not exist, no document that is already there.</summary>
internal static class KeyChecks
{
    public static void Run(ImportSet set, KnownPlant plant, Problems problems)
    {
        var defined = PlantTables
            .All.Where(t => t.Key.Count == 1)
            .ToDictionary(
                t => t.Name,
                t => set[t.Name].Rows.Select(r => set[t.Name].Get(r, t.Key[0])).OfType<string>().ToHashSet(StringComparer.Ordinal)
            );
        foreach (var table in set.Tables)
        {
            Duplicates(table, problems);
            if (table.Spec is { InsertOnly: true, Key: [var key] })
                foreach (var row in table.Rows)
                    if (table.Text(row, key) is { } code && plant.Has(table.Spec.Name, code))
                        problems.Add(
                            table,
                            row,
                            key,
                            "exists",
                            $"«{code}» ya existe; los documentos no se reemplazan.",
                            $"\"{code}\" exists already; documents are not replaced."
                        );
            foreach (var column in table.Spec.Columns.Where(c => c.References is not null))
                References(table, column, defined[column.References!], plant, problems);
        }
    }

    private static void Duplicates(TableRows table, Problems problems)
    {
        if (table.Spec.Key.Count == 0)
            return;
        int[] key = [.. table.Spec.Key.Select(k => table.Spec.Ordinal(k)!.Value)];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (key.Any(k => row.Values[k] is null))
                continue;
            var text = string.Join('\u001f', key.Select(k => row.Values[k]));
            if (seen.TryAdd(text, row.Line))
                continue;
            var shown = text.Replace('\u001f', ' ');
            problems.Add(
                table,
                row,
                table.Spec.Key[^1],
                "duplicate",
                $"«{shown}» ya está en la fila {seen[text]}.",
                $"\"{shown}\" is already in row {seen[text]}."
            );
        }
    }

    private static void References(TableRows table, Column column, HashSet<string> defined, KnownPlant plant, Problems problems)
    {
        var ordinal = table.Spec.Ordinal(column.Name)!.Value;
        foreach (var row in table.Rows)
        {
            if (row.Values[ordinal] is not string code || defined.Contains(code))
                continue;
            if (column.SameSet)
                problems.Add(
                    table,
                    row,
                    column.Name,
                    "unknown-reference",
                    $"«{code}» no viene en {column.References} de este mismo envío.",
                    $"\"{code}\" is not in {column.References} of this same set."
                );
            else if (!plant.Has(column.References!, code))
                problems.Add(
                    table,
                    row,
                    column.Name,
                    "unknown-reference",
                    $"«{code}» no existe en {column.References}.",
                    $"\"{code}\" does not exist in {column.References}."
                );
        }
    }
}
