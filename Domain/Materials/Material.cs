namespace Manufactura.Domain.Materials;

public enum MaterialKind
{
    RawMaterial,
    Component,
    FinishedProduct,
}

/// <summary>How lots are chosen for a need: see domain.md, "Confirming a sales order".</summary>
public enum AllocationPolicy
{
    /// <summary>The first candidate that alone covers the need; if none does, several in FEFO order.</summary>
    SingleLotFirst,

    /// <summary>Always strictly first-expired-first-out, over as many lots as it takes.</summary>
    SplitFefo,

    /// <summary>One lot or nothing, as for dye lots.</summary>
    SingleLot,
}

/// <summary>What the rules need to know of a material (raw material, component or finished product).</summary>
public sealed record Material(
    string Code,
    string Name,
    MaterialKind Kind,
    string Unit,
    int Precision,
    decimal? UnitCost,
    decimal? UnitWeightKg,
    decimal? MinStock,
    int? MinShelfLifeDays,
    bool LotTracked,
    AllocationPolicy AllocationPolicy,
    string? Supplier,
    decimal? CriticalQuantity,
    string? XAttribute,
    string? YAttribute,
    decimal OverproductionTolerance,
    int Version
)
{
    /// <summary>Days that a lot must still be good for when it is reserved, unless the material sets its own.</summary>
    public const int DefaultMinShelfLifeDays = 14;

    /// <summary>Whether orders for it can carry a tono × talla matrix.</summary>
    public bool HasAxes => XAttribute is not null && YAttribute is not null;
}
