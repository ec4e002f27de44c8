using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Accounting;

/// <summary>One side of an entry, in money with two decimals; either debit or credit is zero.</summary>
public sealed record JournalLine(string Account, decimal Debit, decimal Credit);

/// <summary>A balanced entry; <paramref name="Reference"/> is the finished or exploded order.</summary>
public sealed record JournalEntry(
    string Number,
    DateOnly Date,
    string Description,
    string Reference,
    ImmutableArray<JournalLine> Lines
);

/// <summary>
/// Which accounts productions are booked on, null where none is set up, and the last day of the closed period, on which and
/// before which nothing is booked.
/// </summary>
public sealed record AccountingSettings(string? FinishedGoods, string? RawMaterials, DateOnly? ClosedThrough)
{
    public static readonly AccountingSettings Default = new("1430", "1405", null);
}

/// <summary>
/// The entry of a production (modulo-manufactura): debit finished goods, credit raw materials, at the cost of what was
/// consumed. One per finish or explosion. A refusal here is the reason of "fallo contable": the order is finished all the same.
/// </summary>
public static class BookProduction
{
    /// <summary>Exclusive: what an entry can hold, far below where the arithmetic itself would overflow.</summary>
    private const decimal MaxAmount = 9_000_000_000_000_000m;

    /// <summary>Refused, code <c>accounting-failed</c>: a component without cost, nothing of value consumed, no account, closed period.</summary>
    /// <param name="date">The finishing day.</param>
    public static Decision<JournalEntry> Decide(
        string number,
        string order,
        DateOnly date,
        ImmutableArray<LotUse> uses,
        Func<string, Material> materialOf,
        AccountingSettings settings
    )
    {
        if (settings.FinishedGoods is not { } debit)
            return Failed(
                "no hay cuenta de inventario de productos terminados.",
                "there is no account for finished-goods inventory."
            );
        if (settings.RawMaterials is not { } credit)
            return Failed("no hay cuenta de inventario de materias primas.", "there is no account for raw-material inventory.");
        if (settings.ClosedThrough is { } closed && date <= closed)
            return Failed(
                $"el período contable está cerrado hasta el {closed.Es()}.",
                $"the accounting period is closed through {closed.En()}."
            );
        string[] noCost = [.. uses.Select(u => u.Material).Distinct().Where(m => materialOf(m).UnitCost is null)];
        if (noCost.Length > 0)
        {
            var names = string.Join(", ", noCost.Select(m => materialOf(m).Name));
            return Failed($"sin costo unitario: {names}.", $"no unit cost: {names}.");
        }

        // An amount that money(18,2) cannot hold must not keep the order from being finished.
        if (
            uses.Any(u =>
                materialOf(u.Material).UnitCost!.Value is > 0 and var cost && u.Quantity > MaxAmount / uses.Length / cost
            )
        )
            return Failed("el valor supera lo que admite un asiento.", "the amount is more than an entry can hold.");
        var amount = ToCents(uses.Sum(u => u.Quantity * materialOf(u.Material).UnitCost!.Value));
        if (amount == 0)
            return Failed("la producción no consumió nada con costo.", "the production consumed nothing that has a cost.");
        return new JournalEntry(
            number,
            date,
            $"Producción de productos - {order}",
            order,
            [new(debit, amount, 0), new(credit, 0, amount)]
        );
    }

    /// <summary>Money with two decimals; half a cent goes away from zero.</summary>
    public static decimal ToCents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static Refusal Failed(string es, string en) => new("accounting-failed", RefusalKind.Rule, es, en);
}

/// <summary>The unit cost of a material as receipts come in.</summary>
public static class MovingAverageCost
{
    /// <summary>
    /// The new unit cost, in cents: what was on hand at its cost and what came at its own, over both quantities. Without stock or
    /// cost before it is the receipt's. <paramref name="received"/> is above zero.
    /// </summary>
    public static decimal After(decimal onHand, decimal? unitCost, decimal received, decimal receivedUnitCost)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(received);
        return BookProduction.ToCents(
            unitCost is { } cost && onHand > 0
                ? (onHand * cost + received * receivedUnitCost) / (onHand + received)
                : receivedUnitCost
        );
    }
}
