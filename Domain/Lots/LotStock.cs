namespace Manufactura.Domain.Lots;

/// <summary>
/// The quantities of a lot and what they do to its status: Available ↔ Depleted by what is available, and never back to
/// Available once its date has come. Every function raises the version by one.
/// </summary>
public static class LotStock
{
    /// <summary>Whether a quantity of it may be reserved or consumed today: Available, unexpired by date, something free.</summary>
    public static bool IsFree(Lot lot, DateOnly today) =>
        lot.Status == LotStatus.Available && !lot.IsExpired(today) && lot.Available > 0;

    /// <summary>
    /// Whether an order may still consume what it has reserved of it: a lot depleted by reservations too, but none that has
    /// expired by date, whether the daily pass has run or not.
    /// </summary>
    public static bool IsUsableByItsHolder(Lot lot, DateOnly today) =>
        lot.Status is LotStatus.Available or LotStatus.Depleted && !lot.IsExpired(today);

    /// <summary>Takes <paramref name="quantity"/> out of what is available; refused when the lot cannot give it.</summary>
    public static Decision<Lot> Reserve(Lot lot, decimal quantity, DateOnly today) =>
        lot.Status != LotStatus.Available || lot.IsExpired(today) ? NotAllocatable(lot)
        : quantity > lot.Available ? TooLittle(lot, quantity, lot.Available)
        : Settle(lot with { Reserved = lot.Reserved + quantity }, today);

    /// <summary>Gives a reservation back. More than is reserved is a bug and throws.</summary>
    public static Lot Unreserve(Lot lot, decimal quantity, DateOnly today)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, lot.Reserved);
        return Settle(lot with { Reserved = lot.Reserved - quantity }, today);
    }

    /// <summary>
    /// Uses up <paramref name="own"/> of what the consumer had reserved and <paramref name="free"/> of what nobody had. More than
    /// there is of either is a bug and throws.
    /// </summary>
    public static Lot Consume(Lot lot, decimal own, decimal free, DateOnly today)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(own, lot.Reserved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(free, lot.Available);
        return Settle(lot with { OnHand = lot.OnHand - own - free, Reserved = lot.Reserved - own }, today);
    }

    /// <summary>Puts a quantity (above zero) into the lot, or back into it.</summary>
    public static Lot Add(Lot lot, decimal quantity, DateOnly today) =>
        Settle(lot with { OnHand = lot.OnHand + quantity }, today);

    /// <summary>
    /// The status that follows from the quantities; Quarantine, Rejected and Expired do not depend on them. A lot whose date has come and
    /// of which something is still reserved becomes Expired only by the pass, which releases that.
    /// </summary>
    internal static Lot Settle(Lot lot, DateOnly today)
    {
        var status = lot.Status switch
        {
            LotStatus.Available when lot.Available == 0 => LotStatus.Depleted,
            LotStatus.Depleted when lot.Available > 0 && lot.IsExpired(today) && lot.Reserved == 0 => LotStatus.Expired,
            LotStatus.Depleted when lot.Available > 0 => LotStatus.Available,
            var same => same,
        };
        return lot with { Status = status, Version = lot.Version + 1 };
    }

    internal static Refusal TooLittle(Lot lot, decimal asked, decimal there) =>
        new Refusal(
            "insufficient-stock",
            RefusalKind.Rule,
            $"El lote {lot.Code} solo tiene {there.Es()}; se pidieron {asked.Es()}.",
            $"Lot {lot.Code} has only {there.En()}; {asked.En()} was asked for."
        ).With("shortages", (Shortage[])[new(lot.Material, asked, there)]);

    private static Refusal NotAllocatable(Lot lot) =>
        Refusal.State(
            $"El lote {lot.Code} no está disponible para asignarse.",
            $"Lot {lot.Code} is not available for allocation."
        );
}

/// <summary>A material of which there is too little: quantities in its unit.</summary>
public sealed record Shortage(string Material, decimal Required, decimal Available);
