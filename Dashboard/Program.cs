using Manufactura.Dashboard.Hosting;
using Manufactura.Storage.Migrations;

var builder = WebApplication.CreateBuilder(args);
try
{
    var settings = PlantSettings.Read(builder.Configuration, PlantHosting.ActorRuntime);
    using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
    await using var database = await PlantDatabase.OpenAsync(settings, loggers);
    builder.AddPlant(settings, database);
    await using var app = builder.Build();
    app.UsePlant();
    await app.PrepareAsync();
    await app.StartAsync();
    Console.WriteLine($"Manufactura: {string.Join(" ", app.Urls)}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception refused) when (refused is SettingsException or SchemaException)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}
