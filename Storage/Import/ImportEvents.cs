using Npgsql;

namespace Manufactura.Storage.Import;

/// <summary>One audit event per thing that an import made or changed, and one for the import itself; the last thing before COMMIT.</summary>
internal static class ImportEvents
{
    /// <summary>What an event is about: prefix of subject and type, table of the format, relation with the version, further data.</summary>
    private static readonly (string Kind, string Table, string Relation, bool Versioned, string? Extra)[] Things =
    [
        ("unit", "units", "unit", true, null),
        ("location", "locations", "location", true, null),
        ("supplier", "suppliers", "supplier", true, null),
        ("customer", "customers", "customer", true, null),
        ("account", "accounts", "account", true, null),
        (
            "attribute",
            "attributes",
            "attribute",
            true,
            Children("values", "attribute_value", "attribute", "'code', c.code, 'name', c.name")
        ),
        ("material", "materials", "material", true, null),
        (
            "bom",
            "boms",
            "bom",
            true,
            Children("lines", "bom_line", "bom", "'component', c.component, 'quantity', c.quantity, 'unit', c.unit")
        ),
        (
            "line",
            "lines",
            "production_line",
            true,
            Children("products", "line_compatibility", "line", "'material', c.material, 'priority', c.priority", "c.priority")
        ),
        (
            "sales-order",
            "sales_orders",
            "sales_order",
            true,
            Children("lines", "sales_line", "sales_order", "'material', c.material, 'quantity', c.quantity")
        ),
        ("order", "orders", "production_order", true, "jsonb_build_object('imported', true)"),
        (
            "requisition",
            "requisitions",
            "requisition",
            true,
            Children(
                "lines",
                "requisition_line",
                "requisition",
                "'material', c.material, 'quantity', c.quantity, 'targetDate', c.target_date"
            )
        ),
        ("lot", "lots", "lot", true, "jsonb_build_object('available', trim_scale(t.on_hand - t.reserved))"),
        (
            "journal-entry",
            "journal_entries",
            "journal_entry",
            false,
            Children("lines", "journal_line", "entry", "'account', c.account, 'debit', c.debit, 'credit', c.credit")
        ),
    ];

    /// <summary>Adds to the batch what writes the events and wakes the readers of the feed.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, ImportSet set, string actor, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var thing in Things)
            if (set.Sent.Contains(thing.Table) || Parts(thing.Kind).Any(set.Sent.Contains))
                batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert(thing)));
        var imported = new NpgsqlBatchCommand(
            "insert into event (type, subject, actor, data) values ('plant-imported', 'plant', $1, $2::jsonb)"
        );
        var rows = set.Tables.Where(t => t.Rows.Count > 0).ToDictionary(t => t.Spec.Name, t => t.Rows.Count);
        imported.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
        imported.Parameters.Add(
            new NpgsqlParameter<string> { TypedValue = System.Text.Json.JsonSerializer.Serialize(new { rows }) }
        );
        batch.BatchCommands.Add(imported);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_notify('feed', '')"));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static string[] Parts(string kind) =>
        kind switch
        {
            "attribute" => ["attribute_values"],
            "bom" => ["bom_lines"],
            "line" => ["line_products"],
            _ => [],
        };

    private static string Insert((string Kind, string Table, string Relation, bool Versioned, string? Extra) thing)
    {
        var spec = PlantTables.Find(thing.Table)!;
        var key = spec.Key[0];
        // A lot that comes in is news for whoever waits for its material: the same event as any other change of a lot.
        var type =
            thing.Kind == "lot" ? "'lot-changed'" : $"'{thing.Kind}-' || case when w.created then 'created' else 'changed' end";
        var also = thing.Kind == "lot" ? "'material:' || t.material" : "null";
        var version = thing.Versioned ? " || jsonb_build_object('version', t.version)" : "";
        return $"""
            insert into event (type, subject, also, version, actor, data)
            select {type}, '{thing.Kind}:' || w.key, {also}, {(thing.Versioned ? "t.version" : "null")}, r.actor,
                jsonb_strip_nulls(to_jsonb(e)){version}{(thing.Extra is null ? "" : " || " + thing.Extra)}
            from import_written w cross join import_run r
                join {thing.Relation} t on t.{key} = w.key
                cross join lateral (select {string.Join(", ", spec.Columns.Select(Value))}) e
            where w.kind = '{thing.Kind}' order by w.n
            """;
    }

    private static string Value(Column column) =>
        column.SqlType == "numeric" ? $"trim_scale({column.Sql}) as \"{column.Name}\"" : $"{column.Sql} as \"{column.Name}\"";

    private static string Children(string member, string relation, string parent, string fields, string order = "c.position")
    {
        var key = relation is "attribute_value" or "bom_line" or "line_compatibility" ? "code" : "number";
        return $"jsonb_build_object('{member}', coalesce((select jsonb_agg(jsonb_build_object({fields}) order by {order}) "
            + $"from {relation} c where c.{parent} = t.{key}), '[]'))";
    }
}
