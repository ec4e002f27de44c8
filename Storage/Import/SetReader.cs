namespace Manufactura.Storage.Import;

/// <summary>Turns raw tables into typed rows, reporting every field that cannot be read.</summary>
internal sealed class SetReader(ValueParser parser, ImportLimits limits, Problems problems)
{
    public ImportSet Set { get; } = new();

    /// <summary>Reads one table to its end; what is wrong is added to the problems.</summary>
    public void Read(RawTable raw, CancellationToken cancel)
    {
        if (PlantTables.Find(raw.Table) is not { } spec)
        {
            var known = string.Join(", ", PlantTables.All.Select(t => t.Name));
            problems.Add(
                raw.File,
                0,
                null,
                "unknown-file",
                $"No hay una tabla «{raw.Table}»; las hay: {known}.",
                $"There is no table \"{raw.Table}\"; there are: {known}."
            );
            return;
        }

        if (!Set.Sent.Add(spec.Name))
        {
            problems.Add(
                raw.File,
                0,
                null,
                "duplicate-file",
                $"La tabla «{raw.Table}» viene dos veces.",
                $"Table \"{raw.Table}\" comes twice."
            );
            return;
        }

        var table = new TableRows(spec, raw.File);
        Set[spec.Name] = table;
        try
        {
            ReadRows(raw, table, cancel);
        }
        catch (UnreadableException e)
        {
            var p = e.Problem;
            problems.Add(p.File, p.Row, p.Column, p.Code, p.Es, p.En);
        }
    }

    private void ReadRows(RawTable raw, TableRows table, CancellationToken cancel)
    {
        int[]? header = null;
        foreach (var row in raw.Rows)
        {
            cancel.ThrowIfCancellationRequested();
            if (row.IsEmpty)
                continue;
            if (header is null)
            {
                header = Header(table, row);
                continue;
            }

            if (++Set.RowCount > limits.MaxRows)
                throw new UnreadableException(
                    raw.File,
                    row.Line,
                    "too-large",
                    $"Más de {limits.MaxRows} filas.",
                    $"Over {limits.MaxRows} rows."
                );
            table.Rows.Add(Values(raw, table, header, row));
        }

        if (header is null)
            problems.Add(raw.File, 0, null, "empty-file", "El archivo no tiene encabezado.", "The file has no header.");
    }

    /// <summary>For each field of a row the column it fills, or -1.</summary>
    private int[] Header(TableRows table, RawRow row)
    {
        var map = new int[row.Fields.Count];
        for (var i = 0; i < map.Length; i++)
        {
            var name = row.Fields[i].Trim();
            var ordinal = table.Spec.Ordinal(name);
            map[i] = ordinal ?? -1;
            if (ordinal is null && name.Length > 0)
            {
                var known = string.Join(", ", table.Spec.Columns.Select(c => c.Name));
                problems.Add(
                    table.File,
                    row.Line,
                    name,
                    "unknown-column",
                    $"La columna «{name}» no existe; las hay: {known}.",
                    $"There is no column \"{name}\"; there are: {known}."
                );
            }
            else if (ordinal is { } known && !table.Present.Add(table.Spec.Columns[known].Name))
                problems.Add(
                    table.File,
                    row.Line,
                    name,
                    "duplicate-column",
                    $"La columna «{name}» está dos veces.",
                    $"Column \"{name}\" is there twice."
                );
        }

        foreach (var column in table.Spec.Columns.Where(c => c.Required && !table.Present.Contains(c.Name)))
            problems.Add(
                table.File,
                row.Line,
                column.Name,
                "missing-column",
                $"Falta la columna «{column.Name}».",
                $"Column \"{column.Name}\" is missing."
            );
        return map;
    }

    private ImportRow Values(RawTable raw, TableRows table, int[] header, RawRow row)
    {
        var columns = table.Spec.Columns;
        var read = new ImportRow(row.Line, new object?[columns.Count]);
        if (row.Fields.Count > header.Length && row.Fields.Skip(header.Length).Any(f => f.Length > 0))
            problems.Add(
                table,
                read,
                null,
                "too-many-fields",
                "La fila tiene más campos que el encabezado.",
                "The row has more fields than the header."
            );
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] < 0)
                continue;
            var column = columns[header[i]];
            var field = i < row.Fields.Count ? row.Fields[i] : "";
            var value = parser.Parse(column, field, raw.DecimalComma, out var bad);
            read.Values[header[i]] = value;
            if (bad is { } b)
                problems.Add(table, read, column.Name, b.Code, b.Es, b.En);
            else if (value is null && column.Required)
                problems.Add(table, read, column.Name, "missing-value", "Falta el valor.", "The value is missing.");
        }

        return read;
    }
}
