using Manufactura.Grains;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Materials;
using Manufactura.Grains.Plant;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Grains.Requisitions;
using Manufactura.Silo.Mail;
using Manufactura.Silo.Reactions;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Manufactura.Silo;

/// <summary>Puts the plant's grains, or the way to them, and what they need into a host that already has its storage.</summary>
public static class PlantSilo
{
    /// <summary>Makes this process host its share of the plant's grains.</summary>
    /// <param name="zone">The plant's time zone: what "today" means.</param>
    /// <param name="mail">Where mails go; null: this process sends none.</param>
    public static IHostApplicationBuilder AddPlantSilo(
        this IHostApplicationBuilder builder,
        ActorOptions options,
        TimeZoneInfo zone,
        MailOptions? mail = null
    )
    {
        var services = builder.Services;
        services.AddPlantReaders(zone);
        services.AddMail(mail);
        services.AddReactions();
        builder.AddActors(options, typeof(ProductionOrderGrain).Assembly);
        // After the actors, which it calls.
        services.AddHostedService<Rounds>();
        return builder;
    }

    /// <summary>Makes this process ask the silos of a cluster: it hosts no grain, reacts to nothing and sends no mail.</summary>
    /// <param name="zone">The plant's time zone: what "today" means.</param>
    public static IHostApplicationBuilder AddPlantClient(
        this IHostApplicationBuilder builder,
        ActorOptions options,
        TimeZoneInfo zone
    )
    {
        builder.Services.AddPlantReaders(zone);
        return builder.AddActorClient(options);
    }

    /// <summary>What pages and grains read with, and what keeps true what is kept in memory of it.</summary>
    private static void AddPlantReaders(this IServiceCollection services, TimeZoneInfo zone)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(s => new PlantClock(s.GetRequiredService<TimeProvider>(), zone));
        services.AddSingleton<OrderReader>();
        services.AddSingleton<MaterialReader>();
        services.AddSingleton<LotReader>();
        services.AddSingleton<SettingReader>();
        services.AddSingleton<FamilyReader>();
        services.TryAddSingleton<LineReader>();
        services.TryAddSingleton<MasterReader>();
        services.TryAddSingleton<LotQueries>();
        services.TryAddSingleton<SalesQueries>();
        services.TryAddSingleton<AlertQueries>();
        services.TryAddSingleton<BookQueries>();
        services.TryAddSingleton<CountQueries>();
        services.AddSingleton<SupplyReader>();
        services.AddSingleton<MailOutbox>();
        // Pages keep materials in memory too, and hear from the feed when one has changed.
        services.AddSingleton<MaterialCache>();
        services.AddSingleton<PlantMemory>();
        services.AddSingleton<ActiveMaterials>();
        services.AddHostedService<CacheWatch>();
    }

    /// <summary>What follows from what was committed, and what keeps alerts true.</summary>
    private static void AddReactions(this IServiceCollection services)
    {
        services.AddSingleton<FeedCursor>();
        services.AddSingleton<RequisitionMaker>();
        services.AddSingleton<AlertSweep>();
        services.AddSingleton<AlertWaits>();
        services.AddSingleton<AlertPost>();
        services.AddSingleton<SupplyWatch>();
        services.AddSingleton<IReaction, ChainReaction>();
        services.AddSingleton<IReaction, SaleReaction>();
        services.AddSingleton<IReaction>(s => s.GetRequiredService<SupplyWatch>());
        services.AddSingleton<IReaction, WaitingReaction>();
        // After the offers, whose outcome it tells.
        services.AddSingleton<IReaction, LossReaction>();
        services.AddHostedService(s => s.GetRequiredService<SupplyWatch>());
        services.AddHostedService<Reactor>();
        services.AddHostedService<LineTeller>();
    }

    private static void AddMail(this IServiceCollection services, MailOptions? mail)
    {
        services.AddSingleton(mail?.Alerts ?? AlertRecipients.Nobody);
        if (mail is null)
        {
            services.AddSingleton(MailIdentity.Default);
            return;
        }

        services.AddSingleton(mail);
        services.AddSingleton(
            mail.Host is null ? MailIdentity.Default : new MailIdentity(mail.From[(mail.From.LastIndexOf('@') + 1)..])
        );
        if (mail.Host is null)
            services.AddSingleton<IMailTransport, FileTransport>();
        else
            services.AddSingleton<IMailTransport, SmtpTransport>();
        services.AddHostedService<MailSender>();
    }
}
