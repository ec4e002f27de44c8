using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The name of a class of grains, from <see cref="GrainTypeAttribute"/>.</summary>
public readonly record struct GrainType
{
    private readonly string? name;

    private GrainType(string name) => this.name = name;

    /// <summary>Whether this is no type at all.</summary>
    public bool IsDefault => name is null;

    /// <summary>The type of that name.</summary>
    public static GrainType Create(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => name ?? "";
}

/// <summary>The key of a grain within its type.</summary>
public readonly record struct IdSpan
{
    private readonly string? key;

    private IdSpan(string key) => this.key = key;

    /// <summary>Whether this is no key at all.</summary>
    public bool IsDefault => key is null;

    /// <summary>The key of that text.</summary>
    public static IdSpan Create(string id) => new(id);

    /// <inheritdoc/>
    public override string ToString() => key ?? "";
}

/// <summary>Type and key of a grain; written <c>type/key</c> in stores and logs. The type has no slash, the key may have.</summary>
public readonly record struct GrainId(GrainType Type, IdSpan Key)
{
    /// <summary>Whether this is no grain at all.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    /// <summary>The grain with that type and key.</summary>
    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    /// <summary>The grain with that type and key.</summary>
    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">There is no slash, or nothing before it.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var id) ? id : throw new FormatException($"'{value}' is not a grain id: type/key is expected.");

    /// <summary>As <see cref="Parse"/>, false instead of an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out GrainId grainId)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        grainId = slash > 0 ? Create(value![..slash], value[(slash + 1)..]) : default;
        return slash > 0;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type}/{Key}";
}
