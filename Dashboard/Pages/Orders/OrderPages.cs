namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>What the order pages need.</summary>
public static class OrderPages
{
    /// <summary>Adds it to the host.</summary>
    public static void AddOrderPages(this IServiceCollection services)
    {
        services.AddSingleton<OrderDesk>();
        services.AddSingleton<OrderLedger>();
        services.AddScoped<PlantApi>();
    }
}
