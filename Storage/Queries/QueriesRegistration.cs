using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Manufactura.Storage.Queries;

/// <summary>Registers everything that reads.</summary>
public static class QueriesRegistration
{
    /// <summary>Adds the readers and queries; they need the data source of <see cref="StorageRegistration"/>.</summary>
    public static IServiceCollection AddPlantQueries(this IServiceCollection services)
    {
        services.TryAddSingleton<OrderReader>();
        services.TryAddSingleton<MaterialReader>();
        services.AddSingleton<MasterReader>();
        services.AddSingleton<OrderQueries>();
        services.AddSingleton<KanbanQueries>();
        services.AddSingleton<LotQueries>();
        services.AddSingleton<StockQueries>();
        services.AddSingleton<AuditQueries>();
        services.TryAddSingleton<BookQueries>();
        services.TryAddSingleton<CountQueries>();
        services.AddSingleton<SalesQueries>();
        services.AddSingleton<AlertQueries>();
        services.TryAddSingleton<LineReader>();
        services.AddSingleton<CheckQueries>();
        services.AddSingleton<ReportQueries>();
        return services;
    }
}
