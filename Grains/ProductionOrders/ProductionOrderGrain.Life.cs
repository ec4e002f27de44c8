using Manufactura.Domain;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<OrderAnswer>> ConfirmPlanning(CommandContext context) =>
        Move(context, PlanOrder.Confirm, OrderMessages.PlanningConfirmed);

    public Task<Answer<OrderAnswer>> Start(CommandContext context) => Move(context, PlanOrder.Start, OrderMessages.Started);

    public async Task ChainClosed(string backorder)
    {
        for (var attempt = 0; attempt < CommandDesk.Attempts; attempt++)
        {
            // Comes from the feed, perhaps twice and perhaps late: what is true now counts, not what memory holds.
            order = await orders.LoadAsync(Number);
            if (
                order is not { } current
                || Domain.ProductionOrders.ProduceLots.AfterChainClosed(current, clock.Now) is not { } closed
            )
                return;
            var next = closed with { Version = current.Version + 1 };
            var work = new UnitOfWork();
            work.Update(current, next);
            work.Add(OrderEvents.Changed(next, "system"));
            if (await log.CommitAsync(work) is CommitResult.Committed)
            {
                order = next;
                return;
            }
        }
    }

    /// <summary>A transition of the order alone, with the message that the person reads; <paramref name="first"/> may refuse it.</summary>
    private Task<Answer<OrderAnswer>> Move(
        CommandContext context,
        Func<ProductionOrder, DateTimeOffset, Decision<ProductionOrder>> rule,
        Func<string, Text> message,
        Func<ProductionOrder, Task<Refusal?>>? first = null
    ) =>
        Handle<OrderAnswer>(
            context,
            async current =>
            {
                if (first is not null && await first(current) is { } no)
                    return no;
                var decision = rule(current, clock.Now);
                if (decision.Refusal is { } refusal)
                    return refusal;
                var next = decision.Outcome with { Version = current.Version + 1 };
                var work = NewWork(context);
                work.Update(current, next);
                work.Add(OrderEvents.Changed(next, context.Actor));
                var answer = new OrderAnswer(OrderView.Of(next), [Sentences.Of(message(Number))], []);
                return new Change<ProductionOrder, OrderAnswer>(next, work, answer);
            }
        );
}
