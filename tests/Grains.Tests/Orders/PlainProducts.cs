using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>Products without axes, finished in one step, and orders of them.</summary>
internal static class PlainProducts
{
    /// <summary>A component: how much of it one product takes, what it costs (null: nothing is known) and the unit's code.</summary>
    public sealed record Part(string Code, decimal PerUnit, decimal? UnitCost = 1, string Unit = "pz");

    /// <summary>A product and its recipe; components are made with it unless they are there already.</summary>
    public static async Task PlainAsync(this Workshop shop, string product, params Part[] parts)
    {
        foreach (var part in parts)
            await shop.MaterialAsync(part.Code, part.UnitCost, part.Unit, "RawMaterial");
        await shop.MaterialAsync(product, 10, "pz", "FinishedProduct");
        await using var bom = shop.Database.CreateCommand(
            """
            with made as (
                insert into bom (code, material, created_at, created_by) values ('BOM-' || $1, $1, now(), 'seed') returning code
            ),
            lines as (
                insert into bom_line (bom, position, component, quantity, unit)
                select m.code, p.position, p.component, p.quantity, p.unit
                from made m, unnest($2::text[], $3::numeric[], $4::text[]) with ordinality as p (component, quantity, unit, position)
            )
            insert into event (type, subject, version, actor, data) values ('bom-created', 'bom:BOM-' || $1, 1, 'seed', '{}')
            """
        );
        bom.Parameters.AddWithValue(product);
        bom.Parameters.AddWithValue(parts.Select(p => p.Code).ToArray());
        bom.Parameters.AddWithValue(parts.Select(p => p.PerUnit).ToArray());
        bom.Parameters.AddWithValue(parts.Select(p => p.Unit).ToArray());
        await bom.ExecuteNonQueryAsync();
    }

    public static async Task MaterialAsync(this Workshop shop, string code, decimal? cost, string unit, string kind)
    {
        await using var command = shop.Database.CreateCommand(
            """
            with made as (
                insert into material (code, name, kind, unit, unit_cost, allocation_policy) values ($1, $1, $2, $3, $4, 'SplitFefo')
                on conflict do nothing returning code
            )
            insert into event (type, subject, version, actor, data) select 'material-created', 'material:' || code, 1, 'seed', '{}' from made
            """
        );
        command.Parameters.AddWithValue(code);
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(unit);
        command.Parameters.AddWithValue((object?)cost ?? DBNull.Value);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A draft of a product, from and to BOD.</summary>
    public static async Task<string> DraftAsync(this Workshop shop, string product, decimal quantity, PlantHost? on = null)
    {
        var number = await shop.NextNumberAsync();
        var command = new CreateOrderCommand(product, null, quantity, "BOD", "BOD", null, null, null, null);
        (await shop.Order(number, on).Create(command, Workshop.By("ana"))).Ok();
        return number;
    }

    /// <summary>An order in progress.</summary>
    public static async Task<string> RunningAsync(this Workshop shop, string product, decimal quantity, PlantHost? on = null)
    {
        var number = await shop.DraftAsync(product, quantity, on);
        (await shop.Order(number, on).Start(Workshop.By("ana"))).Ok();
        return number;
    }
}
