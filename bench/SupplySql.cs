namespace Manufactura.Bench;

/// <summary>What the bench of supplies needs in the database.</summary>
internal static class SupplySql
{
    /// <summary>20 products of 10 materials each, a material to wait for, one that there is none of, and those of many lots.</summary>
    public const string Products = """
        insert into customer (code, name) values ('ACME', 'Acme');
        insert into material (code, name, kind, unit, unit_cost, allocation_policy)
        select code, code, 'RawMaterial', 'pz', 1, 'SplitFefo' from unnest(array['W', 'NONE', 'MANY-S', 'MANY-L', 'OTHER']) code;
        insert into material (code, name, kind, unit, unit_cost) select 'P' || n, 'P' || n, 'FinishedProduct', 'pz', 1 from generate_series(0, 19) n;
        insert into bom (code, material, created_at, created_by) select 'BOM-P' || n, 'P' || n, now(), 'bench' from generate_series(0, 19) n;
        insert into bom_line (bom, position, component, quantity, unit)
        select 'BOM-P' || n, k, 'R' || (1 + (n * 50 + k * 5) % 1000), 1, 'pz' from generate_series(0, 19) n, generate_series(1, 10) k;
        """;

    /// <summary>$1 first number, $2 how many, $3 every how many is short (0: none).</summary>
    public const string TenMaterials = """
        insert into production_order (number, status, material, bom_lines, quantity, created_by, created_at, updated_at)
        select 'B-' || n, 'Planned', 'P', (
                select jsonb_agg(jsonb_build_object('component',
                    case when k = 0 and $3 > 0 and (n - $1) % nullif($3, 0) = 0 then 'NONE' else 'R' || (1 + ((n - $1) * 10 + k * 97) % 1000) end,
                    'quantity', 1, 'unit', 'pz'))
                from generate_series(0, 9) k
            ), 3, 'bench', now(), now()
        from generate_series($1, $1 + $2 - 1) n
        """;

    /// <summary>$1 first number, $2 how many: orders that need 3 W.</summary>
    public const string OneMaterial = """
        insert into production_order (number, status, material, bom_lines, quantity, due_date, created_by, created_at, updated_at)
        select 'B-' || n, 'Planned', 'P', jsonb_build_array(jsonb_build_object('component', 'W', 'quantity', 1, 'unit', 'pz')), 3,
            date '2097-01-01' + (n % 300) + $3 * 0, 'bench', now(), now()
        from generate_series($1, $1 + $2 - 1) n
        """;

    public const string ExpiringLot =
        "insert into lot (code, material, status, quantity, on_hand, location, received_at, expires_on) values ('W-SOON', 'W', 'Available', 3000, 3000, 'BOD', now(), '2098-01-01')";

    public const string OtherLot =
        "insert into lot (code, material, status, quantity, on_hand, location, received_at, expires_on) values ('W-LATE', 'W', 'Available', 3000, 3000, 'BOD', now(), '2099-06-01')";

    public const string NewLot =
        "insert into lot (code, material, status, quantity, on_hand, location, received_at) values ('W-NEW', 'W', 'Quarantine', 3000, 3000, 'BOD', now())";

    /// <summary>The reactions have caught up: every order that waits has its alert.</summary>
    public const string AllTold =
        "select count(*) filter (where awaits_materials) = (select count(*) from alert where kind = 'order-waiting' and state = 'active') from production_order";

    /// <summary>899,000 lots of another material.</summary>
    public const string OtherLots = """
        insert into lot (code, material, status, quantity, on_hand, location, received_at, expires_on)
        select 'OTHER-' || n, 'OTHER', 'Available', 5, 5, 'BOD', now(), date '2090-01-01' + n % 3000 from generate_series(1, 899000) n;
        analyze lot
        """;

    public static string Replanned(string lot) => $"select reserved = 3000 from lot where code = '{lot}'";

    public static string Lots(string material, int count) =>
        $"""
            insert into lot (code, material, status, quantity, on_hand, location, received_at, expires_on)
            select '{material}-' || n, '{material}', 'Available', 100, 100, 'BOD', now(), date '2090-01-01' + n % 3000 from generate_series(1, {count}) n;
            analyze lot
            """;
}
