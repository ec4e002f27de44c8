using Manufactura.Grains;
using Manufactura.Grains.Materials;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Silo.Reactions;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Manufactura.Silo;

/// <summary>Puts the plant's grains, and what they need, into a host that already has its storage.</summary>
public static class PlantSilo
{
    /// <param name="zone">The plant's time zone: what "today" means.</param>
    public static IHostApplicationBuilder AddPlantSilo(
        this IHostApplicationBuilder builder,
        ActorOptions options,
        TimeZoneInfo zone
    )
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(s => new PlantClock(s.GetRequiredService<TimeProvider>(), zone));
        services.AddSingleton<OrderReader>();
        services.AddSingleton<MaterialReader>();
        services.AddSingleton<LotReader>();
        services.AddSingleton<SettingReader>();
        services.AddSingleton<FamilyReader>();
        services.TryAddSingleton<LineReader>();
        services.AddSingleton<FeedCursor>();
        services.AddSingleton<MaterialCache>();
        services.AddSingleton<ActiveMaterials>();
        services.AddSingleton<IReaction, ChainReaction>();
        services.AddHostedService<CacheWatch>();
        services.AddHostedService<Reactor>();
        services.AddHostedService<LineTeller>();
        builder.AddActors(options, typeof(ProductionOrderGrain).Assembly);
        return builder;
    }
}
