using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>One production (a finished order or one partial order) and what it uses up of each component.</summary>
public sealed record Production(string Number, ImmutableArray<(string Component, decimal Quantity)> Needs);

/// <summary>
/// What one production takes of one lot, where the lot lies: <paramref name="Own"/> from the order's reservations,
/// <paramref name="Free"/> from what nobody had reserved. One movement each.
/// </summary>
public sealed record LotUse(string Production, string Material, string Lot, string Location, decimal Own, decimal Free)
{
    public decimal Quantity => Own + Free;
}

/// <summary>
/// Where the components of productions come from: the order's own allocations first, wherever they lie, then free lots at
/// the origin, FEFO, unexpired, without margin; stock that others reserved is not available. All or nothing.
/// </summary>
public static class PlanConsumption
{
    /// <param name="productions">In sequence; what one takes the next no longer finds.</param>
    /// <param name="lots">The lots of the components: those at the origin and those the order has reservations of.</param>
    public static Decision<ImmutableArray<LotUse>> Decide(
        ProductionOrder order,
        ImmutableArray<Production> productions,
        string origin,
        IEnumerable<Lot> lots,
        Func<string, Material> materialOf,
        DateOnly today
    )
    {
        var uses = ImmutableArray.CreateBuilder<LotUse>();
        var sources = lots.DistinctBy(l => l.Code)
            .GroupBy(l => l.Material)
            .ToDictionary(g => g.Key, g => Sources(order, g, origin, today));
        var shortages = ImmutableArray.CreateBuilder<Shortage>();
        foreach (var need in productions.SelectMany(p => p.Needs).GroupBy(n => n.Component))
        {
            var required = need.Sum(n => n.Quantity);
            var available = sources.TryGetValue(need.Key, out var there) ? there.Sum(s => s.Own + s.Free) : 0;
            if (required > available)
                shortages.Add(new(need.Key, required.Plain(), available.Plain()));
        }

        if (shortages.Count > 0)
            return TooLittle(shortages.ToImmutable(), materialOf);
        foreach (var production in productions)
        foreach (var (component, quantity) in production.Needs)
            if (quantity > 0)
                Take(production.Number, quantity, sources[component], uses);
        return uses.ToImmutable();
    }

    /// <summary>"Stock insuficiente para terminar producción (Asiento: requiere 10, disponible 4; …)", naming every one.</summary>
    public static Refusal TooLittle(ImmutableArray<Shortage> shortages, Func<string, Material> materialOf)
    {
        var es = shortages.Select(s =>
            $"{materialOf(s.Material).Name}: requiere {s.Required.Es()}, disponible {s.Available.Es()}"
        );
        var en = shortages.Select(s =>
            $"{materialOf(s.Material).Name}: requires {s.Required.En()}, available {s.Available.En()}"
        );
        return new Refusal(
            "insufficient-stock",
            RefusalKind.Rule,
            $"Stock insuficiente para terminar producción ({string.Join("; ", es)}).",
            $"Insufficient stock to finish production ({string.Join("; ", en)})."
        ).With("shortages", shortages);
    }

    /// <summary>Own reservations before free stock, FEFO within each; a lot that offers both comes twice.</summary>
    private static List<Source> Sources(ProductionOrder order, IEnumerable<Lot> lots, string origin, DateOnly today)
    {
        var fefo = lots.ToList();
        fefo.Sort((a, b) => ChooseLots.CompareFefo(LotCandidate.Of(a), LotCandidate.Of(b)));
        var own = Allocations.Reserved(order.Allocations).ToDictionary(a => a.Lot, a => a.Quantity);
        return
        [
            .. fefo.Where(l => own.ContainsKey(l.Code) && LotStock.IsUsableByItsHolder(l, today))
                .Select(l => new Source(l, Math.Min(own[l.Code], l.Reserved), 0)),
            .. fefo.Where(l => l.Location == origin && LotStock.IsFree(l, today)).Select(l => new Source(l, 0, l.Available)),
        ];
    }

    private static void Take(string production, decimal quantity, List<Source> sources, ImmutableArray<LotUse>.Builder uses)
    {
        var first = uses.Count;
        for (var i = 0; i < sources.Count && quantity > 0; i++)
        {
            var source = sources[i];
            var part = Math.Min(quantity, source.Own + source.Free).Plain();
            if (part == 0)
                continue;
            var (own, free) = source.Own > 0 ? (part, 0m) : (0m, part);
            sources[i] = source with { Own = source.Own - own, Free = source.Free - free };
            quantity -= part;
            Add(new(production, source.Lot.Material, source.Lot.Code, source.Lot.Location, own, free), first, uses);
        }
    }

    /// <summary>One use per production and lot, so that a lot gives one movement even when part of it was reserved.</summary>
    private static void Add(LotUse use, int first, ImmutableArray<LotUse>.Builder uses)
    {
        for (var i = first; i < uses.Count; i++)
            if (uses[i].Lot == use.Lot)
            {
                uses[i] = uses[i] with { Own = uses[i].Own + use.Own, Free = uses[i].Free + use.Free };
                return;
            }

        uses.Add(use);
    }

    private sealed record Source(Lot Lot, decimal Own, decimal Free);
}
