using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>All grain classes, by name and by interface.</summary>
internal sealed class GrainCatalog
{
    private readonly Dictionary<GrainType, GrainClass> classes = [];
    private readonly Dictionary<Type, List<GrainClass>> byInterface = [];
    private readonly ConcurrentDictionary<Type, GrainType> single = new();

    /// <exception cref="InvalidOperationException">Two classes have one name, or a class cannot be made.</exception>
    public GrainCatalog(IEnumerable<Assembly> assemblies, IServiceCollection services)
    {
        var perActivation = services.Where(s => s.Lifetime != ServiceLifetime.Singleton).Select(s => s.ServiceType).ToHashSet();
        var types = assemblies.Distinct().SelectMany(a => a.GetTypes());
        foreach (var type in types.Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(Grain))))
            Add(new GrainClass(type, perActivation));
    }

    public GrainClass? Find(GrainType name) => classes.GetValueOrDefault(name);

    /// <exception cref="ArgumentException">No class implements the interface, or several do.</exception>
    public GrainType TypeOf(Type grainInterface, string? classNamePrefix) =>
        classNamePrefix is null
            ? single.GetOrAdd(grainInterface, static (type, self) => self.Choose(type, ""), this)
            : Choose(grainInterface, classNamePrefix);

    private void Add(GrainClass found)
    {
        if (!classes.TryAdd(found.Name, found))
            throw new InvalidOperationException($"{classes[found.Name].Type} and {found.Type} are both called '{found.Name}'.");
        foreach (var contract in found.Type.GetInterfaces().Where(i => i.IsAssignableTo(typeof(IGrain))))
        {
            if (!byInterface.TryGetValue(contract, out var list))
                byInterface[contract] = list = [];
            list.Add(found);
        }
    }

    private GrainType Choose(Type grainInterface, string prefix)
    {
        var fitting = byInterface
            .GetValueOrDefault(grainInterface, [])
            .FindAll(c => c.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        return fitting switch
        {
            [var one] => one.Name,
            [] => throw new ArgumentException($"No grain class implements {grainInterface}."),
            _ => throw new ArgumentException(
                $"{grainInterface} is implemented by {string.Join(", ", fitting.Select(c => c.Type))}."
            ),
        };
    }
}
