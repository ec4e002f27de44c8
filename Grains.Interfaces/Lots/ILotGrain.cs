using System.Collections.Immutable;
using Manufactura.Domain.Lots;

namespace Manufactura.Grains.Interfaces.Lots;

/// <summary>What arrived; quantity above zero in the material's unit. Without a location it goes to the default one.</summary>
/// <param name="Requisition">The requisition that it answers, if any.</param>
/// <param name="UnitCost">What it cost per unit; moves the material's average.</param>
[GenerateSerializer, Immutable, Alias("manufactura.RegisterLot")]
public sealed record RegisterLotCommand(
    [property: Id(0)] string Material,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] DateOnly? ExpiresOn,
    [property: Id(3)] string? Supplier,
    [property: Id(4)] string? SupplierLot,
    [property: Id(5)] string? Location,
    [property: Id(6)] string? Requisition,
    [property: Id(7)] decimal? UnitCost
);

/// <summary>A quality decision as it was made.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.InspectionView")]
public sealed record InspectionView(
    [property: Id(0)] string Decision,
    [property: Id(1)] string? Result,
    [property: Id(2)] string? Note,
    [property: Id(3)] string By,
    [property: Id(4)] DateTimeOffset At
);

/// <summary>
/// A lot as api.md shows it. After a command also: what the person may not have expected, the orders that lost a reservation and
/// are re-planned, and the lot that a transferred part became or went into.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.LotView")]
public sealed record LotView(
    [property: Id(0)] string Code,
    [property: Id(1)] string Material,
    [property: Id(2)] LotStatus Status,
    [property: Id(3)] decimal Quantity,
    [property: Id(4)] decimal OnHand,
    [property: Id(5)] decimal Reserved,
    [property: Id(6)] decimal Available,
    [property: Id(7)] DateOnly? ExpiresOn,
    [property: Id(8)] string? Supplier,
    [property: Id(9)] string? SupplierLot,
    [property: Id(10)] string Location,
    [property: Id(11)] ImmutableDictionary<string, string> Attributes,
    [property: Id(12)] ImmutableArray<InspectionView> Inspections,
    [property: Id(13)] int Version,
    [property: Id(14)] bool Bulk,
    [property: Id(15)] string? ProductionOrder,
    [property: Id(16)] string? Requisition,
    [property: Id(17)] DateTimeOffset ReceivedAt,
    [property: Id(18)] ImmutableArray<Sentence> Warnings,
    [property: Id(19)] ImmutableArray<string> Replanned,
    [property: Id(20)] string? OtherLot
)
{
    public static LotView Of(Lot l, ImmutableArray<InspectionView> inspections) =>
        new(
            l.Code,
            l.Material,
            l.Status,
            l.Quantity,
            l.OnHand,
            l.Reserved,
            l.Available,
            l.ExpiresOn,
            l.Supplier,
            l.SupplierLot,
            l.Location,
            l.Attributes,
            inspections,
            l.Version,
            l.Bulk,
            l.ProductionOrder,
            l.Requisition,
            l.ReceivedAt,
            [],
            [],
            null
        );
}

/// <summary>
/// Quality and stock of one lot; the key is its code. Refusals: <c>not-found</c>, <c>duplicate</c> and <c>invalid-state</c> (409),
/// <c>validation</c> and <c>insufficient-stock</c> (422); nothing changed then.
/// </summary>
[Alias("manufactura.ILot")]
public interface ILotGrain : IGrainWithStringKey
{
    /// <summary>
    /// A new lot in quarantine under this code. Of a material that is not tracked by lot the quantity goes to the bulk lot of the
    /// location, whose own code is answered.
    /// </summary>
    [Alias("Register")]
    Task<Answer<LotView>> Register(RegisterLotCommand command, CommandContext context);

    /// <summary>Release, reject or keep; only from quarantine.</summary>
    [Alias("Inspect")]
    Task<Answer<LotView>> Inspect(InspectionDecision decision, string? result, string? note, CommandContext context);

    /// <summary>A stock count: <paramref name="difference"/> is signed and not zero.</summary>
    [Alias("Adjust")]
    Task<Answer<LotView>> Adjust(decimal difference, string? reason, CommandContext context);

    /// <summary>Throws a quantity above zero away.</summary>
    [Alias("Scrap")]
    Task<Answer<LotView>> Scrap(decimal quantity, string? reason, CommandContext context);

    /// <summary>Moves all of it (null) or a part, which becomes a lot of its own.</summary>
    [Alias("Transfer")]
    Task<Answer<LotView>> Transfer(string location, decimal? quantity, CommandContext context);

    /// <summary>The pass of that day: Expired if its date has come. Answers the orders that lost what they had reserved.</summary>
    [Alias("Expire")]
    Task<ImmutableArray<string>> Expire(DateOnly day);
}
