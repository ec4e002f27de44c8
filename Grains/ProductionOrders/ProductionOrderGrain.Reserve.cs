using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Materials;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<ReserveAnswer>> Reserve(CommandContext context) =>
        Handle<ReserveAnswer>(
            context,
            async current =>
            {
                var materialOf = await MaterialsOf(current);
                var needs = ReserveMaterials.Needs(current, c => materialOf(c).Precision);
                var holds = NewHolds();
                if (current.IsOpen)
                    await holds.TakeAsync(
                        needs.Select(n =>
                            (n.Component, n.Missing, HoldTerms.Reserving(materialOf(n.Component), current, n.HeldLots))
                        )
                    );
                var decision = ReserveMaterials.Apply(current, [.. needs.Select(n => (n, Choice(holds, n)))], clock.Now);
                if (decision.Refusal is { } refusal)
                {
                    await holds.DropAsync(doubtful: false);
                    return refusal;
                }

                return Reserved(current, decision.Outcome, holds, context);
            }
        );

    public Task<Answer<OrderAnswer>> Unreserve(string? material, CommandContext context) =>
        Handle<OrderAnswer>(
            context,
            current =>
            {
                var decision = ReserveMaterials.Release(current, material, clock.Now);
                if (decision.Refusal is { } refusal)
                    return Task.FromResult<Decision<Change<ProductionOrder, OrderAnswer>>>(refusal);
                var (after, released) = decision.Outcome;
                var next = after with { Version = current.Version + 1 };
                var work = NewWork(context);
                work.Update(current, next);
                work.UpdateAllocations(current, next, context.Actor, next.UpdatedAt);
                work.Release(released.Select(a => (a.Lot, a.Quantity)), clock.Today);
                work.Add(OrderEvents.Changed(next, context.Actor));
                var answer = new OrderAnswer(OrderView.Of(next), [], []);
                return Task.FromResult<Decision<Change<ProductionOrder, OrderAnswer>>>(
                    new Change<ProductionOrder, OrderAnswer>(next, work, answer)
                );
            }
        );

    public Task<Answer<OrderAnswer>> MoveAllocation(AllocationMove move, CommandContext context) =>
        Handle<OrderAnswer>(
            context,
            async current =>
            {
                if (!current.IsOpen)
                    return ClosedOrder;
                if (
                    current.Allocations.FirstOrDefault(a => a.Lot == move.From && a.State == AllocationState.Reserved)
                    is not { } open
                )
                    return Refusal.NotFound($"la reserva del lote {move.From}");
                if (move.Quantity is <= 0 || move.Quantity > open.Quantity)
                    return Refusal.Validation(
                        $"De {move.From} se pueden mover como máximo {open.Quantity.Text()}.",
                        $"At most {open.Quantity.Text()} of {move.From} can be moved."
                    );
                if (string.IsNullOrWhiteSpace(move.Reason))
                    return Refusal.Validation(
                        "Indique el motivo del cambio de lote.",
                        "Give the reason for moving to another lot."
                    );
                var quantity = move.Quantity ?? open.Quantity;
                var holds = NewHolds();
                var terms = new HoldTerms(AllocationPolicy.SingleLot, 0, null, [move.To]);
                await holds.TakeAsync([(open.Material, quantity, terms)]);
                if (holds.Granted.Values.Any(h => h.Missing > 0))
                {
                    await holds.DropAsync(doubtful: false);
                    return Refusal.Validation(
                        $"El lote {move.To} no tiene {quantity.Text()} disponibles de {open.Material}.",
                        $"Lot {move.To} has no {quantity.Text()} available of {open.Material}."
                    );
                }

                return Moved(current, open, move, quantity, holds, context);
            }
        );

    private static readonly Refusal ClosedOrder = Refusal.State(
        "La orden está terminada o cancelada: ya no reserva materiales.",
        "The order is done or cancelled: it no longer reserves materials."
    );

    private Change<ProductionOrder, OrderAnswer> Moved(
        ProductionOrder current,
        Allocation open,
        AllocationMove move,
        decimal quantity,
        MaterialHolds holds,
        CommandContext context
    )
    {
        var all = Allocations.Turn(current.Allocations, open, quantity, AllocationState.Released);
        all = Allocations.Add(all, move.To, open.Material, quantity, AllocationState.Reserved);
        var next = current with { Allocations = all, UpdatedAt = clock.Now, Version = current.Version + 1 };
        var work = NewWork(context);
        work.Update(current, next);
        work.UpdateAllocations(current, next, context.Actor, next.UpdatedAt);
        work.Release([(move.From, quantity)], clock.Today);
        work.Add(new LotChange(move.To, 0, quantity, Storage.Commits.Rows.LotUse.Free, clock.Today));
        work.Add(OrderEvents.Changed(next, context.Actor));
        work.Add(OrderEvents.AllocationMoved(next, move.From, move.To, open.Material, quantity, move.Reason, context.Actor));
        return new(next, work, new OrderAnswer(OrderView.Of(next), [], []), holds.EndAsync);
    }

    private static LotChoice Choice(MaterialHolds holds, MaterialNeed need) =>
        holds.Granted.GetValueOrDefault(need.Component) is { } held
            ? new([.. held.Lots.Select(l => new LotTake(l.Lot, l.Quantity))], held.Missing)
            : new([], 0);

    private Change<ProductionOrder, ReserveAnswer> Reserved(
        ProductionOrder current,
        Reservation reservation,
        MaterialHolds holds,
        CommandContext context
    )
    {
        var shortages = ReservationRows.Views(reservation.Shortages);
        if (!ReservationRows.Changes(current, reservation))
            return new(current, NewWork(context), new(OrderView.Of(current).Allocations, shortages), holds.EndAsync);
        var work = NewWork(context);
        var next = work.Reserve(current, reservation, context.Actor, clock.Today);
        return new(next, work, new(OrderView.Of(next).Allocations, shortages), holds.EndAsync);
    }
}
