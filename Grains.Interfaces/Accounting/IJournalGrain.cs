using System.Collections.Immutable;

namespace Manufactura.Grains.Interfaces.Accounting;

/// <summary>The entries of an order's productions that were booked after all; <paramref name="Warnings"/> say which still fail.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.EntriesBooked")]
public sealed record EntriesBooked(
    [property: Id(0)] string Order,
    [property: Id(1)] ImmutableArray<string> Entries,
    [property: Id(2)] ImmutableArray<Sentence> Messages,
    [property: Id(3)] ImmutableArray<Sentence> Warnings
);

/// <summary>
/// The books of one production order; the key is its number. Refusals: <c>invalid-state</c> (nothing is waiting to be booked),
/// <c>accounting-failed</c> (none of it can be booked yet, and why), <c>validation</c> (the date). Nothing changed then.
/// </summary>
[Alias("manufactura.IJournal")]
public interface IJournalGrain : IGrainWithStringKey
{
    /// <summary>Books what failed when the order was finished or exploded, and clears the alert of each that now succeeds.</summary>
    /// <param name="date">Null: the day of the production; else from that day to today, for a period that was closed meanwhile.</param>
    [Alias("Retry")]
    Task<Answer<EntriesBooked>> Retry(DateOnly? date, CommandContext context);
}
