using System.Collections.Concurrent;
using Manufactura.Domain.Access;

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

        /// <summary>Active alerts; see <see cref="AlertsOf"/>.</summary>
        public const string Alerts = "alerts";

        /// <summary>Sales that wait to be confirmed.</summary>
        public const string Sales = "sales";
    }

    private readonly ConcurrentDictionary<string, NavCount> _counts = new();
    private IReadOnlyDictionary<Role, NavCount> _alerts = new Dictionary<Role, NavCount>();

    /// <summary>A count changed. Comes on the thread of whoever set it: a component goes through <c>InvokeAsync</c>.</summary>
    public event Action? Changed;

    /// <summary>The count of an entry; null where nothing is to be shown.</summary>
    public NavCount? this[string key] => _counts.TryGetValue(key, out var count) && count.Count > 0 ? count : null;

    /// <summary>What waits for somebody with these roles, one cause counted once; an admin looks after all. Null where nothing waits.</summary>
    public NavCount? AlertsOf(IReadOnlyList<Role> roles)
    {
        var all = Volatile.Read(ref _alerts);
        var mine = all.Where(a => roles.Contains(a.Key) || roles.Contains(Role.Admin)).Select(a => a.Value).ToArray();
        var count = mine.Sum(a => a.Count);
        return count > 0 ? new(count, Array.Exists(mine, a => a.Hot)) : null;
    }

    /// <summary>Sets what waits for each role.</summary>
    public void SetAlerts(IReadOnlyDictionary<Role, NavCount> alerts)
    {
        var before = Interlocked.Exchange(ref _alerts, alerts);
        if (before.Count != alerts.Count || before.Any(a => !alerts.TryGetValue(a.Key, out var now) || now != a.Value))
            Changed?.Invoke();
    }

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
