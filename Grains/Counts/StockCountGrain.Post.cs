using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Counts;
using Manufactura.Domain.Lots;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Counts;
using Manufactura.Grains.Lots;

namespace Manufactura.Grains.Counts;

public sealed partial class StockCountGrain
{
    /// <summary>All differences in one unit of work: every lot, what its orders lose, and the count itself, or nothing.</summary>
    public Task<Answer<CountView>> Post(CommandContext context) =>
        Change(
            context,
            async (count, draft) =>
            {
                var lines = await LinesAsync(null);
                string[] codes = [.. lines.Where(l => l.Difference is not (null or 0)).Select(l => l.Lot)];
                var open = (await families.AllocationsAsync(codes)).ToLookup(a => a.Lot, StringComparer.Ordinal);
                var known = (await lots.LoadAsync(codes)).ToDictionary(
                    l => l.Code,
                    l => Settled(l, open),
                    StringComparer.Ordinal
                );
                var goods = await materials.GetAsync([.. known.Values.Select(l => l.Material).Distinct()]);
                var posted = CountRules.Post(count, lines, c => known[c], m => goods[m], open, clock.Today);
                if (posted.Refusal is { } refusal)
                    return refusal;
                var now = clock.Now;
                var corrected = lines.ToDictionary(l => l.Lot, StringComparer.Ordinal);
                foreach (var (lot, change) in posted.Outcome)
                {
                    draft.Work.Correct(known[lot], change, (context.Actor, "counted"), clock.Today, now);
                    var line = corrected[lot];
                    draft.Work.Add(Row(line, line.Version, line.Difference));
                }

                ImmutableArray<ReleasedAllocation> released = [.. posted.Outcome.SelectMany(c => c.Change.Released)];
                var lost = await draft.Work.LoseAsync(orders, known.Values, "counted", released, context.Actor, now);
                var view = Next(draft.Work, count, CountStatus.Posted, [], "count-posted", context.Actor);
                var uncounted = lines.Count(l => l.Counted is null);
                return view with
                {
                    Messages = [Sentences.Of(CountRules.Posted(Number, posted.Outcome.Length, uncounted))],
                    Movements = posted.Outcome.Sum(c => c.Change.Movements.Length),
                    Replanned = lost,
                };
            }
        );

    /// <summary>Lot and allocations are read in two moments: as the allocations stand, or the commit says so.</summary>
    private static Lot Settled(Lot lot, ILookup<string, LotAllocation> open) =>
        lot with
        {
            Reserved = open[lot.Code].Sum(a => a.Quantity),
        };
}
