using System.Globalization;

namespace Orleans;

// Nothing is serialized within one process. These attributes are the contract that lets the same messages cross processes on
// Microsoft Orleans; a reflection test in Grains.Tests holds them.

/// <summary>The type crosses grain boundaries.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;

/// <summary>The number of a member on the wire: never changed, never used again for another.</summary>
[AttributeUsage(
    AttributeTargets.Field
        | AttributeTargets.Property
        | AttributeTargets.Parameter
        | AttributeTargets.Class
        | AttributeTargets.Struct
        | AttributeTargets.Enum
        | AttributeTargets.Method
)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>Unique within the type, from 0.</summary>
    public uint Id { get; } = id;
}

/// <summary>The name of a type or method on the wire, so that it may be renamed in source.</summary>
[AttributeUsage(
    AttributeTargets.Class
        | AttributeTargets.Struct
        | AttributeTargets.Enum
        | AttributeTargets.Interface
        | AttributeTargets.Method
)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>Unique among types, or among the methods of an interface.</summary>
    public string Alias { get; } = alias;
}

/// <summary>Never changed after it is made, so it need not be copied on the way.</summary>
[AttributeUsage(
    AttributeTargets.Struct
        | AttributeTargets.Class
        | AttributeTargets.Property
        | AttributeTargets.Field
        | AttributeTargets.Parameter
        | AttributeTargets.ReturnValue,
    Inherited = false
)]
public sealed class ImmutableAttribute : Attribute;

/// <summary>The stable name of a grain class, in stored reminders and state.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    /// <summary>Unique among grain classes, without a slash. Not public, as in Orleans.</summary>
    internal string GrainType { get; } = grainType;
}

/// <summary>How long a caller waits for the method, or for those of the interface, instead of the runtime's default.</summary>
/// <param name="timeout">As <see cref="TimeSpan.Parse(string, IFormatProvider)"/> reads it, culture-invariant: <c>00:00:05</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The longest wait; kept to the precision of the runtime's sweep.</summary>
    public TimeSpan? Timeout { get; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
