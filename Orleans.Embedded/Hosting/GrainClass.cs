using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Core;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>One grain class: its name, and how to make a grain of it.</summary>
internal sealed class GrainClass
{
    private delegate object? Argument(Activation activation);

    private readonly ConstructorInvoker constructor;
    private readonly Argument[] arguments;

    public GrainClass(Type type, HashSet<Type> perActivation)
    {
        if (type.GetConstructors() is not [var only])
            throw new InvalidOperationException($"{type} needs exactly one public constructor.");
        Type = type;
        Name = GrainType.Create(NameOf(type));
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        constructor = ConstructorInvoker.Create(only);
        arguments = [.. only.GetParameters().Select(p => ArgumentFor(p, perActivation))];
    }

    public Type Type { get; }
    public GrainType Name { get; }
    public bool Reentrant { get; }

    /// <summary>Makes a grain and its not yet read states. Called in the activation's turn.</summary>
    public (Grain Grain, List<IStorage> States) Create(Activation activation)
    {
        var values = new object?[arguments.Length];
        List<IStorage>? states = null;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i](activation);
            if (values[i] is IEmbeddedState state)
                (states ??= []).Add(state);
        }
        return ((Grain)constructor.Invoke(values.AsSpan()), states ?? []);
    }

    /// <summary>The name given by attribute, else Orleans' own rule: lower case without the ending "Grain".</summary>
    private static string NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } given)
            return given.GrainType;
        var name = type.Name.EndsWith("Grain", StringComparison.Ordinal) && type.Name.Length > 5 ? type.Name[..^5] : type.Name;
        return name.ToLowerInvariant();
    }

    private static Argument ArgumentFor(ParameterInfo parameter, HashSet<Type> perActivation)
    {
        var wanted = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
            return StateFor(parameter, state);
        if (wanted == typeof(IGrainContext))
            return activation => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { Key: { } key })
            return activation => activation.ActivationServices.GetRequiredKeyedService(wanted, key);
        // Singletons come from the root, so that most grains need no scope of their own.
        var scoped =
            perActivation.Contains(wanted) || wanted.IsGenericType && perActivation.Contains(wanted.GetGenericTypeDefinition());
        var optional = parameter.HasDefaultValue;
        var fallback = optional ? parameter.DefaultValue : null;
        return activation =>
        {
            var services = scoped ? activation.ActivationServices : activation.Runtime.Services;
            return optional ? services.GetService(wanted) ?? fallback : services.GetRequiredService(wanted);
        };
    }

    private static Argument StateFor(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        var wanted = parameter.ParameterType;
        if (!wanted.IsGenericType || wanted.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException(
                $"{parameter.Member.DeclaringType}: {parameter.Name} must be an IPersistentState."
            );
        var made = typeof(PersistentState<>).MakeGenericType(wanted.GetGenericArguments());
        return activation =>
            Activator.CreateInstance(made, activation, StoreFor(activation.Runtime.Services, attribute), attribute.StateName);
    }

    private static IStateStore StoreFor(IServiceProvider services, PersistentStateAttribute attribute) =>
        (attribute.StorageName is { } name ? services.GetKeyedService<IStateStore>(name) : null)
        ?? services.GetRequiredService<IStateStore>();
}
