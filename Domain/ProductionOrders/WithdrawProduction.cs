using System.Collections.Immutable;
using Manufactura.Domain.Lots;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>Who already used a produced lot, so that its production cannot be taken back.</summary>
public sealed record LotUsage(string Lot, string By, string Type, decimal Quantity);

/// <summary>The stock that cancelling or undoing looks at; quantities as they stand in the book.</summary>
/// <param name="Lots">Every lot that the orders consumed, reserved or produced.</param>
/// <param name="Movements">All that still count: those of the orders, and those of anybody on the lots they produced.</param>
/// <param name="Allocations">Open allocations on the lots they produced.</param>
public sealed record ProductionStock(
    ImmutableArray<Lot> Lots,
    ImmutableArray<RecordedMovement> Movements,
    ImmutableArray<LotAllocation> Allocations
);

/// <summary>What taking a production back changes in stock: the movements no longer count, the audit still has them.</summary>
internal sealed record Withdrawal(
    ImmutableArray<Lot> Lots,
    ImmutableArray<RecordedMovement> Movements,
    ImmutableArray<string> Vanished
);

/// <summary>
/// Takes productions back: consumed lots get their quantity again, produced lots vanish from stock. Refused when a produced
/// lot was already used, naming where.
/// </summary>
internal static class WithdrawProduction
{
    public static Decision<Withdrawal> Decide(IReadOnlySet<string> orders, ProductionStock stock, DateOnly today)
    {
        ImmutableArray<RecordedMovement> withdrawn =
        [
            .. stock.Movements.Where(m =>
                m.Movement is { Type: MovementType.ProductionIn or MovementType.ProductionOut, Reference: { } r }
                && orders.Contains(r)
            ),
        ];
        var produced = withdrawn
            .Where(m => m.Movement.Type == MovementType.ProductionIn)
            .Select(m => m.Movement.Lot)
            .ToHashSet(StringComparer.Ordinal);
        var usages = Usages(produced, withdrawn, orders, stock);
        if (!usages.IsEmpty)
            return AlreadyUsed(usages);
        var lots = stock.Lots.ToDictionary(l => l.Code);
        foreach (var (_, m) in withdrawn)
            lots[m.Lot] = TakeBack(lots[m.Lot], m, today);
        return new Withdrawal(
            [.. stock.Lots.Select(l => lots[l.Code]).Where((l, i) => l != stock.Lots[i])],
            withdrawn,
            [.. produced.Order(StringComparer.Ordinal)]
        );
    }

    private static Lot TakeBack(Lot lot, Movement m, DateOnly today) =>
        m.Type == MovementType.ProductionOut
            ? LotStock.Add(lot, -m.Quantity, today)
            : LotStock.Settle(lot with { OnHand = lot.OnHand - m.Quantity }, today);

    private static ImmutableArray<LotUsage> Usages(
        HashSet<string> produced,
        ImmutableArray<RecordedMovement> withdrawn,
        IReadOnlySet<string> orders,
        ProductionStock stock
    )
    {
        var own = withdrawn.Select(m => m.Id).ToHashSet();
        return
        [
            .. stock
                .Movements.Where(m => produced.Contains(m.Movement.Lot) && !own.Contains(m.Id))
                .Select(m => new LotUsage(
                    m.Movement.Lot,
                    m.Movement.Reference ?? m.Movement.Lot,
                    m.Movement.Type.Word(),
                    m.Movement.Quantity
                )),
            .. stock
                .Allocations.Where(a => produced.Contains(a.Lot) && !orders.Contains(a.Order))
                .Select(a => new LotUsage(a.Lot, a.Order, nameof(AllocationState.Reserved), a.Quantity)),
        ];
    }

    private static Refusal AlreadyUsed(ImmutableArray<LotUsage> usages)
    {
        var es = usages.Select(u => $"{u.Lot} en {u.By} ({WordEs(u.Type)} {Math.Abs(u.Quantity).Es()})");
        var en = usages.Select(u => $"{u.Lot} in {u.By} ({WordEn(u.Type)} {Math.Abs(u.Quantity).En()})");
        return new Refusal(
            "lot-used",
            RefusalKind.Conflict,
            $"No se puede cancelar: lo producido ya se usó ({string.Join("; ", es)}).",
            $"It cannot be cancelled: what was produced was already used ({string.Join("; ", en)})."
        ).With("uses", usages);
    }

    private static string WordEs(string type) =>
        type switch
        {
            nameof(AllocationState.Reserved) => "reservado",
            "PRODUCTION_OUT" => "consumido",
            "SCRAP_OUT" => "descartado",
            "SALE_OUT" => "vendido",
            "TRANSFER_OUT" or "TRANSFER_IN" => "trasladado",
            _ => "ajustado",
        };

    private static string WordEn(string type) =>
        type switch
        {
            nameof(AllocationState.Reserved) => "reserved",
            "PRODUCTION_OUT" => "consumed",
            "SCRAP_OUT" => "scrapped",
            "SALE_OUT" => "sold",
            "TRANSFER_OUT" or "TRANSFER_IN" => "moved",
            _ => "adjusted",
        };
}
