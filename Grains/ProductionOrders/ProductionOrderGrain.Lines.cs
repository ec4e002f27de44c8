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
    public Task<Answer<LineAssigned>> AssignLine(string line, bool split, CommandContext context) =>
        Handle<LineAssigned>(
            context,
            async current =>
            {
                if (Rules.AssignLine.NotAssignable(current) is { } no)
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

    public Task<Answer<OrderAnswer>> UnassignLine(CommandContext context) =>
        Move(context, Rules.UnassignLine.Decide, LineMessages.Unassigned);

    public async Task<Answer<SplitPlan>> ProposeSplit()
    {
        if (await orders.LoadAsync(Number) is not { } current)
            return NoSuchOrder();
        var product = (await materials.FindAsync(current.Material))!;
        var candidates = new List<LineCandidate>();
        foreach (var code in await lines.MakingAsync(product.Code))
            if (
                await GrainFactory.GetGrain<IProductionLineGrain>(code).Stand(new(product.Code, Number)) is
                { Priority: not null } stand
            )
                candidates.Add(new(LineOf(stand), CompatibilityOf(stand, product)!, stand.AssignedKg));
        var proposal = Rules.SplitAll.Propose(current, product, candidates);
        if (proposal.Refusal is { } refusal)
            return refusal;
        return new SplitPlan([.. proposal.Outcome.Select(p => new SplitPart(p.Line, p.Units))]);
    }

    public Task<Answer<OrderDivided>> SplitAll(SplitPlan plan, CommandContext context) =>
        Handle<OrderDivided>(
            context,
            async current =>
            {
                if (Rules.AssignLine.NotAssignable(current) is { } no)
                    return no;
                ImmutableArray<SplitPart> parts = plan.Parts.IsDefault ? [] : plan.Parts;
                if (parts.IsEmpty || parts.Length > Rules.SplitAll.MaxParts || parts.Any(p => p.Units <= 0))
                    return Refusal.Validation(
                        $"Indique de 1 a {Rules.SplitAll.MaxParts} partes con cantidad mayor que cero.",
                        $"Name 1 to {Rules.SplitAll.MaxParts} parts with a quantity above zero."
                    );
                var materialOf = await MaterialsOf(current);
                var product = materialOf(current.Material);
                var (terms, grains) = await TermsAsync(parts, product);
                if (terms.Refusal is { } missing)
                    return missing;
                var decision = Rules.SplitAll.Carry(
                    current,
                    product,
                    terms.Outcome,
                    code => materialOf(code).Precision,
                    context.Actor,
                    clock.Now
                );
                if (decision.Refusal is { } refusal)
                    return refusal;
                var next = decision.Outcome.Order with { Version = current.Version + 1 };
                var made = decision.Outcome.Parts;
                var work = Write(current, next, made, context);
                var answer = new OrderDivided(
                    OrderView.Of(next),
                    [.. made.Select(OrderView.Of)],
                    Sentences.Of([LineMessages.Divided(next, made.Length + 1)])
                );
                return new Change<ProductionOrder, OrderDivided>(next, work, answer, r => SettleAsync(r, grains));
            }
        );

    public Task<Answer<OrderAnswer>> UndoSplit(string split, CommandContext context) =>
        Handle<OrderAnswer>(
            context,
            async current =>
            {
                if (await orders.LoadAsync(split) is not { } part)
                    return Refusal.NotFound($"la orden {split}") with { En = $"Order {split} does not exist." };
                var decision = Rules.UndoSplit.Decide(current, part, context.Actor, clock.Now);
                if (decision.Refusal is { } refusal)
                    return refusal;
                var next = decision.Outcome.Order with { Version = current.Version + 1 };
                var closed = decision.Outcome.Closed with { Version = part.Version + 1 };
                var work = Write(current, next, [], context);
                Rewrite(work, part, closed, context);
                var answer = new OrderAnswer(
                    OrderView.Of(next),
                    [Sentences.Of(LineMessages.Reunited(next, split, current.Line))],
                    []
                );
                return new Change<ProductionOrder, OrderAnswer>(next, work, answer);
            }
        );

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

    /// <summary>Each part with its line and a place there; the lines are asked once for all places of the division.</summary>
    private async Task<(Decision<ImmutableArray<PartTerms>> Terms, IProductionLineGrain[] Lines)> TermsAsync(
        ImmutableArray<SplitPart> parts,
        Material product
    )
    {
        var grains = parts
            .Select(p => p.Line)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(c => c, c => GrainFactory.GetGrain<IProductionLineGrain>(c), StringComparer.Ordinal);
        var stands = new Dictionary<string, LineStand>(StringComparer.Ordinal);
        var places = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (code, grain) in grains)
        {
            if (await grain.Stand(new(product.Code, Number, parts.Count(p => p.Line == code))) is not { } stand)
                return (Refusal.Validation($"La línea {code} no existe.", $"Line {code} does not exist."), []);
            if (CompatibilityOf(stand, product) is null)
                return (Rules.LineCapacity.Incompatible(code, product.Code), []);
            (stands[code], places[code]) = (stand, stand.Position);
        }

        var terms = ImmutableArray.CreateBuilder<PartTerms>();
        for (var i = 0; i < parts.Length; i++)
        {
            var stand = stands[parts[i].Line];
            terms.Add(
                new(
                    new(LineOf(stand), CompatibilityOf(stand, product)!, stand.AssignedKg),
                    parts[i].Units,
                    places[stand.Line]++,
                    i == 0 ? null : await NextNumberAsync()
                )
            );
        }

        return (terms.ToImmutable(), [.. grains.Values]);
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
