using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>
/// Values that travel with grain calls down the chain, never back up. The only ambient data that does: a request starts on a
/// clean <see cref="ExecutionContext"/> otherwise. Values must be immutable.
/// </summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Ambient = new();

    internal static ImmutableDictionary<string, object>? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => Current?.Keys ?? [];

    /// <summary>Names and values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Current ?? ImmutableDictionary<string, object>.Empty;

    /// <summary>The value of that name, or null.</summary>
    public static object? Get(string key) => Current?.GetValueOrDefault(key);

    /// <summary>Sets a value for the calls made from here on.</summary>
    public static void Set(string key, object value) =>
        Current = (Current ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    /// <summary>Takes a value away; false when there was none.</summary>
    public static bool Remove(string key)
    {
        if (Current?.ContainsKey(key) != true)
            return false;
        Current = Current.Remove(key);
        return true;
    }

    /// <summary>Takes all values away.</summary>
    public static void Clear() => Current = null;
}
