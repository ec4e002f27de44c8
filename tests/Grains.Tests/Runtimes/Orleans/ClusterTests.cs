using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.Screens;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Silo;
using Manufactura.Storage;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Silos and a client over the plant's own database, on the tables of our migrations.</summary>
public sealed class ClusterTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly CommandContext Ana = new("ana");
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Bogota");

    [Fact]
    public async Task Two_silos_and_a_client_are_one_plant()
    {
        var cluster = Guid.NewGuid().ToString("N");
        using var first = await StartAsync(cluster);
        using var second = await StartAsync(cluster);
        using var client = await StartAsync(cluster, client: true);
        await ActiveAsync(cluster, 2);
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        // Messages cross processes' borders here as they would between machines: the client has no grain of its own.
        for (var i = 0; i < 20; i++)
            Assert.NotNull(
                (await grains.GetGrain<IPlantGrain>("plant").SaveUnit(new($"U{i}", $"Unidad {i}"), SaveMode.Create, Ana)).Value
            );
        Assert.Equal(
            "duplicate",
            (await grains.GetGrain<IPlantGrain>("plant").SaveUnit(new("U1", "x"), SaveMode.Create, Ana)).Problem!.Code
        );
        var names = Enumerable.Range(0, 20).Select(i => $"muro{i}").ToArray();
        foreach (var name in names)
            Assert.Equal(1, (await grains.GetGrain<IScreenGrain>(name).Save(Layout(name), Ana)).Value!.Version);
        var management = grains.GetGrain<IManagementGrain>(0);
        var there = (await management.GetDetailedGrainStatistics()).Count(s => s.GrainId.Type.ToString() == "screen");
        Assert.Equal(names.Length, there);
        Assert.Equal(2, (await management.GetHosts(onlyActive: true)).Count);
        await client.StopAsync();
        await second.StopAsync();
        // What a silo takes with it when it goes comes back on the other.
        var left = first.Services.GetRequiredService<IGrainFactory>();
        foreach (var name in names)
            Assert.Equal(
                2,
                (await left.GetGrain<IScreenGrain>(name).Save(Layout(name) with { Version = 1 }, Ana)).Value!.Version
            );
        await first.StopAsync();
    }

    [Fact]
    public async Task A_plant_that_moves_to_a_cluster_finds_its_screens()
    {
        // As the embedded runtime writes it, and under a name that looks like a number.
        await using (
            var insert = postgres.DataSource.CreateCommand(
                """
                insert into grain_state (name, grain_id, json, etag) values ('layout', 'screen/0010', '{"Layout": {"Name": "0010",
                "Title": "Corte", "Theme": "dark", "Columns": 6, "Rows": 6, "RotationSeconds": 30, "Panels": [{"Kind": 1, "Page": 1,
                "Column": 1, "Row": 1, "Width": 1, "Height": 1, "Subject": null}], "Version": 7}}', 7)
                """
            )
        )
            await insert.ExecuteNonQueryAsync();
        using var host = await StartAsync(Guid.NewGuid().ToString("N"));
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var found = (await grains.GetGrain<IScreenGrain>("0010").Get()).Value!;
        Assert.Equal(("Corte", 7), (found.Title, found.Version));
        Assert.Equal("not-found", (await grains.GetGrain<IScreenGrain>("10").Get()).Problem!.Code);
        Assert.Equal(8, (await grains.GetGrain<IScreenGrain>("0010").Save(found, Ana)).Value!.Version);
        await host.StopAsync();
    }

    /// <summary>A node on this class's database.</summary>
    private async Task<IHost> StartAsync(string cluster, bool client = false)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddPlantStorage(postgres.ConnectionString);
        var options = new ActorOptions(Cluster: NodeOptions.Place(postgres.ConnectionString, cluster));
        if (client)
            builder.AddPlantClient(options, Zone);
        else
            builder.AddPlantSilo(options, Zone);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private async Task ActiveAsync(string cluster, long silos)
    {
        for (var i = 0; i < 300; i++)
        {
            await using var count = postgres.DataSource.CreateCommand(
                "select count(*) from OrleansMembershipTable where DeploymentId = $1 and Status = 3"
            );
            count.Parameters.AddWithValue(cluster);
            if (await count.ExecuteScalarAsync() is long active && active == silos)
                return;
            await Task.Delay(100);
        }
        throw new TimeoutException("The silos did not find each other.");
    }

    private static ScreenLayout Layout(string title) =>
        new("", title, "dark", 6, 6, 30, [new(Manufactura.Domain.Screens.PanelKind.Alerts, 1, 1, 1, 1, 1)]);
}
