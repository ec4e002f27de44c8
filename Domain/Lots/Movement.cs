namespace Manufactura.Domain.Lots;

/// <summary>Why a quantity came into a lot or left it; the sign of the quantity follows from it.</summary>
public enum MovementType
{
    PurchaseIn,
    ProductionOut,
    ProductionIn,
    AdjustmentIn,
    AdjustmentOut,
    TransferIn,
    TransferOut,
    ScrapOut,
    SaleOut,
}

/// <summary>The words of domain.md for movement types, as they are stored and answered.</summary>
public static class MovementTypes
{
    /// <summary><c>PURCHASE_IN</c>, <c>PRODUCTION_OUT</c> …</summary>
    public static string Word(this MovementType type) =>
        type switch
        {
            MovementType.PurchaseIn => "PURCHASE_IN",
            MovementType.ProductionOut => "PRODUCTION_OUT",
            MovementType.ProductionIn => "PRODUCTION_IN",
            MovementType.AdjustmentIn => "ADJUSTMENT_IN",
            MovementType.AdjustmentOut => "ADJUSTMENT_OUT",
            MovementType.TransferIn => "TRANSFER_IN",
            MovementType.TransferOut => "TRANSFER_OUT",
            MovementType.ScrapOut => "SCRAP_OUT",
            MovementType.SaleOut => "SALE_OUT",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };

    /// <summary>The type of a stored word; null when there is none such.</summary>
    public static MovementType? Parse(string word)
    {
        foreach (var type in Enum.GetValues<MovementType>())
            if (type.Word() == word)
                return type;
        return null;
    }
}

/// <summary>
/// A signed quantity (never zero, negative on the way out) of one lot at one location. <paramref name="Reference"/> is the
/// order, requisition, count or lot behind it. <paramref name="UnitCost"/> is what one unit cost then; null where that is not known.
/// </summary>
public sealed record Movement(
    MovementType Type,
    string Material,
    string Lot,
    string Location,
    decimal Quantity,
    string? Reference,
    string? Reason = null,
    decimal? UnitCost = null
);

/// <summary>A movement as it stands in the book and still counts (was not withdrawn).</summary>
public sealed record RecordedMovement(long Id, Movement Movement);
