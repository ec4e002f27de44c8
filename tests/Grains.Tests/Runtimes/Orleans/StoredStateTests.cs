using System.Text;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Grains.Tests.Runtime.Probes;
using Manufactura.Silo;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>State of grains that name no storage, in Orleans' own table of our migrations.</summary>
public sealed class StoredStateTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task State_and_reminders_outlive_their_silo()
    {
        using (var first = await StartAsync())
        {
            Assert.Equal(5, await Shelf(first).Put(5));
            await first
                .Services.GetRequiredService<IGrainFactory>()
                .GetGrain<IAlarmGrain>("a")
                .Set("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
            await first.StopAsync();
        }
        using var second = await StartAsync();
        Assert.Equal(8, await Shelf(second).Put(3));
        var alarm = second.Services.GetRequiredService<IGrainFactory>().GetGrain<IAlarmGrain>("a");
        Assert.Equal("wake", Assert.Single(await alarm.Names()));
        await alarm.Unset("wake");
        Assert.Empty(await alarm.Names());
        await Shelf(second).Clear();
        Assert.Equal(0, await Shelf(second).OnHand());
        await second.StopAsync();
    }

    [Fact]
    public async Task A_second_activation_writes_nothing_over_the_first()
    {
        using var one = await StartAsync();
        using var other = await StartAsync();
        Assert.Equal(1, await Shelf(one, "s").Put(1));
        Assert.Equal(3, await Shelf(other, "s").Put(2));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Shelf(one, "s").Put(4));
        Assert.Equal(3, await Shelf(one, "s").OnHand());
        // Two that both found nothing: one row, one winner.
        var results = await Task.WhenAll(TryPutAsync(one), TryPutAsync(other));
        Assert.Contains(true, results);
        Assert.Equal(1L, await ScalarAsync("select count(*) from OrleansStorage where GrainIdExtensionString = 'both'"));
        await one.StopAsync();
        await other.StopAsync();
    }

    [Fact]
    public async Task What_is_stored_names_no_class_so_a_renamed_class_reads_it()
    {
        using var host = await StartAsync();
        await Shelf(host, "renamed").Put(5);
        var stored = Encoding.UTF8.GetString(
            (byte[])await ScalarAsync("select PayloadBinary from OrleansStorage where GrainIdExtensionString = 'renamed'")
        );
        Assert.Equal("""{"OnHand":5,"Notes":["\u002B5"]}""", stored);
        // The same row, as a class of another name in another place finds it.
        var storage = host.Services.GetRequiredService<IGrainStorage>();
        var state = new GrainState<RackState>(new());
        await storage.ReadStateAsync("shelf", GrainId.Create("test.shelf", "renamed"), state);
        Assert.Equal((5, true), (state.State!.OnHand, state.RecordExists));
        await host.StopAsync();
    }

    /// <summary>What <see cref="ShelfState"/> might be called one day, with a member more.</summary>
    private sealed record RackState
    {
        public int OnHand { get; init; }

        public string? Place { get; init; }
    }

    private static IShelfGrain Shelf(IHost host, string key = "kept") =>
        host.Services.GetRequiredService<IGrainFactory>().GetGrain<IShelfGrain>(key);

    private static async Task<bool> TryPutAsync(IHost host)
    {
        try
        {
            await Shelf(host, "both").Put(1);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private async Task<object> ScalarAsync(string sql)
    {
        await using var command = postgres.DataSource.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(postgres.DataSource);
        builder.Services.AddSingleton(new Diary());
        var options = NodeOptions.Alone(postgres.ConnectionString) with
        {
            MinimumReminderPeriod = TimeSpan.FromMilliseconds(100),
        };
        builder.AddActors(options, typeof(ShelfGrain).Assembly);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
