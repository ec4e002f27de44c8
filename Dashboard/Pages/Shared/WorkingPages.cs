namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>What the working pages need.</summary>
public static class WorkingPages
{
    /// <summary>Adds it to the host.</summary>
    public static void AddWorkingPages(this IServiceCollection services)
    {
        services.AddScoped<PageScript>();
        services.AddSingleton<Boms.BomDesk>();
    }
}
