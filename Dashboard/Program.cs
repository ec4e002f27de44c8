using Manufactura.Dashboard.Hosting;
using Manufactura.Silo;
using Manufactura.Storage.Embedded;
using Manufactura.Storage.Migrations;

var builder = WebApplication.CreateBuilder(args);
try
{
    var settings = PlantSettings.Read(builder.Configuration, ActorRuntime.Name);
    using var loggers = LoggerFactory.Create(logging =>
        logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole()
    );
    await using var embedded = settings.ConnectionString is null
        ? await EmbeddedServer.StartAsync(settings.DataDirectory, loggers.CreateLogger<EmbeddedServer>())
        : null;
    builder.AddPlant(settings, settings.ConnectionString ?? embedded!.ConnectionString);
    await using var app = builder.Build();
    app.UsePlant();
    await app.PrepareAsync();
    await app.StartAsync();
    Console.WriteLine($"Manufactura: {string.Join(" ", app.Urls)}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception refused) when (refused is SettingsException or SchemaException or EmbeddedServerException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
