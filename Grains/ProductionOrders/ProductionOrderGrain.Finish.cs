using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<OrderAnswer>> Finish(CommandContext context) =>
        Handle<OrderAnswer>(
            context,
            async current =>
            {
                var place = await plant.DefaultLocationAsync();
                var materialOf = await MaterialsOf(current);
                var origin = current.OriginLocation ?? place ?? string.Empty;
                var finishable = current is { Status: OrderStatus.InProgress, Matrix: null };
                var needs = finishable ? ReserveMaterials.Needs(current, c => materialOf(c).Precision) : [];
                var holds = await Hold(current, origin, needs.Select(n => (n.Component, n.Required)));
                var lotsThere = await holds.LotsAsync(lots, current);
                if (holds.Outdated)
                {
                    await holds.DropAsync(doubtful: true);
                    return CommandDesk.Busy;
                }

                var decision = FinishOrder.Decide(current, place, lotsThere, materialOf, clock.Today, clock.Now);
                if (decision.Refusal is { } refusal)
                {
                    await holds.DropAsync(doubtful: false);
                    return refusal;
                }

                var entry = await Book(Number, decision.Outcome.Uses, materialOf);
                return Write(current, decision.Outcome, entry, holds, context);
            }
        );

    private Change<ProductionOrder, OrderAnswer> Write(
        ProductionOrder current,
        Domain.ProductionOrders.Finish finish,
        Decision<JournalEntry> entry,
        MaterialHolds holds,
        CommandContext context
    )
    {
        var next = finish.Order with { Version = current.Version + 1 };
        var now = next.UpdatedAt;
        var work = NewWork(context);
        work.Update(current, next);
        work.UpdateAllocations(current, next, context.Actor, now);
        work.Insert(finish.Product);
        work.Consume(finish.Uses, clock.Today);
        work.Release(finish.Released.Select(a => (a.Lot, a.Quantity)), clock.Today);
        work.Insert(finish.Movements, context.Actor, now);
        work.Insert(entry, Number, Number, context.Actor, now);
        work.Add(OrderEvents.Changed(next, context.Actor));
        var messages = ImmutableArray.Create(Sentences.Of(finish.Message));
        if (entry.Refusal is null)
            messages = messages.Add(Sentences.Of(OrderMessages.EntryCreated(entry.Outcome.Number)));
        var answer = new OrderAnswer(
            OrderView.Of(next),
            messages,
            entry.Refusal is { } failed ? [Sentences.Of(OrderMessages.EntryFailed(new(failed.Es, failed.En)))] : [],
            finish.Movements.Length,
            entry.Refusal is null ? entry.Outcome.Number : null
        );
        return new(next, work, answer, holds.EndAsync);
    }
}
