using Manufactura.Silo.Settings;
using Manufactura.Silo.Watching;
using Manufactura.Storage;
using Manufactura.Storage.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Silo;

/// <summary>A node without pages: hosts its share of the grains, reacts, sends mail, and answers only how it is.</summary>
internal static class Program
{
    private const string DefaultUrls = "http://127.0.0.1:5081";

    public static async Task<int> Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        try
        {
            var settings = PlantSettings.Read(builder.Configuration, ActorRuntime.Name, DefaultUrls);
            var connection = Check(settings);
            builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
            builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
            builder.Services.AddPlantStorage(connection);
            builder.Services.AddSingleton<MetricsText>();
            builder.AddPlantSilo(settings.Actors(connection), settings.TimeZone, settings.MailOptions());
            await using var app = builder.Build();
            app.Services.GetRequiredService<MetricsText>();
            app.MapHealth();
            app.MapMetrics();
            await app.Services.PrepareDatabaseAsync();
            await app.StartAsync();
            Console.WriteLine($"Manufactura node: {string.Join(" ", app.Urls)}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception refused) when (refused is SettingsException or SchemaException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static string Check(PlantSettings settings)
    {
        if (!ActorRuntime.IsCluster)
            throw new SettingsException(
                "ActorRuntime",
                "this build is for a single process, whose dashboard hosts the grains; a node needs one made with -p:ActorRuntime=Orleans."
            );
        if (settings.Cluster.Node != NodeKind.Silo)
            throw new SettingsException("Cluster:Node", "a node without pages is always a Silo.");
        return settings.ConnectionString
            ?? throw new SettingsException("ConnectionStrings:Plant", "is missing: the nodes of a cluster share one database.");
    }
}
