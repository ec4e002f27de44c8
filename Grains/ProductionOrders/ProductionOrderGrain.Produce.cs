using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage;
using Manufactura.Storage.Commits;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<LotsProduced>> ProduceLots(bool backorder, CommandContext context) =>
        Handle<LotsProduced>(
            context,
            async current =>
            {
                var place = await plant.DefaultLocationAsync();
                var materialOf = await MaterialsOf(current);
                var now = clock.Now;
                var exploded = Domain.ProductionOrders.ProduceLots.Decide(
                    current,
                    backorder,
                    code => materialOf(code).Precision,
                    place,
                    context.Actor,
                    now,
                    await BackorderNumber(current, backorder)
                );
                if (exploded.Refusal is { } refusal)
                    return refusal;
                var needs = exploded.Outcome.Produced.SelectMany(p => p.Consumption).GroupBy(c => c.Component, c => c.Quantity);
                var origin = current.OriginLocation ?? place ?? string.Empty;
                var holds = await Hold(current, origin, needs.Select(n => (n.Key, n.Sum())));
                var lotsThere = await holds.LotsAsync(lots, current);
                if (holds.Outdated)
                {
                    await holds.DropAsync(doubtful: true);
                    return CommandDesk.Busy;
                }

                var stock = ConsumeExplosion.Decide(current, exploded.Outcome, place, lotsThere, materialOf, clock.Today, now);
                if (stock.Refusal is { } shortOf)
                {
                    await holds.DropAsync(doubtful: false);
                    return shortOf;
                }

                var entry = await Book(current.Number, stock.Outcome.Uses, materialOf);
                return Write(current, stock.Outcome, entry, holds, context);
            }
        );

    /// <summary>Everything that follows from one explosion, as one unit of work.</summary>
    private Change<ProductionOrder, LotsProduced> Write(
        ProductionOrder current,
        ExplosionStock stock,
        Decision<JournalEntry> entry,
        MaterialHolds holds,
        CommandContext context
    )
    {
        var explosion = stock.Explosion;
        var next = explosion.Order with { Version = current.Version + 1 };
        var now = next.UpdatedAt;
        var work = NewWork(context);
        work.Update(current, next);
        work.UpdateAllocations(current, next, context.Actor, now);
        foreach (var partial in explosion.Partials)
            work.Insert(partial, context.Actor);
        if (explosion.Backorder is { } residual)
        {
            work.Insert(residual, context.Actor);
            work.UpdateAllocations(residual with { Allocations = [] }, residual, context.Actor, now);
        }

        foreach (var lot in stock.Products)
            work.Insert(lot);
        work.Consume(stock.Uses, clock.Today);
        work.Release(stock.Released.Select(a => (a.Lot, a.Quantity)), clock.Today);
        work.Insert(stock.Movements, context.Actor, now);
        work.Insert(entry, current.Number, explosion.Produced[0].Number, context.Actor, now);
        var answer = Answer(stock, entry);
        work.Add(OrderEvents.LotsProduced(next, answer, context.Actor));
        work.Add(OrderEvents.Changed(next, context.Actor));
        work.AddCells(next, OrderRows.ChangedCells(current, next), context.Actor);
        return new(next, work, answer, holds.EndAsync);
    }

    private static LotsProduced Answer(ExplosionStock stock, Decision<JournalEntry> entry)
    {
        var explosion = stock.Explosion;
        ImmutableArray<string> partials = [.. explosion.Produced.Select(p => p.Number)];
        var messages = ImmutableArray.CreateBuilder<Text>();
        messages.Add(OrderMessages.LotsProduced(explosion.Order.Number, partials.Length, stock.Movements.Length));
        if (explosion.Backorder is { } residual)
            messages.Add(OrderMessages.BackorderCreated(residual.Number, residual.Quantity));
        if (entry.Refusal is null)
            messages.Add(OrderMessages.EntryCreated(entry.Outcome.Number));
        return new(
            explosion.Backorder is { } b ? partials.Add(b.Number) : partials,
            partials,
            stock.Movements.Length,
            entry.Refusal is null ? entry.Outcome.Number : null,
            "/manufacturing/work-order/?ids=" + string.Join(',', partials.Select(Uri.EscapeDataString)),
            explosion.Backorder?.Number,
            Sentences.Of(messages),
            entry.Refusal is { } failed ? [Sentences.Of(OrderMessages.EntryFailed(new(failed.Es, failed.En)))] : []
        );
    }

    /// <summary>
    /// The residual's number when the usual one may be taken: an explosion that was undone leaves its cancelled backorder behind.
    /// Null: the usual one.
    /// </summary>
    private async Task<string?> BackorderNumber(ProductionOrder of, bool wanted)
    {
        if (!wanted || of.Partials == 0)
            return null;
        var taken = (await families.BackorderNumbersAsync(OrderNumbers.Root(of.Number))).ToHashSet(StringComparer.Ordinal);
        var number = OrderNumbers.Backorder(of.Number);
        while (taken.Contains(number))
            number = OrderNumbers.Backorder(number);
        return number;
    }

    /// <summary>The materials of the order: its product and the components of its own recipe.</summary>
    private async Task<Func<string, Material>> MaterialsOf(ProductionOrder of)
    {
        var found = await materials.GetAsync([of.Material, .. of.BomLines.Select(l => l.Component)]);
        return code => found[code];
    }

    /// <summary>Holds what the order's own reservations do not cover of each need, as finishing takes it.</summary>
    private async Task<MaterialHolds> Hold(
        ProductionOrder of,
        string origin,
        IEnumerable<(string Component, decimal Quantity)> needs
    )
    {
        var holds = NewHolds();
        await holds.TakeAsync(
            needs.Select(n =>
                (n.Component, n.Quantity - Allocations.ReservedOf(of.Allocations, n.Component), HoldTerms.Finishing(origin))
            )
        );
        return holds;
    }

    /// <summary>The entry of one production, or why there is none; production never waits for accounting.</summary>
    private async Task<Decision<JournalEntry>> Book(
        string production,
        ImmutableArray<LotUse> uses,
        Func<string, Material> materialOf
    )
    {
        var accounting = await plant.AccountingAsync();
        var entry = BookProduction.Decide("", production, clock.Today, uses, materialOf, accounting);
        return entry.Refusal is null ? entry.Outcome with { Number = await numbers.EntryAsync() } : entry;
    }
}
