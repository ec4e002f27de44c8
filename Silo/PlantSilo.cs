using Manufactura.Grains;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Materials;
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

/// <summary>Puts the plant's grains, and what they need, into a host that already has its storage.</summary>
public static class PlantSilo
{
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
        services.AddSupply();
        services.AddHostedService<CacheWatch>();
        services.AddHostedService<Reactor>();
        services.AddMail(mail);
        services.AddHostedService<LineTeller>();
        builder.AddActors(options, typeof(ProductionOrderGrain).Assembly);
        // After the actors, which it calls.
        services.AddHostedService<Rounds>();
        return builder;
    }

    /// <summary>Lots, sales, requisitions, alerts: what reacts to them and keeps their alerts true.</summary>
    private static void AddSupply(this IServiceCollection services)
    {
        services.TryAddSingleton<MasterReader>();
        services.TryAddSingleton<LotQueries>();
        services.TryAddSingleton<SalesQueries>();
        services.TryAddSingleton<AlertQueries>();
        services.AddSingleton<SupplyReader>();
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<RequisitionMaker>();
        services.AddSingleton<AlertSweep>();
        services.AddSingleton<SupplyWatch>();
        services.AddSingleton<IReaction, SaleReaction>();
        services.AddSingleton<IReaction>(s => s.GetRequiredService<SupplyWatch>());
        services.AddSingleton<IReaction, WaitingReaction>();
        // After the offers, whose outcome it tells.
        services.AddSingleton<IReaction, LossReaction>();
        services.AddHostedService(s => s.GetRequiredService<SupplyWatch>());
    }

    private static void AddMail(this IServiceCollection services, MailOptions? mail)
    {
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
