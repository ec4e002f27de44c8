using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Live;

/// <summary>Topics of the live feed: <c>order:WO-0001</c>, <c>line:L1</c>, <c>lot:…</c>, <c>material:…</c>, <c>alerts</c>, <c>plant</c>.</summary>
public static class Topics
{
    /// <summary>Every event of the plant.</summary>
    public const string Plant = "plant";

    /// <summary>Alerts raised and changed.</summary>
    public const string Alerts = "alerts";

    /// <summary>What an order's topic begins with.</summary>
    public const string Order = "order:";

    /// <summary>The longest topic that is looked at.</summary>
    public const int MaxLength = 120;

    private static readonly string[] Kinds = [Order, "line:", "lot:", "material:", "sales-order:", "requisition:", "screen:"];

    /// <summary>Whether somebody may ask for this topic.</summary>
    public static bool IsKnown(string topic) =>
        topic is Plant or Alerts
        || (
            topic.Length <= MaxLength
            && Array.Exists(Kinds, k => topic.StartsWith(k, StringComparison.Ordinal) && topic.Length > k.Length)
        );

    /// <summary>The topics that an event belongs to, each once: its subject, the others it names, and those of its kind.</summary>
    public static IEnumerable<string> Of(PlantEvent e)
    {
        var alert = e.Type.StartsWith("alert-", StringComparison.Ordinal);
        yield return e.Subject;
        if (e.Also is { Length: > 0 } also)
            foreach (var topic in also.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
                if (topic != e.Subject && topic != Plant && !(alert && topic == Alerts))
                    yield return topic;
        if (alert)
            yield return Alerts;
        if (e.Subject != Plant)
            yield return Plant;
    }
}
