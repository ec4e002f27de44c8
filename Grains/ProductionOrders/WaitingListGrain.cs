using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>
/// Walks the queue some hundred orders at a time: one reading, one hold per material for all of them, one unit of work. It is written
/// whole or not at all, so a change by somebody else in between never lets a later order go before an earlier one.
/// </summary>
[GrainType("waiting-list")]
public sealed class WaitingListGrain(
    SupplyReader supply,
    OrderReader orders,
    MaterialCache materials,
    ICommitLog log,
    PlantClock clock
) : Grain, IWaitingListGrain
{
    private const string Actor = "system";

    /// <summary>Orders served together: enough to share a commit, few enough to leave others the commit log.</summary>
    private const int AtOnce = 250;

    /// <summary>After so many changes by others in between, fewer orders are served together.</summary>
    private const int Attempts = 4;

    public async Task Offer(ImmutableArray<string> materials, ImmutableArray<string> began)
    {
        var offer = new StockOffer([.. materials, .. await WithinReachAsync(began)]);
        if (offer.IsOver)
            return;
        foreach (var some in (await supply.WaitingAsync(offer.Materials)).Chunk(AtOnce))
        {
            await ServeAsync([.. some.Select(o => o.Number)], offer);
            if (offer.IsOver)
                return;
        }
    }

    private async Task ServeAsync(string[] numbers, StockOffer offer)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
            if (await TryServeAsync(numbers, offer))
                return;
        // One that somebody works on without a pause is left to the plant's rounds.
        if (numbers.Length > 1)
            foreach (var half in numbers.Chunk((numbers.Length + 1) / 2))
                await ServeAsync(half, offer);
    }

    /// <summary>False when the database knew something more; then nothing has changed.</summary>
    private async Task<bool> TryServeAsync(string[] numbers, StockOffer offer)
    {
        var (waiting, materialOf) = await LoadAsync(numbers);
        var holds = new GroupHolds(GrainFactory);
        CommitResult? result = null;
        try
        {
            var asked = waiting
                .SelectMany(w => w.Needs.Select(n => (w.Order, Need: n)))
                .Where(w => offer.IsFor(w.Order, w.Need))
                .ToArray();
            var choices = await holds.TakeAsync(asked, materialOf);
            var work = new UnitOfWork();
            foreach (var (order, needs) in waiting)
                Write(work, order, needs, choices);
            if (work.Count > 0)
                result = await log.CommitAsync(work);
            if (work.Count > 0 && result is not CommitResult.Committed)
                return false;
            foreach (var (order, need) in asked)
                offer.Note(order, need, materialOf(need.Component), choices[(order.Number, need.Component)]);
            return true;
        }
        finally
        {
            await holds.EndAsync(result);
        }
    }

    private void Write(
        UnitOfWork work,
        ProductionOrder order,
        ImmutableArray<MaterialNeed> needs,
        IReadOnlyDictionary<(string Order, string Component), LotChoice> choices
    )
    {
        var reservation = ReserveMaterials
            .Apply(
                order,
                [
                    .. needs.Select(n =>
                        (n, choices.GetValueOrDefault((order.Number, n.Component)) ?? new LotChoice([], n.Missing))
                    ),
                ],
                clock.Now
            )
            .Outcome;
        if (ReservationRows.Changes(order, reservation))
            work.Reserve(order, reservation, Actor, clock.Today);
    }

    /// <summary>The materials of which these orders could get something now. Nothing is kept of it.</summary>
    private async Task<IReadOnlyCollection<string>> WithinReachAsync(ImmutableArray<string> numbers)
    {
        if (numbers.IsEmpty)
            return [];
        var (waiting, materialOf) = await LoadAsync([.. numbers]);
        var holds = new GroupHolds(GrainFactory);
        try
        {
            var choices = await holds.TakeAsync(waiting.SelectMany(w => w.Needs.Select(n => (w.Order, n))), materialOf);
            return [.. choices.Where(c => !c.Value.Takes.IsEmpty).Select(c => c.Key.Component).Distinct()];
        }
        finally
        {
            await holds.DropAsync(doubtful: false);
        }
    }

    /// <summary>Those of the orders that wait, the most urgent first, with what they need.</summary>
    private async Task<(
        (ProductionOrder Order, ImmutableArray<MaterialNeed> Needs)[] Waiting,
        Func<string, Material> MaterialOf
    )> LoadAsync(string[] numbers)
    {
        var waiting = (await orders.LoadManyAsync(numbers))
            .Where(o => o is { IsOpen: true, AwaitsMaterials: true })
            .Order(Urgency.First)
            .ToArray();
        var known = await materials.GetAsync([.. waiting.SelectMany(o => o.BomLines).Select(l => l.Component).Distinct()]);
        return ([.. waiting.Select(o => (o, ReserveMaterials.Needs(o, m => known[m].Precision)))], m => known[m]);
    }
}
