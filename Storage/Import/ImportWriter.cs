using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Import;

/// <summary>Writes a checked set inside one transaction: COPY into staging tables, then one statement per table.</summary>
internal sealed class ImportWriter(NpgsqlConnection connection, ImportSet set)
{
    private const int ReportEvery = 10_000;

    /// <summary>Tables that are columns of the order's row, written with it.</summary>
    private static readonly string[] OfOrders = ["order_axes", "order_bom_lines"];

    /// <summary>Makes the staging tables and fills them; <paramref name="report"/> gets the rows done.</summary>
    public async Task StageAsync(string actor, DateTimeOffset now, Action<string, int>? report, CancellationToken cancel)
    {
        await Run(
            "create temp table import_run (actor text, now timestamptz) on commit drop;"
                + "create temp table import_written (n int generated always as identity, kind text, key text collate \"C\", created boolean)"
                + " on commit drop;"
                + string.Concat(PlantTables.All.Select(Create)),
            cancel
        );
        await using (var run = new NpgsqlCommand("insert into import_run values ($1, $2)", connection))
        {
            run.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
            run.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
            await run.ExecuteNonQueryAsync(cancel);
        }

        var done = 0;
        foreach (var table in set.Tables.Where(t => t.Rows.Count > 0))
        {
            done = await Copy(table, done, report, cancel);
            await KeepAbsent(table, cancel);
            await Run($"analyze {table.Spec.Staging}", cancel);
        }
    }

    /// <summary>From the staging tables into the plant, in the order of the references.</summary>
    public async Task WriteAsync(Action<string>? report, CancellationToken cancel)
    {
        foreach (var table in PlantTables.All.Where(t => set[t.Name].Rows.Count > 0 && !OfOrders.Contains(t.Name)))
        {
            report?.Invoke(table.Name);
            await Run(Sql(table.Name), cancel);
        }

        await Run(Sql("purchases"), cancel);

        // Rows just written are unknown to the planner; the checks that follow join them.
        await Run("analyze lot, production_order, inventory_movement, allocation, import_written", cancel);
        await Run(Sql("sequences"), cancel);
    }

    /// <summary>The text of an embedded file of this folder; it may hold several statements.</summary>
    public static string Sql(string name) => SqlText.Of("Import.Sql." + name);

    private static string Create(TableSpec table) =>
        $"create temp table {table.Staging} (source_line int, "
        + string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\" {c.SqlType}"))
        + ") on commit drop;";

    private async Task<int> Copy(TableRows table, int done, Action<string, int>? report, CancellationToken cancel)
    {
        var columns = table.Spec.Columns;
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy {table.Spec.Staging} (source_line, {names}) from stdin (format binary)",
            cancel
        );
        foreach (var row in table.Rows)
        {
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(row.Line, NpgsqlDbType.Integer, cancel);
            for (var i = 0; i < columns.Count; i++)
                await Write(writer, columns[i].Kind, row.Values[i], cancel);
            if (++done % ReportEvery == 0)
                report?.Invoke(table.Spec.Name, done);
        }

        await writer.CompleteAsync(cancel);
        report?.Invoke(table.Spec.Name, done);
        return done;
    }

    private static Task Write(NpgsqlBinaryImporter writer, ColumnKind kind, object? value, CancellationToken cancel) =>
        value switch
        {
            null => writer.WriteNullAsync(cancel),
            decimal number => writer.WriteAsync(number, NpgsqlDbType.Numeric, cancel),
            int number => writer.WriteAsync(number, NpgsqlDbType.Integer, cancel),
            bool flag => writer.WriteAsync(flag, NpgsqlDbType.Boolean, cancel),
            DateOnly date => writer.WriteAsync(date, NpgsqlDbType.Date, cancel),
            DateTimeOffset instant => writer.WriteAsync(instant.UtcDateTime, NpgsqlDbType.TimestampTz, cancel),
            string text when kind == ColumnKind.Attributes => writer.WriteAsync(text, NpgsqlDbType.Jsonb, cancel),
            string text => writer.WriteAsync(text, NpgsqlDbType.Text, cancel),
            _ => throw new InvalidOperationException($"{value.GetType()} is no value of the format."),
        };

    /// <summary>A column that the header does not name leaves existing master data as it is; an empty field clears it.</summary>
    private async Task KeepAbsent(TableRows table, CancellationToken cancel)
    {
        var absent = table.Spec.Columns.Where(c => !table.Present.Contains(c.Name)).ToList();
        if (table.Spec.InsertOnly || absent.Count == 0)
            return;
        var values = string.Join(", ", absent.Select(c => $"\"{c.Name}\" = {c.Sql}"));
        var keys = table.Spec.Columns.Where(c => table.Spec.Key.Contains(c.Name)).Select(c => $"{c.Sql} = i.\"{c.Name}\"");
        await Run(
            $"update {table.Spec.Staging} i set {values} from {table.Spec.From} where {string.Join(" and ", keys)}",
            cancel
        );
    }

    public async Task Run(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
