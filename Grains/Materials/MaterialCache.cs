using System.Collections.Concurrent;
using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Materials;

/// <summary>
/// Materials as the rules need them, kept until the feed tells of a change: every command asks for its product, and master
/// data hardly ever moves. The database's constraints stand behind a value that is milliseconds old.
/// </summary>
public sealed class MaterialCache(MaterialReader reader)
{
    private readonly ConcurrentDictionary<string, Material> materials = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<AttributeValue>> attributes = new(StringComparer.Ordinal);
    private long generation;

    /// <summary>The materials of these codes that exist.</summary>
    public async ValueTask<IReadOnlyDictionary<string, Material>> GetAsync(IReadOnlyCollection<string> codes)
    {
        var found = new Dictionary<string, Material>(codes.Count, StringComparer.Ordinal);
        List<string>? missing = null;
        foreach (var code in codes)
            if (materials.TryGetValue(code, out var material))
                found[code] = material;
            else
                (missing ??= []).Add(code);
        if (missing is null)
            return found;
        // What was read before a change was heard of must not be kept after it.
        var before = Interlocked.Read(ref generation);
        foreach (var (code, material) in await reader.MaterialsAsync(missing))
        {
            found[code] = material;
            if (before == Interlocked.Read(ref generation))
                materials[code] = material;
        }

        return found;
    }

    public async ValueTask<Material?> FindAsync(string code) => (await GetAsync([code])).GetValueOrDefault(code);

    /// <summary>The values of an attribute in their order; empty when there is no such attribute.</summary>
    public async ValueTask<ImmutableArray<AttributeValue>> ValuesAsync(string attribute)
    {
        if (attributes.TryGetValue(attribute, out var known))
            return known;
        var before = Interlocked.Read(ref generation);
        ImmutableArray<AttributeValue> values = [.. (await reader.AttributeValuesAsync([attribute]))[attribute]];
        if (before == Interlocked.Read(ref generation))
            attributes[attribute] = values;
        return values;
    }

    /// <summary>Called for every change of master data that is heard of, and when the feed had a gap.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref generation);
        materials.Clear();
        attributes.Clear();
    }
}
