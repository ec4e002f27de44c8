using Manufactura.Domain;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<LotsProduced>> ProduceLots(bool backorder, CommandContext context) =>
        Handle<LotsProduced>(
            context,
            async current =>
            {
                var destination = current.DestinationLocation ?? (await masterData.LocationsAsync([])).Default;
                if (destination is null)
                    return NoLocation;
                var components = await materials.GetAsync([.. current.BomLines.Select(l => l.Component), current.Material]);
                var decision = Domain.ProductionOrders.ProduceLots.Decide(
                    current,
                    backorder,
                    destination,
                    code => components.TryGetValue(code, out var c) ? c.Precision : 3,
                    context.Actor,
                    clock.Now
                );
                if (decision.Refusal is { } refusal)
                    return refusal;
                return Write(current, decision.Outcome, destination, components[current.Material], context);
            }
        );

    private static readonly Refusal NoLocation = new(
        "no-location",
        RefusalKind.Rule,
        "No hay ubicación de inventario por defecto: configure una.",
        "There is no default inventory location: configure one."
    );

    /// <summary>Everything that follows from one explosion, as one unit of work.</summary>
    private Change<ProductionOrder, LotsProduced> Write(
        ProductionOrder current,
        Explosion explosion,
        string destination,
        Domain.Materials.Material product,
        CommandContext context
    )
    {
        var next = explosion.Order with { Version = current.Version + 1 };
        var now = next.UpdatedAt;
        var work = NewWork(context);
        work.Update(current, next);
        foreach (var partial in explosion.Partials)
            work.Insert(partial, context.Actor);
        foreach (var cell in explosion.Produced)
        {
            var attributes = new Dictionary<string, string> { [product.XAttribute!] = cell.X, [product.YAttribute!] = cell.Y };
            work.Add(
                new LotInsert(
                    cell.Number,
                    current.Material,
                    "Available",
                    cell.Quantity,
                    cell.Quantity,
                    destination,
                    now,
                    Attributes: MessageJson.Serialize(attributes),
                    ProductionOrder: cell.Number
                )
            );
            work.Add(
                new MovementInsert(
                    "PRODUCTION_IN",
                    current.Material,
                    cell.Number,
                    destination,
                    cell.Quantity,
                    cell.Number,
                    null,
                    context.Actor,
                    now
                )
            );
        }

        if (explosion.Backorder is { } residual)
            work.Insert(residual, context.Actor);
        var answer = Answer(explosion);
        work.Add(OrderEvents.LotsProduced(next, answer, context.Actor));
        work.Add(OrderEvents.Changed(next, context.Actor));
        work.AddCells(next, OrderRows.ChangedCells(current, next), context.Actor);
        return new(next, work, answer);
    }

    private static LotsProduced Answer(Explosion explosion)
    {
        string[] partials = [.. explosion.Produced.Select(p => p.Number)];
        string[] all = explosion.Backorder is { } b ? [.. partials, b.Number] : partials;
        return new(
            [.. all],
            [.. partials],
            partials.Length,
            null,
            "/manufacturing/work-order/?ids=" + string.Join(',', partials.Select(Uri.EscapeDataString)),
            explosion.Backorder?.Number,
            [$"Orden {explosion.Order.Number}: {partials.Length} lotes producidos."],
            []
        );
    }
}
