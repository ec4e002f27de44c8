using System.Collections.Immutable;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Lots;

/// <summary>
/// Corrections of what is really there. They are facts, so reservations do not stand in their way: what no longer covers
/// its reservations releases them, the least urgent order first, and those orders are re-planned.
/// </summary>
public static class ChangeLotQuantity
{
    /// <summary>
    /// A stock count: <paramref name="difference"/> is signed and not zero. Any status; refused below zero on hand or without
    /// a reason.
    /// </summary>
    /// <param name="open">All open allocations of the lot.</param>
    public static Decision<LotChange> Adjust(
        Lot lot,
        Material material,
        decimal difference,
        string? reason,
        ImmutableArray<LotAllocation> open,
        DateOnly today
    )
    {
        if (difference == 0)
            return Refusal.Validation("La diferencia no puede ser cero.", "The difference cannot be zero.");
        if (QuantityRules.BadPrecision(difference, material) is { } bad)
            return bad;
        if (QuantityRules.NoReason(reason) is { } noReason)
            return noReason;
        if (difference < 0)
            return TakeOut(lot, -difference, MovementType.AdjustmentOut, reason!, open, today);
        if (!Quantities.Fits(lot.OnHand + difference, material.Precision))
            return QuantityRules.BadPrecision(Quantities.Limit, material)!;
        return new LotChange(
            LotStock.Add(lot, difference.Plain(), today),
            [new(MovementType.AdjustmentIn, lot.Material, lot.Code, lot.Location, difference.Plain(), lot.Code, reason)],
            []
        );
    }

    /// <summary>Throws a quantity away. Any status; refused above what is on hand or without a reason.</summary>
    /// <param name="open">All open allocations of the lot.</param>
    public static Decision<LotChange> Scrap(
        Lot lot,
        Material material,
        decimal quantity,
        string? reason,
        ImmutableArray<LotAllocation> open,
        DateOnly today
    ) =>
        (QuantityRules.Bad(quantity, material) ?? QuantityRules.NoReason(reason)) is { } bad
            ? bad
            : TakeOut(lot, quantity, MovementType.ScrapOut, reason!, open, today);

    private static Decision<LotChange> TakeOut(
        Lot lot,
        decimal quantity,
        MovementType type,
        string reason,
        ImmutableArray<LotAllocation> open,
        DateOnly today
    )
    {
        if (quantity > lot.OnHand)
            return LotStock.TooLittle(lot, quantity, lot.OnHand);
        var onHand = lot.OnHand - quantity;
        var released = lot.Reserved > onHand ? LotAllocations.Release(open, lot.Reserved - onHand) : [];
        var reserved = lot.Reserved - released.Sum(r => r.Quantity);
        return new LotChange(
            LotStock.Settle(lot with { OnHand = onHand, Reserved = reserved }, today),
            [new(type, lot.Material, lot.Code, lot.Location, -quantity.Plain(), lot.Code, reason)],
            released
        );
    }
}
