using System.Reflection;
using Orleans.Runtime;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>
/// The rules that let one grain source run on both runtimes: within one process messages go by reference, so they must be immutable;
/// between processes they are serialized by number and alias, so those must be there.
/// </summary>
public static class MessageRules
{
    /// <summary>Fails with every broken rule of these assemblies, one per line.</summary>
    public static void Check(params Assembly[] assemblies)
    {
        var broken = Broken([.. assemblies.SelectMany(a => a.GetTypes())]);
        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }

    /// <summary>The broken rules of these types, each as a sentence that begins with the type.</summary>
    public static IReadOnlyList<string> Broken(IReadOnlyCollection<Type> types)
    {
        var broken = new List<string>();
        var messages = new MessageTypes(broken);
        foreach (var contract in types.Where(t => t.IsInterface && t.IsAssignableTo(typeof(IAddressable))))
            CheckInterface(contract, broken, messages);
        foreach (var grain in types.Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(Grain))))
            CheckGrain(grain, broken, messages);
        foreach (var error in types.Where(t => t.IsAssignableTo(typeof(Exception))))
            messages.CheckSerializable(error);
        messages.CheckAliasesAreUnique();
        CheckNamesAreUnique(types, broken);
        return [.. broken.Distinct().Order(StringComparer.Ordinal)];
    }

    private static void CheckInterface(Type contract, List<string> broken, MessageTypes messages)
    {
        if (!contract.IsDefined(typeof(AliasAttribute), inherit: false))
            broken.Add($"{contract.Name} has no [Alias].");
        var aliases = new HashSet<string>();
        foreach (var method in contract.GetMethods())
        {
            var name = $"{contract.Name}.{method.Name}";
            if (method.GetCustomAttribute<AliasAttribute>() is not { Alias: var alias })
                broken.Add($"{name} has no [Alias].");
            else if (!aliases.Add(alias))
                broken.Add($"{name} has the [Alias] of another method.");
            if (ResultOf(method) is not { } result)
                broken.Add($"{name} does not return Task or ValueTask.");
            else if (result != typeof(void))
                messages.Walk(result, name);
            foreach (var parameter in method.GetParameters().Where(p => p.ParameterType != typeof(CancellationToken)))
                messages.Walk(parameter.ParameterType, name);
        }
    }

    private static void CheckGrain(Type grain, List<string> broken, MessageTypes messages)
    {
        if (!grain.IsDefined(typeof(GrainTypeAttribute), inherit: false))
            broken.Add($"{grain.Name} has no [GrainType].");
        var names = new HashSet<string>();
        foreach (var parameter in grain.GetConstructors().SelectMany(c => c.GetParameters()))
        {
            if (parameter.GetCustomAttribute<PersistentStateAttribute>() is not { } state)
                continue;
            if (!names.Add(state.StateName))
                broken.Add($"{grain.Name} has two states called '{state.StateName}'.");
            if (parameter.ParameterType.GetGenericArguments() is [var kept])
                messages.CheckSerializable(kept);
        }
    }

    private static void CheckNamesAreUnique(IEnumerable<Type> types, List<string> broken)
    {
        var named = types.Where(t => t.IsDefined(typeof(GrainTypeAttribute), inherit: false));
        foreach (var same in named.GroupBy(GrainTypeOf).Where(g => g.Count() > 1))
            broken.Add($"{same.First().Name} has the [GrainType] of {same.Last().Name}.");
    }

    /// <summary>The attribute does not show its name on Orleans.</summary>
    private static object? GrainTypeOf(Type grain) =>
        grain.CustomAttributes.Single(a => a.AttributeType == typeof(GrainTypeAttribute)).ConstructorArguments[0].Value;

    /// <summary>What the task carries; void for nothing; null if it is no task.</summary>
    private static Type? ResultOf(MethodInfo method)
    {
        var returned = method.ReturnType;
        if (returned == typeof(Task) || returned == typeof(ValueTask))
            return typeof(void);
        var definition = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        return definition == typeof(Task<>) || definition == typeof(ValueTask<>) ? returned.GetGenericArguments()[0] : null;
    }
}
