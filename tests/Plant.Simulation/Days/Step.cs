using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Days;

/// <summary>One thing that happens: a kind of command, or something that the world does to the plant.</summary>
/// <param name="Index">Names the step: its dice, key and marks follow from it, whatever other steps there are.</param>
/// <param name="What">A command of the catalogue, or an act of <see cref="Acts"/>.</param>
/// <param name="Strike">What hits the command on its way.</param>
/// <param name="Refused">Whether the database takes no connection while it is first sent.</param>
public sealed record Step(int Index, string What, Strike? Strike = null, bool Refused = false)
{
    public override string ToString() =>
        $"{Index} {What}"
        + (
            Strike is { } s
                ? $", {(s.Dies ? "host dies" : "connections break")}: {s.Blow} {(s.OnCommit ? "commit" : "request")} +{s.After}"
                : ""
        )
        + (Refused ? ", database refuses" : "");
}

/// <summary>What happens beside commands, and how often.</summary>
internal static class Acts
{
    public const string Rest = "rest";
    public const string Minutes = "minutes";
    public const string Midnight = "midnight";
    public const string Days = "days";
    public const string SummerTime = "summer-time";
    public const string ExpiryPass = "expiry-pass";
    public const string HostDies = "host-dies";
    public const string ConnectionsBreak = "connections-break";
    public const string FeedBreaks = "feed-breaks";
    public const string SecondHost = "second-host";
    public const string Together = "together";
    public const string Twins = "twins";
    public const string Again = "again";
    public const string RushHour = "rush-hour";
    public const string Evening = "evening";

    public static readonly IReadOnlyDictionary<string, int> All = new Dictionary<string, int>
    {
        [Rest] = 12,
        [Minutes] = 4,
        [Midnight] = 2,
        [Days] = 1,
        [SummerTime] = 1,
        [ExpiryPass] = 1,
        [HostDies] = 2,
        [ConnectionsBreak] = 2,
        [FeedBreaks] = 2,
        [SecondHost] = 2,
        [Together] = 6,
        [Twins] = 2,
        [Again] = 4,
    };
}
