using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Lines;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Rules = Manufactura.Domain.Lines;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<LineAssigned>> AssignLine(string line, bool split, CommandContext context, SeenOn? seen = null) =>
        Handle<LineAssigned>(
            context,
            async current =>
            {
                if ((Rules.AssignLine.NotAssignable(current) ?? await MovedAsync(current, seen)) is { } no)
                    return no;
                var grain = GrainFactory.GetGrain<IProductionLineGrain>(line);
                if (await grain.Stand(new(current.Material, Number, Places: 1)) is not { } stand)
                    return Refusal.Validation($"La línea {line} no existe.", $"Line {line} does not exist.");
                var materialOf = await MaterialsOf(current);
                var product = materialOf(current.Material);
                var now = clock.Now;
                Decision<Assignment> Decide(string? splitInto) =>
                    Rules.AssignLine.Decide(
                        current,
                        LineOf(stand),
                        product,
                        CompatibilityOf(stand, product),
                        stand.Position,
                        splitInto,
                        code => materialOf(code).Precision,
                        context.Actor,
                        now
                    );
                var decision = Decide(null);
                if (split && decision.Refusal is { Code: "exceeds-capacity" } && current.Status != OrderStatus.InProgress)
                    decision = Decide(await NextNumberAsync());
                if (decision.Refusal is { } refusal)
                    return refusal;
                var (next, rest, units) = decision.Outcome;
                next = next with { Version = current.Version + 1 };
                var work = Write(current, next, rest is null ? [] : [rest], context);
                var answer = new LineAssigned(
                    OrderView.Of(next),
                    rest is null ? null : OrderView.Of(rest),
                    units,
                    Sentences.Of(LineMessages.Assigned(next, rest))
                );
                return new Change<ProductionOrder, LineAssigned>(next, work, answer, r => SettleAsync(r, [grain]));
            }
        );

    public Task<Answer<OrderAnswer>> UnassignLine(CommandContext context, SeenOn? seen = null) =>
        Move(context, Rules.UnassignLine.Decide, LineMessages.Unassigned, current => MovedAsync(current, seen));

    /// <summary>Why an order that somebody else has moved in the meantime stays where it is; null when it is where it was seen.</summary>
    private async Task<Refusal?> MovedAsync(ProductionOrder current, SeenOn? seen)
    {
        var place = seen is null ? null : new LineSeen(seen.Line);
        if (LineSeen.Moved(current, place, null, null) is null)
            return null;
        var (by, at) = await lines.PutThereAsync(current.Number, current.Line);
        return LineSeen.Moved(current, place, by, at);
    }

    /// <summary>The order as it becomes and the new ones with their shares, as one unit of work.</summary>
    private static UnitOfWork Write(
        ProductionOrder current,
        ProductionOrder next,
        ImmutableArray<ProductionOrder> made,
        CommandContext context
    )
    {
        var work = NewWork(context);
        Rewrite(work, current, next, context);
        foreach (var part in made)
        {
            work.Insert(part, context.Actor);
            work.UpdateAllocations(part with { Allocations = [] }, part, context.Actor, part.CreatedAt);
        }

        return work;
    }

    private static void Rewrite(UnitOfWork work, ProductionOrder before, ProductionOrder after, CommandContext context)
    {
        work.Update(before, after);
        work.UpdateAllocations(before, after, context.Actor, after.UpdatedAt);
        work.Add(OrderEvents.Changed(after, context.Actor));
        work.AddCells(after, OrderRows.ChangedCells(before, after), context.Actor);
    }

    /// <summary>A missed premise may be a place that the database knows as taken: the lines look again.</summary>
    private static Task SettleAsync(CommitResult? result, IProductionLineGrain[] asked) =>
        result is CommitResult.Committed ? Task.CompletedTask : Task.WhenAll(asked.Select(l => l.Doubt()));

    private async Task<string> NextNumberAsync() =>
        NumberKind.ProductionOrder.Text((await numbers.NextAsync(NumberKind.ProductionOrder, 1))[0]);

    private Refusal NoSuchOrder() => Refusal.NotFound($"la orden {Number}") with { En = $"Order {Number} does not exist." };

    private static ProductionLine LineOf(LineStand stand) => new(stand.Line, stand.Name, stand.CapacityKg, stand.Active);

    private static LineCompatibility? CompatibilityOf(LineStand stand, Material product) =>
        stand.Priority is { } priority ? new(stand.Line, product.Code, priority) : null;
}
