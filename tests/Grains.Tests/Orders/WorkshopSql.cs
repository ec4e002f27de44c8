namespace Manufactura.Grains.Tests.Orders;

/// <summary>How the workshop comes into being, and what must hold in it that the plant's own checks do not look at.</summary>
internal static class WorkshopSql
{
    public const string Master = """
        insert into unit (code, name, precision) values ('pz', 'pieza', 0), ('m', 'metro', 3);
        insert into location (code, name, is_default) values ('BOD', 'Bodega', true);
        insert into attribute (code, name) values ('TONO', 'Tono'), ('TALLA', 'Talla');
        insert into attribute_value (attribute, code, name, position)
        values ('TONO', 'T1', 'Azul', 1), ('TONO', 'T2', 'Negro', 2), ('TALLA', 'S', 'S', 1), ('TALLA', 'M', 'M', 2), ('TALLA', 'L', 'L', 3);
        insert into event (type, subject, version, actor, data)
        select 'unit-created', 'unit:' || code, 1, 'seed', '{}'::jsonb from unit
        union all select 'location-created', 'location:' || code, 1, 'seed', '{}' from location
        union all select 'attribute-created', 'attribute:' || code, 1, 'seed', '{}' from attribute
        """;

    /// <summary>$1 code, $2 material, $3 quantity, $4 expiry.</summary>
    public const string Lot = """
        with made as (
            insert into lot (code, material, status, quantity, on_hand, location, received_at, expires_on)
            values ($1, $2, 'Available', $3, $3, 'BOD', now(), $4)
        ),
        moved as (
            insert into inventory_movement (type, material, lot, location, quantity, by, at) values ('PURCHASE_IN', $2, $1, 'BOD', $3, 'seed', now())
        )
        insert into event (type, subject, also, version, actor, data)
        values ('lot-changed', 'lot:' || $1, 'material:' || $2, 1, 'seed',
            jsonb_build_object('code', $1::text, 'material', $2::text, 'status', 'Available', 'available', $3::numeric))
        """;

    /// <summary>$1 order, $2 lot, $3 quantity.</summary>
    public const string Reserve = """
        with lots as (
            update lot set reserved = reserved + $3, version = version + 1 where code = $2 returning code, material, version, status, on_hand - reserved as free
        ),
        orders as (
            update production_order set version = version + 1 where number = $1 returning number, version
        ),
        allocated as (
            insert into allocation (production_order, lot, material, quantity, state, by, at)
            select $1, code, material, $3, 'Reserved', 'seed', now() from lots
        )
        insert into event (type, subject, also, version, actor, data)
        select 'lot-changed', 'lot:' || code, 'material:' || material, version, 'seed',
            jsonb_build_object('code', code, 'material', material, 'status', status, 'available', free)
        from lots
        union all
        select 'order-reserved', 'order:' || number, null, version, 'seed', '{}'::jsonb from orders
        """;

    /// <summary>A cell has produced what the lots of its tone and size hold that its order's explosions made.</summary>
    public const string CellsWithoutTheirLots = """
        select count(*)
        from matrix_cell c
        join production_order o on o.number = c.production_order
        left join (
            select p.parent, l.attributes ->> 'TONO' as x, l.attributes ->> 'TALLA' as y, sum(l.quantity) as quantity
            from lot l join production_order p on p.number = l.production_order
            where p.kind = 'partial' and p.status <> 'Cancelled'
            group by 1, 2, 3
        ) made on made.parent = o.number and made.x = c.x and made.y = c.y
        where c.produced <> coalesce(made.quantity, 0)
        """;

    /// <summary>A cell has as many <c>cell-changed</c> events as versions after the one it was made with, each once.</summary>
    public const string UnevenVersions = """
        select count(*)
        from (
            select subject, data ->> 'x' as x, data ->> 'y' as y, data ->> 'version' as version
            from event where type = 'cell-changed'
            group by 1, 2, 3, 4
            having count(*) > 1
        ) twice
        """;

    /// <summary>Puts the components of an order's own recipe into the opposite order.</summary>
    public static string TurnRecipe(string order) =>
        $$"""
            update production_order set version = version + 1,
                bom_lines = (select jsonb_agg(l order by n desc) from jsonb_array_elements(bom_lines) with ordinality as b (l, n))
            where number = '{{order}}';
            insert into event (type, subject, version, actor, data)
            select 'order-turned', 'order:' || number, version, 'seed', '{}' from production_order where number = '{{order}}';
            """;

    /// <summary>A product with its recipe and components.</summary>
    public static string Product(string code) =>
        $$"""
            insert into material (code, name, kind, unit, unit_cost, x_attribute, y_attribute)
            values ('{{code}}', 'Jean {{code}}', 'FinishedProduct', 'pz', 50000, 'TONO', 'TALLA'),
                ('{{code}}-TELA', 'Tela', 'RawMaterial', 'm', 14500.35, null, null),
                ('{{code}}-BOTON', 'Botón', 'Component', 'pz', 120.5, null, null),
                ('{{code}}-HILO', 'Hilo', 'RawMaterial', 'm', 33.33, null, null);
            insert into bom (code, material, created_at, created_by) values ('BOM-{{code}}', '{{code}}', now(), 'seed');
            insert into bom_line (bom, position, component, quantity, unit)
            values ('BOM-{{code}}', 1, '{{code}}-TELA', 1.25, 'm'), ('BOM-{{code}}', 2, '{{code}}-BOTON', 4, 'pz'), ('BOM-{{code}}', 3, '{{code}}-HILO', 0.333, 'm');
            insert into event (type, subject, version, actor, data)
            select 'material-created', 'material:' || code, 1, 'seed', '{}'::jsonb from material where code = '{{code}}' or code like '{{code}}-%'
            union all select 'bom-created', 'bom:BOM-{{code}}', 1, 'seed', '{}';
            """;
}
