using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Walks the types that cross grain boundaries, each once.</summary>
internal sealed class MessageTypes(List<string> broken)
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly HashSet<Type> Leaves =
    [
        typeof(string),
        typeof(decimal),
        typeof(Guid),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(DateTime),
        typeof(DateTimeOffset),
        typeof(TimeSpan),
        typeof(Uri),
        typeof(Version),
        typeof(GrainId),
        typeof(TickStatus),
    ];

    private static readonly HashSet<Type> Containers =
    [
        typeof(Nullable<>),
        typeof(ImmutableArray<>),
        typeof(ImmutableList<>),
        typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedSet<>),
        typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>),
        typeof(KeyValuePair<,>),
    ];

    private readonly HashSet<Type> seen = [];
    private readonly HashSet<Type> serializable = [];

    /// <summary>Checks a type and all that it is made of.</summary>
    public void Walk(Type type, string from)
    {
        if (!seen.Add(type) || type.IsPrimitive || Leaves.Contains(type) || type.IsGenericParameter)
            return;
        if (type.IsAssignableTo(typeof(IAddressable)) && type.IsInterface)
            return; // a reference to a grain
        if (type.IsEnum && !SeesOrleans(type))
            return; // goes over the wire as its number; the domain and the framework carry no attributes of Orleans
        if (IsContainer(type))
        {
            foreach (var part in type.GetGenericArguments())
                Walk(part, from);
            return;
        }
        if (type.IsArray || type.IsInterface || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
        {
            broken.Add($"{from} passes {type.Name}, which is not deeply immutable or not known to be.");
            return;
        }
        CheckSerializable(type);
        if (type.IsEnum)
            return;
        CheckIsImmutable(type);
        foreach (var property in PropertiesOf(type))
            Walk(property.PropertyType, $"{type.Name}.{property.Name}");
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Exception))
            Walk(parent, type.Name);
        if (type.IsAbstract)
            foreach (var kind in type.Assembly.GetTypes().Where(t => t.BaseType == type))
                Walk(kind, type.Name);
    }

    private static bool SeesOrleans(Type type) =>
        type.Assembly.GetReferencedAssemblies().Any(a => a.Name!.StartsWith("Orleans", StringComparison.Ordinal));

    /// <summary>[GenerateSerializer], [Alias], and numbers from 0 without gap on the properties. Stored state needs no more.</summary>
    public void CheckSerializable(Type type)
    {
        type = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (!serializable.Add(type))
            return;
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            broken.Add($"{type.Name} has no [GenerateSerializer].");
        if (!type.IsDefined(typeof(AliasAttribute), inherit: false))
            broken.Add($"{type.Name} has no [Alias].");
        if (type.IsEnum)
            return;
        var ids = new List<uint>();
        foreach (var property in PropertiesOf(type))
            if (property.GetCustomAttribute<IdAttribute>() is { Id: var id })
                ids.Add(id);
            else
                broken.Add($"{type.Name}.{property.Name} has no [Id].");
        ids.Sort();
        if (!ids.SequenceEqual(Enumerable.Range(0, ids.Count).Select(i => (uint)i)))
            broken.Add($"{type.Name} has [Id] {string.Join(", ", ids)}: they must count from 0, each once.");
    }

    public void CheckAliasesAreUnique()
    {
        var aliased = serializable.Where(t => t.IsDefined(typeof(AliasAttribute), inherit: false));
        foreach (
            var same in aliased
                .GroupBy(t => t.GetCustomAttribute<AliasAttribute>(inherit: false)!.Alias)
                .Where(g => g.Count() > 1)
        )
            broken.Add($"{same.First().Name} has the [Alias] of {same.Last().Name}.");
    }

    private void CheckIsImmutable(Type type)
    {
        foreach (var property in PropertiesOf(type))
            if (property.SetMethod is { } setter && !IsInit(setter))
                broken.Add($"{type.Name}.{property.Name} can be set after it is made.");
        foreach (var field in type.GetFields(Own))
            if (!field.IsDefined(typeof(CompilerGeneratedAttribute)) && !field.IsInitOnly)
                broken.Add($"{type.Name}.{field.Name} is a field that can be set after it is made.");
    }

    /// <summary>Stored properties; computed ones and a record's EqualityContract have nothing to send.</summary>
    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(Own).Where(p => type.GetField($"<{p.Name}>k__BackingField", Own) is not null);

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsContainer(Type type) =>
        type.IsGenericType
        && (
            Containers.Contains(type.GetGenericTypeDefinition()) || type.IsValueType && type.IsAssignableTo(typeof(ITuple)) // a tuple by value is a copy
        );
}
