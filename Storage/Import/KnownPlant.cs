using Npgsql;

namespace Manufactura.Storage.Import;

/// <summary>What the checks need to know of a material, from the set or from the plant.</summary>
internal sealed record KnownMaterial(string Unit, bool LotTracked, string? XAttribute, string? YAttribute);

/// <summary>What the database already holds of the things that a set names, and nothing more.</summary>
internal sealed class KnownPlant
{
    private static readonly Dictionary<string, (string Relation, string Key)> Homes = new()
    {
        ["units"] = ("unit", "code"),
        ["locations"] = ("location", "code"),
        ["suppliers"] = ("supplier", "code"),
        ["customers"] = ("customer", "code"),
        ["attributes"] = ("attribute", "code"),
        ["materials"] = ("material", "code"),
        ["boms"] = ("bom", "code"),
        ["lines"] = ("production_line", "code"),
        ["sales_orders"] = ("sales_order", "number"),
        ["orders"] = ("production_order", "number"),
        ["requisitions"] = ("requisition", "number"),
        ["lots"] = ("lot", "code"),
        ["journal_entries"] = ("journal_entry", "number"),
        ["accounts"] = ("account", "code"),
    };

    private readonly Dictionary<string, HashSet<string>> keys = [];

    public Dictionary<string, int> Precisions { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, KnownMaterial> Materials { get; } = new(StringComparer.Ordinal);
    public HashSet<(string Attribute, string Code)> Values { get; } = [];

    /// <summary>Materials that have stock, movements or recipes: their unit is settled.</summary>
    public HashSet<string> MaterialsInUse { get; } = new(StringComparer.Ordinal);

    /// <summary>Recipes of the plant as product and component; a cycle may run through them.</summary>
    public List<(string Bom, string Product, string Component)> Recipes { get; } = [];
    public HashSet<(string Material, string Location)> BulkLots { get; } = [];
    public string? DefaultLocation { get; private set; }

    public bool Has(string table, string key) => keys.TryGetValue(table, out var known) && known.Contains(key);

    public static async Task<KnownPlant> LoadAsync(NpgsqlDataSource source, ImportSet set, CancellationToken cancel)
    {
        var plant = new KnownPlant();
        await using var connection = await source.OpenConnectionAsync(cancel);
        foreach (var (table, wanted) in Named(set))
        {
            var (relation, key) = Homes[table];
            var found = new HashSet<string>(StringComparer.Ordinal);
            await Read(
                connection,
                $"select {key} from {relation} where {key} = any($1)",
                wanted,
                r => found.Add(r.GetString(0)),
                cancel
            );
            plant.keys[table] = found;
        }

        await plant.LoadDetails(connection, cancel);
        return plant;
    }

    private async Task LoadDetails(NpgsqlConnection connection, CancellationToken cancel)
    {
        string[] materials = [.. keys.GetValueOrDefault("materials", [])];
        await Read(connection, "select code, precision from unit", null, r => Precisions[r.GetString(0)] = r.GetInt16(1), cancel);
        await Read(
            connection,
            "select attribute, code from attribute_value",
            null,
            r => Values.Add((r.GetString(0), r.GetString(1))),
            cancel
        );
        await Read(connection, "select code from location where is_default", null, r => DefaultLocation = r.GetString(0), cancel);
        await Read(
            connection,
            "select code, unit, lot_tracked, x_attribute, y_attribute from material where code = any($1)",
            materials,
            r => Materials[r.GetString(0)] = new(r.GetString(1), r.GetBoolean(2), Text(r, 3), Text(r, 4)),
            cancel
        );
        await Read(
            connection,
            """
            select m from unnest($1) m
            where exists (select from lot where material = m) or exists (select from bom_line where component = m)
                or exists (select from production_order where material = m)
            """,
            materials,
            r => MaterialsInUse.Add(r.GetString(0)),
            cancel
        );
        await Read(
            connection,
            "select material, location from lot where bulk and material = any($1)",
            materials,
            r => BulkLots.Add((r.GetString(0), r.GetString(1))),
            cancel
        );
        await Read(
            connection,
            "select b.code, b.material, l.component from bom b join bom_line l on l.bom = b.code",
            null,
            r => Recipes.Add((r.GetString(0), r.GetString(1), r.GetString(2))),
            cancel
        );
    }

    private static string? Text(NpgsqlDataReader reader, int i) => reader.IsDBNull(i) ? null : reader.GetString(i);

    /// <summary>Every key that the set defines or refers to, by table.</summary>
    private static Dictionary<string, string[]> Named(ImportSet set)
    {
        var named = new Dictionary<string, HashSet<string>>();
        void Add(string table, object? key)
        {
            if (key is not string text)
                return;
            if (!named.TryGetValue(table, out var wanted))
                named[table] = wanted = new HashSet<string>(StringComparer.Ordinal);
            wanted.Add(text);
        }

        foreach (var table in set.Tables)
        {
            var own = table.Spec.Key.Count == 1 ? table.Spec.Ordinal(table.Spec.Key[0]) : null;
            for (var i = 0; i < table.Spec.Columns.Count; i++)
            {
                var target = own == i ? table.Spec.Name : table.Spec.Columns[i].References;
                if (target is null)
                    continue;
                foreach (var row in table.Rows)
                    Add(target, row.Values[i]);
            }
        }

        return named.ToDictionary(n => n.Key, n => n.Value.ToArray());
    }

    private static async Task Read(
        NpgsqlConnection connection,
        string sql,
        string[]? keys,
        Action<NpgsqlDataReader> each,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (keys is not null)
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = keys });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            each(reader);
    }
}
