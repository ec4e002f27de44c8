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
        return new SplitPlan(await ForetoldAsync(proposal.Outcome, product));
    }

    /// <summary>The parts with the time in which each would be made behind its line's queue.</summary>
    private async Task<ImmutableArray<SplitPart>> ForetoldAsync(ImmutableArray<ProposedPart> parts, Material product)
    {
        var slots = new Dictionary<string, Queue<ShiftView?>>(StringComparer.Ordinal);
        foreach (var line in parts.GroupBy(p => p.Line, StringComparer.Ordinal))
        {
            var question = new LineQuestion(
                product.Code,
                Number,
                Kg: [.. line.Select(p => p.Units * (product.UnitWeightKg ?? 0))]
            );
            var stand = await GrainFactory.GetGrain<IProductionLineGrain>(line.Key).Stand(question);
            slots[line.Key] = new(stand?.Slots ?? []);
        }

        var foretold = ImmutableArray.CreateBuilder<SplitPart>(parts.Length);
        foreach (var part in parts)
        {
            slots[part.Line].TryDequeue(out var slot);
            foretold.Add(new(part.Line, part.Units, slot?.Start, slot?.End));
        }

        return foretold.MoveToImmutable();
    }

    public Task<Answer<OrderDivided>> SplitAll(SplitPlan plan, CommandContext context, SeenOn? seen = null) =>
        Handle<OrderDivided>(
            context,
            async current =>
            {
                if ((Rules.AssignLine.NotAssignable(current) ?? await MovedAsync(current, seen)) is { } no)
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

    public Task<Answer<OrderAnswer>> UndoSplit(string split, CommandContext context, SeenOn? seen = null) =>
        Handle<OrderAnswer>(
            context,
            async current =>
            {
                if (await orders.LoadAsync(split) is not { } part)
                    return Refusal.NotFound($"la orden {split}") with { En = $"Order {split} does not exist." };
                if (part.IsOpen && await MovedAsync(part, seen) is { } moved)
                    return moved;
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
}
