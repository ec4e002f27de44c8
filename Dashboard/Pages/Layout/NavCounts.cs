using System.Collections.Concurrent;

namespace Manufactura.Dashboard.Pages.Layout;

/// <summary>A number beside an entry of the navigation. <paramref name="Hot"/>: somebody has to act.</summary>
public readonly record struct NavCount(int Count, bool Hot = false);

/// <summary>
/// The counts of the navigation and of the bell, one set for the whole plant. Whoever knows a number sets it; every open page shows it
/// at once. Keys: see <see cref="Keys"/>.
/// </summary>
public sealed class NavCounts
{
    /// <summary>The entries that may have a count.</summary>
    public static class Keys
    {
        /// <summary>Open production orders.</summary>
        public const string Orders = "orders";

        /// <summary>Saturated lines.</summary>
        public const string Lines = "lines";

        /// <summary>Lots that wait for quality.</summary>
        public const string Lots = "lots";

        /// <summary>Requisitions that wait for somebody.</summary>
        public const string Requisitions = "requisitions";

        /// <summary>Active alerts: navigation and bell.</summary>
        public const string Alerts = "alerts";
    }

    private readonly ConcurrentDictionary<string, NavCount> _counts = new();

    /// <summary>A count changed. Comes on the thread of whoever set it: a component goes through <c>InvokeAsync</c>.</summary>
    public event Action? Changed;

    /// <summary>The count of an entry; null where nothing is to be shown.</summary>
    public NavCount? this[string key] => _counts.TryGetValue(key, out var count) && count.Count > 0 ? count : null;

    /// <summary>Sets a count; zero takes it away.</summary>
    public void Set(string key, int count, bool hot = false)
    {
        var now = new NavCount(count, hot);
        if (_counts.TryGetValue(key, out var before) && before == now)
            return;
        _counts[key] = now;
        Changed?.Invoke();
    }
}
