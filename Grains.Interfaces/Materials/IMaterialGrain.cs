using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Orleans.Concurrency;

namespace Manufactura.Grains.Interfaces.Materials;

/// <summary>What an order wants of one material for the next few seconds, until its unit of work is written.</summary>
/// <param name="HoldId">Made by the caller; settles or drops the hold.</param>
/// <param name="Quantity">Above zero, in the material's unit; what there is of it is held.</param>
/// <param name="MarginDays">Days that a lot must still be good for; 0 when finishing.</param>
/// <param name="Location">Only lots that lie there; null: anywhere.</param>
/// <param name="OnlyLots">Only these lots, for single-lot materials that already have one; empty: any.</param>
[GenerateSerializer, Immutable, Alias("manufactura.HoldRequest")]
public sealed record HoldRequest(
    [property: Id(0)] string HoldId,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] AllocationPolicy Policy,
    [property: Id(3)] int MarginDays,
    [property: Id(4)] string? Location,
    [property: Id(5)] ImmutableArray<string> OnlyLots
);

/// <summary>What is held of a lot, and what of the lot its use depends on, as the index knows it.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.HeldLot")]
public sealed record HeldLot(
    [property: Id(0)] string Lot,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] string Location,
    [property: Id(3)] DateOnly? ExpiresOn,
    [property: Id(4)] DateTimeOffset ReceivedAt
);

/// <summary>What was granted, in FEFO order; less than asked is a shortage.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.Held")]
public sealed record Held([property: Id(0)] ImmutableArray<HeldLot> Lots, [property: Id(1)] decimal Missing);

/// <summary>
/// Chooses lots of one material; the key is its code. Holds live in memory only: nothing is durable before the order's
/// commit, and a hold that is neither settled nor dropped ends by itself after some seconds.
/// </summary>
[Alias("manufactura.IMaterial")]
public interface IMaterialGrain : IGrainWithStringKey
{
    [Alias("Hold")]
    Task<Held> Hold(HoldRequest request);

    /// <summary>
    /// Several needs of one command at once, served in their order, each under a hold of its own: a command that already held
    /// something could not ask again without waiting for itself.
    /// </summary>
    [Alias("HoldAll")]
    Task<ImmutableArray<Held>> HoldAll(ImmutableArray<HoldRequest> requests);

    /// <summary>The unit of work that used the hold was written.</summary>
    [Alias("Settle"), AlwaysInterleave]
    Task Settle(string holdId);

    /// <summary>The hold is not used. <paramref name="doubtful"/>: the database knew the lots otherwise, so they are read again.</summary>
    [Alias("Drop"), AlwaysInterleave]
    Task Drop(string holdId, bool doubtful);

    /// <summary>A lot of this material was changed; <paramref name="available"/> is what could be taken of it then, and where.</summary>
    [Alias("LotChanged"), AlwaysInterleave]
    Task LotChanged(string lot, decimal available, string? location);

    /// <summary>Changes may have gone unheard: everything is read again before the next hold.</summary>
    [Alias("Doubt"), AlwaysInterleave]
    Task Doubt();
}
