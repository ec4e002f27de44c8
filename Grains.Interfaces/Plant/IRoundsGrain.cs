using System.Collections.Immutable;

namespace Manufactura.Grains.Interfaces.Plant;

/// <summary>What a pass found: lots that became Expired, and the orders that lost what they had reserved of them.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ExpiryReport")]
public sealed record ExpiryReport(
    [property: Id(0)] DateOnly Date,
    [property: Id(1)] ImmutableArray<string> Lots,
    [property: Id(2)] ImmutableArray<string> Orders
);

/// <summary>
/// The plant's rounds, one grain with key <see cref="Key"/>: the expiry pass of each new day in the plant's time zone, the alerts that
/// come with a date, and escalation every minute. Apart from master data, which must not wait for a pass.
/// </summary>
[Alias("manufactura.IRounds")]
public interface IRoundsGrain : IGrainWithStringKey
{
    const string Key = "rounds";

    /// <summary>Makes sure that the reminder stands, and catches up on the days missed. Called at every start of a host.</summary>
    [Alias("Wake")]
    Task Wake();

    /// <summary>The expiry pass as if it were that day.</summary>
    [Alias("Expire")]
    Task<ExpiryReport> Expire(DateOnly day);
}
