using System.Net;

namespace Manufactura.Dashboard.Access;

/// <summary>
/// Slows down guessing: <see cref="PerUser"/> failures of one user from one address, or <see cref="PerAddress"/> of one address,
/// and sign-ins wait until <see cref="Window"/> has gone by since the first of them. Counted per process.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>Failures of one user from one address before it waits.</summary>
    public const int PerUser = 5;

    /// <summary>Failures from one address, whatever the user, before it waits.</summary>
    public const int PerAddress = 30;

    /// <summary>How long failures are remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    // Guessing with made-up names must not fill the memory: beyond this, what has run out is swept, then the oldest goes.
    private const int MostEntries = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string? User, IPAddress Address), Count> _counts = [];

    private sealed class Count(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; } = since;
        public int Failures { get; set; }
    }

    /// <summary>
    /// Counts an attempt as failed before the password is looked at, so that attempts at the same time cannot slip through together;
    /// <see cref="Succeeded"/> takes it back. Answers how long to wait, or null when the attempt may go on.
    /// </summary>
    public TimeSpan? Begin(string user, IPAddress? address)
    {
        var (own, all) = Keys(user, address);
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var wait = Max(Wait(own, PerUser, now), Wait(all, PerAddress, now));
            if (wait is not null)
                return wait;
            Add(own, now);
            Add(all, now);
            return null;
        }
    }

    /// <summary>The attempt that <see cref="Begin"/> counted was right.</summary>
    public void Succeeded(string user, IPAddress? address)
    {
        var (own, all) = Keys(user, address);
        lock (_lock)
        {
            _counts.Remove(own);
            if (_counts.TryGetValue(all, out var count) && --count.Failures <= 0)
                _counts.Remove(all);
        }
    }

    private static ((string?, IPAddress), (string?, IPAddress)) Keys(string user, IPAddress? address)
    {
        var from = address switch
        {
            null => IPAddress.None,
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
            _ => address,
        };
        var name = user.Trim().ToUpperInvariant();
        return ((name.Length > 100 ? name[..100] : name, from), (null, from));
    }

    private TimeSpan? Wait((string?, IPAddress) key, int limit, DateTimeOffset now)
    {
        if (!_counts.TryGetValue(key, out var count))
            return null;
        var left = count.Since + Window - now;
        if (left <= TimeSpan.Zero)
        {
            _counts.Remove(key);
            return null;
        }
        return count.Failures >= limit ? left : null;
    }

    private void Add((string?, IPAddress) key, DateTimeOffset now)
    {
        if (!_counts.TryGetValue(key, out var count))
        {
            if (_counts.Count >= MostEntries)
                Sweep(now);
            _counts[key] = count = new Count(now);
        }
        count.Failures++;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var key in _counts.Where(c => c.Value.Since + Window <= now).Select(c => c.Key).ToList())
            _counts.Remove(key);
        foreach (
            var key in _counts.OrderBy(c => c.Value.Since).Take(_counts.Count - MostEntries + 1000).Select(c => c.Key).ToList()
        )
            _counts.Remove(key);
    }

    private static TimeSpan? Max(TimeSpan? a, TimeSpan? b) =>
        a is null ? b
        : b is null || a > b ? a
        : b;
}
