using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>One part of a division: so many units on that line.</summary>
public sealed record ProposedPart(string Line, decimal Units);

/// <summary>A part carried out: what <see cref="SplitAll.Carry"/> needs for it. The number is unused for the first part.</summary>
public sealed record PartTerms(LineCandidate Candidate, decimal Units, decimal Position, string? Number);

/// <summary>The original with its first part and the new orders with the others, all on their lines.</summary>
public sealed record DividedOrder(ProductionOrder Order, ImmutableArray<ProductionOrder> Parts);

/// <summary>"Dividir todo": goes on until nothing exceeds, proposing lines by priority and load.</summary>
public static class SplitAll
{
    /// <summary>More parts than a person would look through; an order that needs more has a wrong weight or capacity.</summary>
    public const int MaxParts = 200;

    /// <summary>
    /// Parts of at most one shift each, in the order in which they are to be made. Each goes to the line that can end it in the
    /// earliest shift; among those by priority, then by load, then by code. So a second shift is only filled once all lines
    /// have a full first one ("evita que una línea se sature").
    /// </summary>
    public static Decision<ImmutableArray<ProposedPart>> Propose(
        ProductionOrder order,
        Material product,
        IEnumerable<LineCandidate> candidates
    )
    {
        if (SplitOrder.NotSplittable(order) is { } no)
            return no;
        var lines = Lines(product, candidates);
        if (lines.Refusal is { } refusal)
            return refusal;
        var open = lines.Outcome;
        var parts = ImmutableArray.CreateBuilder<ProposedPart>();
        for (var left = LineCapacity.Demand(order); left > 0; )
        {
            if (parts.Count == MaxParts)
                return new Refusal(
                    "too-many-parts",
                    RefusalKind.Rule,
                    $"La orden {order.Number} se dividiría en más de {MaxParts} partes: revise el peso unitario y las capacidades.",
                    $"Order {order.Number} would be divided into more than {MaxParts} parts: check unit weight and capacities."
                );
            var best = open.MinBy(l => l.Rank(left, product.UnitWeightKg!.Value))!;
            var units = Math.Min(left, best.Units);
            best.AssignedKg += units * product.UnitWeightKg!.Value;
            parts.Add(new ProposedPart(best.Candidate.Line.Code, units.Plain()));
            left -= units;
        }

        return parts.ToImmutable();
    }

    /// <summary>
    /// Carries a division out in one step. The original keeps the first part; all other parts say that they come from it, so
    /// that each can be taken back by itself. Units must add up to the order and fit their lines.
    /// </summary>
    public static Decision<DividedOrder> Carry(
        ProductionOrder order,
        Material product,
        ImmutableArray<PartTerms> parts,
        Func<string, int> precisionOf,
        string by,
        DateTimeOffset at
    )
    {
        if (SplitOrder.NotSplittable(order) is { } no)
            return no;
        if (parts.IsEmpty || parts.Sum(p => p.Units) != order.Quantity)
            return Refusal.Validation(
                $"Las partes no suman la cantidad de la orden ({order.Quantity.Text()}).",
                $"The parts do not add up to the order's quantity ({order.Quantity.Text()})."
            );
        var whole = order;
        var made = new List<ProductionOrder>();
        // From the last to the second, so that what stays on the original is always the earlier parts.
        for (var i = parts.Length - 1; i > 0; i--)
        {
            var number = parts[i].Number ?? throw new ArgumentException("A part after the first needs a number.", nameof(parts));
            var split = SplitOrder.Decide(whole, whole.Quantity - parts[i].Units, number, precisionOf, by, at);
            if (split.Refusal is { } refusal)
                return refusal;
            var part = Assign(split.Outcome.Rest, parts[i], product, precisionOf, by, at);
            if (part.Refusal is { } bad)
                return bad;
            made.Add(part.Outcome.Order);
            whole = split.Outcome.Order;
        }

        var first = Assign(whole, parts[0], product, precisionOf, by, at);
        if (first.Refusal is { } wrong)
            return wrong;
        made.Reverse();
        return new DividedOrder(first.Outcome.Order, [.. made]);
    }

    private static Decision<Assignment> Assign(
        ProductionOrder order,
        PartTerms part,
        Material product,
        Func<string, int> precisionOf,
        string by,
        DateTimeOffset at
    ) =>
        AssignLine.Decide(
            order,
            part.Candidate.Line,
            product,
            part.Candidate.Compatibility,
            part.Position,
            splitInto: null,
            precisionOf,
            by,
            at
        );

    private static Decision<List<OpenLine>> Lines(Material product, IEnumerable<LineCandidate> candidates)
    {
        Refusal? why = null;
        var open = new List<OpenLine>();
        foreach (var candidate in candidates)
        {
            var units = LineCapacity.Of(candidate.Line, product, candidate.Compatibility);
            if (units.Refusal is { } refusal)
                why ??= refusal;
            else
                open.Add(new OpenLine(candidate, units.Outcome) { AssignedKg = candidate.AssignedKg });
        }

        return open.Count > 0
            ? open
            : why
                ?? new Refusal(
                    "no-line",
                    RefusalKind.Rule,
                    $"El producto {product.Code} no tiene ninguna línea compatible.",
                    $"Product {product.Code} has no compatible line."
                );
    }

    private sealed class OpenLine(LineCandidate candidate, decimal units)
    {
        public LineCandidate Candidate => candidate;
        public decimal Units => units;
        public decimal AssignedKg { get; set; }

        public (decimal Shift, int Priority, decimal Load, OrdinalKey Code) Rank(decimal left, decimal unitWeightKg)
        {
            var capacityKg = candidate.Line.CapacityKg;
            var afterKg = AssignedKg + Math.Min(left, units) * unitWeightKg;
            return (
                Math.Ceiling(afterKg / capacityKg),
                candidate.Compatibility.Priority,
                AssignedKg / capacityKg,
                new OrdinalKey(candidate.Line.Code)
            );
        }
    }

    /// <summary>Compares codes the same on every server.</summary>
    private readonly record struct OrdinalKey(string Code) : IComparable<OrdinalKey>
    {
        public int CompareTo(OrdinalKey other) => string.CompareOrdinal(Code, other.Code);
    }
}
