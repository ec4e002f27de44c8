using System.Collections.Immutable;
using Manufactura.Domain.Counts;

namespace Manufactura.Grains.Interfaces.Counts;

/// <summary>A count that is to begin: of a location, or of one material there. Without a reason it gets one that names the day.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.BeginCount")]
public sealed record BeginCountCommand(
    [property: Id(0)] string Location,
    [property: Id(1)] string? Material,
    [property: Id(2)] bool Blind,
    [property: Id(3)] string? Reason
);

/// <summary>A counted quantity; null takes it back. <paramref name="Version"/> is the line's as seen, null overwrites.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.CountedLot")]
public sealed record CountedLot([property: Id(0)] string Lot, [property: Id(1)] decimal? Counted, [property: Id(2)] int? Version);

/// <summary>A lot of a count as it stands.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.CountLineView")]
public sealed record CountLineView(
    [property: Id(0)] string Lot,
    [property: Id(1)] decimal? Counted,
    [property: Id(2)] decimal? Booked,
    [property: Id(3)] decimal? Difference,
    [property: Id(4)] string? By,
    [property: Id(5)] DateTimeOffset? At,
    [property: Id(6)] int Version
)
{
    public static CountLineView Of(CountLine l) => new(l.Lot, l.Counted, l.Booked, l.Difference, l.By, l.At, l.Version);
}

/// <summary>A count after a command; lines are those that the command touched.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.CountView")]
public sealed record CountView(
    [property: Id(0)] string Number,
    [property: Id(1)] CountStatus Status,
    [property: Id(2)] string Location,
    [property: Id(3)] string? Material,
    [property: Id(4)] bool Blind,
    [property: Id(5)] string Reason,
    [property: Id(6)] int Version,
    [property: Id(7)] string CreatedBy,
    [property: Id(8)] DateTimeOffset CreatedAt,
    [property: Id(9)] ImmutableArray<CountLineView> Lines,
    [property: Id(10)] ImmutableArray<Sentence> Messages,
    [property: Id(11)] int Movements,
    [property: Id(12)] ImmutableArray<string> Replanned
);

/// <summary>
/// One physical count; the key is its number. Refusals: <c>not-found</c>, <c>validation</c>, <c>invalid-state</c>, <c>count-conflict</c>
/// (somebody counted the lot again), <c>recount</c> (too much left a lot since it was counted). Nothing changed then.
/// </summary>
[Alias("manufactura.IStockCount")]
public interface IStockCountGrain : IGrainWithStringKey
{
    /// <summary>Makes the count of this number; the number was drawn for this request alone.</summary>
    [Alias("Begin")]
    Task<Answer<CountView>> Begin(BeginCountCommand command, CommandContext context);

    /// <summary>Writes what was counted, all or nothing; a lot that is not on the list is added to it.</summary>
    [Alias("Record")]
    Task<Answer<CountView>> Record(ImmutableArray<CountedLot> counted, CommandContext context);

    /// <summary>Posts the differences as adjustments in one step; lots that nobody counted stay as they are.</summary>
    [Alias("Post")]
    Task<Answer<CountView>> Post(CommandContext context);

    /// <summary>Ends the count without any adjustment.</summary>
    [Alias("Cancel")]
    Task<Answer<CountView>> Cancel(CommandContext context);
}
