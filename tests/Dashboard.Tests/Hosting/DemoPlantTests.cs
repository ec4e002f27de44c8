using Manufactura.Dashboard.Hosting;
using Manufactura.Silo.Settings;
using Manufactura.Storage.Import;
using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Manufactura.Dashboard.Tests.Hosting;

public sealed class DemoPlantTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Dashboards_that_start_at_once_load_the_demo_once()
    {
        var settings = PlantSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection([new("Plant:Demo", "true")]).Build(),
            "Embedded"
        );
        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Task.Run(() => Load(settings).EnsureAsync(CancellationToken.None)))
        );
        await using var orders = postgres.DataSource.CreateCommand("select count(*) from production_order");
        Assert.True(await orders.ExecuteScalarAsync() is > 100L);
    }

    private DemoPlant Load(PlantSettings settings) =>
        new(
            settings,
            new PlantImporter(postgres.DataSource, TimeProvider.System, settings.TimeZone),
            new PlantContents(postgres.DataSource),
            postgres.DataSource,
            NullLogger<DemoPlant>.Instance
        );
}
