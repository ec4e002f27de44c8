using System.Collections.Immutable;

namespace Manufactura.Domain.Lots;

/// <summary>en_cuarentena → disponible | rechazado; disponible ↔ agotado (by quantity); → vencido (by date).</summary>
public enum LotStatus
{
    Quarantine,
    Available,
    Rejected,
    Depleted,
    Expired,
}

/// <summary>A quantity of one material at one location. Available = OnHand − Reserved ≥ 0.</summary>
public sealed record Lot(
    string Code,
    string Material,
    LotStatus Status,
    decimal Quantity,
    decimal OnHand,
    decimal Reserved,
    DateOnly? ExpiresOn,
    string? Supplier,
    string? SupplierLot,
    string Location,
    ImmutableDictionary<string, string> Attributes,
    bool Bulk,
    string? ProductionOrder,
    string? Requisition,
    DateTimeOffset ReceivedAt,
    int Version
)
{
    public decimal Available => OnHand - Reserved;

    /// <summary>A lot is no longer good on its expiry date itself (expiry ≤ today), whether the daily pass has run or not.</summary>
    public bool IsExpired(DateOnly today) => ExpiresOn <= today;
}
