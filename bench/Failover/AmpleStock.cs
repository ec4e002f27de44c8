namespace Manufactura.Bench.Failover;

/// <summary>Stock that no run uses up.</summary>
internal static class AmpleStock
{
    /// <summary>Ample stock of every component of every recipe, so that explosions are never short.</summary>
    public const string Sql = """
        with made as (
            insert into lot (code, material, status, quantity, on_hand, location, received_at)
            select 'CRASH-' || m.code, m.code, 'Available', 1000000, 1000000, l.code, now()
            from material m cross join (select code from location where is_default) l
            where m.code in (select component from bom_line)
            returning code, material, location
        ),
        moved as (
            insert into inventory_movement (type, material, lot, location, quantity, by, at)
            select 'PURCHASE_IN', material, code, location, 1000000, 'seed', now() from made
        )
        insert into event (type, subject, also, version, actor, data)
        select 'lot-changed', 'lot:' || code, 'material:' || material, 1, 'seed',
            jsonb_build_object('code', code, 'material', material, 'status', 'Available', 'available', 1000000)
        from made
        """;
}
