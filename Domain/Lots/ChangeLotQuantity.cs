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
    /// <param name="reference">The count that found the difference; null: the lot itself.</param>
    public static Decision<LotChange> Adjust(
        Lot lot,
        Material material,
        decimal difference,
        string? reason,
        ImmutableArray<LotAllocation> open,
        DateOnly today,
        string? reference = null
    )
    {
        if (difference == 0)
            return Refusal.Validation("La diferencia no puede ser cero.", "The difference cannot be zero.");
        if (QuantityRules.BadPrecision(difference, material) is { } bad)
            return bad;
        if (QuantityRules.NoReason(reason) is { } noReason)
            return noReason;
        if (difference < 0)
            return TakeOut(lot, material, -difference, MovementType.AdjustmentOut, (reference, reason!), open, today);
        if (!Quantities.Fits(lot.OnHand + difference, material.Precision))
            return QuantityRules.BadPrecision(Quantities.Limit, material)!;
        return new LotChange(
            LotStock.Add(lot, difference.Plain(), today),
            [Moved(lot, material, MovementType.AdjustmentIn, difference, reference, reason!)],
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
            : TakeOut(lot, material, quantity, MovementType.ScrapOut, (null, reason!), open, today);

    private static Decision<LotChange> TakeOut(
        Lot lot,
        Material material,
        decimal quantity,
        MovementType type,
        (string? Reference, string Reason) why,
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
            [Moved(lot, material, type, -quantity, why.Reference, why.Reason)],
            released
        );
    }

    private static Movement Moved(
        Lot lot,
        Material material,
        MovementType type,
        decimal quantity,
        string? reference,
        string reason
    ) => new(type, lot.Material, lot.Code, lot.Location, quantity.Plain(), reference ?? lot.Code, reason, material.UnitCost);
}
