using System.Text.Json;

namespace Manufactura.Storage.Feeds;

/// <summary>
/// One committed event. <c>Id</c> rises in commit order; <c>Subject</c> and <c>Also</c> are topics; <c>Version</c> is the subject's.
/// </summary>
public sealed record PlantEvent(
    long Id,
    DateTimeOffset At,
    string Type,
    string Subject,
    string? Also,
    int? Version,
    string Actor,
    string DataJson
)
{
    // Boxed, since it is read from several threads.
    private object? data;

    /// <summary>What the event carries, parsed once for all who look at it.</summary>
    public JsonElement Data => (JsonElement)(data ??= JsonElement.Parse(DataJson));
}

/// <summary>Events read after a point. <c>TooOld</c>: some after it have been dropped already, so that there is nothing to resume from.</summary>
public sealed record EventPage(IReadOnlyList<PlantEvent> Events, bool TooOld);
