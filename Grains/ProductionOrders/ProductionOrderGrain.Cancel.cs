using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using LotDelta = Manufactura.Storage.Commits.Rows.LotChange;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<OrderAnswer>> Cancel(CommandContext context) =>
        Handle<OrderAnswer>(
            context,
            async current =>
            {
                var family = await families.LoadAsync(Number);
                if (Newer(family, current) is { } newer)
                    return newer;
                ImmutableArray<string> entries = [.. family.JournalEntries.Select(e => e.Number)];
                var decision = CancelOrder.Decide(
                    current,
                    family.Orders.Where(o => o.Number != Number),
                    family.Stock,
                    entries,
                    clock.Today,
                    context.Actor,
                    clock.Now
                );
                if (decision.Refusal is { } refusal)
                    return refusal;
                var c = decision.Outcome;
                var work = NewWork(context);
                var next = WriteOrders(work, current, family, c.Orders, context.Actor);
                WriteStock(work, family.Stock, c.Lots, c.Withdrawn);
                foreach (var entry in entries)
                    work.Raise(PlantAlerts.JournalEntryNotReversed(Number, entry), clock.Now);
                ForgetEntries(work, c.Orders);
                var answer = new OrderAnswer(
                    OrderView.Of(next),
                    Sentences.Of(c.Messages),
                    Sentences.Of(c.Warnings),
                    c.Withdrawn.Length
                );
                return new Change<ProductionOrder, OrderAnswer>(next, work, answer);
            }
        );

    public Task<Answer<OrderAnswer>> UndoExplosion(CommandContext context) =>
        Handle<OrderAnswer>(
            context,
            async current =>
            {
                var family = await families.LoadAsync(Number);
                if (Newer(family, current) is { } newer)
                    return newer;
                var product = (await materials.FindAsync(current.Material))!;
                var above = await families.AncestorsAsync(Number);
                var decision = Domain.ProductionOrders.UndoExplosion.Decide(
                    current,
                    product,
                    [.. family.Orders.Where(o => o.Parent == Number)],
                    above,
                    family.Stock,
                    production => EntryOf(family, production),
                    clock.Today,
                    context.Actor,
                    clock.Now
                );
                if (decision.Refusal is { } refusal)
                    return refusal;
                var u = decision.Outcome;
                var work = NewWork(context);
                var everybody = family with { Orders = [.. family.Orders, .. above] };
                var next = WriteOrders(work, current, everybody, [u.Order, .. u.Cancelled, .. u.Reopened], context.Actor);
                WriteStock(work, family.Stock, u.Lots, u.Withdrawn);
                ForgetEntries(work, u.Cancelled);
                if (u.StandingEntry is { } entry)
                    work.Raise(PlantAlerts.JournalEntryNotReversed(Number, entry), clock.Now);
                var answer = new OrderAnswer(
                    OrderView.Of(next),
                    Sentences.Of(u.Messages),
                    Sentences.Of(u.Warnings),
                    u.Withdrawn.Length
                );
                return new Change<ProductionOrder, OrderAnswer>(next, work, answer);
            }
        );

    /// <summary>An imported entry does not say which explosion it books: then it is the last one.</summary>
    private string? EntryOf(OrderFamily family, string production) =>
        (
            family.JournalEntries.LastOrDefault(e => e.Production == production)
            ?? family.JournalEntries.LastOrDefault(e => e.Reference == Number && e.Production is null)
        )?.Number;

    /// <summary>A production that was taken back waits for no entry any more.</summary>
    private void ForgetEntries(UnitOfWork work, IEnumerable<ProductionOrder> takenBack)
    {
        foreach (var order in takenBack)
            if (order.Kind == OrderKind.Partial)
                work.Forget(order.Parent!, order.Number, clock.Now);
            else if (order.Matrix is null)
                work.Forget(order.Number, order.Number, clock.Now);
    }

    /// <summary>The family was read after memory: if it knows a newer version of this order, decide on that one.</summary>
    private static Refusal? Newer(OrderFamily family, ProductionOrder current) =>
        family.Orders.FirstOrDefault(o => o.Number == current.Number)?.Version == current.Version ? null : CommandDesk.Busy;

    /// <summary>Every order as it is afterwards, each on the version it was read with; answers this one.</summary>
    private static ProductionOrder WriteOrders(
        UnitOfWork work,
        ProductionOrder current,
        OrderFamily family,
        ImmutableArray<ProductionOrder> orders,
        string actor
    )
    {
        var mine = current;
        foreach (var changed in orders)
        {
            var before = changed.Number == current.Number ? current : family.Orders.First(o => o.Number == changed.Number);
            var after = changed with { Version = before.Version + 1 };
            work.Update(before, after);
            work.UpdateAllocations(before, after, actor, after.UpdatedAt);
            work.Add(OrderEvents.Changed(after, actor));
            work.AddCells(after, OrderRows.ChangedCells(before, after), actor);
            if (changed.Number == current.Number)
                mine = after;
        }

        return mine;
    }

    private void WriteStock(
        UnitOfWork work,
        ProductionStock before,
        ImmutableArray<Lot> after,
        ImmutableArray<RecordedMovement> withdrawn
    )
    {
        foreach (var lot in after)
        {
            var was = before.Lots.First(l => l.Code == lot.Code);
            work.Add(
                new LotDelta(
                    lot.Code,
                    lot.OnHand - was.OnHand,
                    lot.Reserved - was.Reserved,
                    Storage.Commits.Rows.LotUse.Any,
                    clock.Today
                )
            );
        }

        foreach (var reference in withdrawn.GroupBy(m => m.Movement.Reference!))
            work.Add(new MovementWithdraw(reference.Key, reference.Count()));
    }
}
