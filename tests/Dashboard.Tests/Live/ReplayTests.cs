using System.Text.Json;
using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Tests.Crash;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Manufactura.Dashboard.Tests.Live;

/// <summary>What a client missed comes first, in order and once; what cannot be sent ends the topic with a Resync.</summary>
[Collection(Plant.Name)]
public sealed class ReplayTests(PlantApp app)
{
    private NpgsqlDataSource Database => app.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task What_left_the_memory_is_read_from_the_database()
    {
        await using var hub = await HubAsync();
        var start = (await hub.WatchAsync("lot:RP-OTHER")).GetProperty("lastEventId").GetInt64();
        var wanted = await TellAsync("lot:RP-1", 5);
        await TellAsync("lot:RP-OTHER", LiveFeed.Remembered + 10);
        var later = await TellAsync("lot:RP-1", 1);
        await hub.UntilAsync(c => c.Target == "Heartbeat" && c.Arguments[1].GetInt64() >= later[0], 60);
        await hub.WatchAsync("lot:RP-1", start);
        await hub.UntilAsync(c => c.Target == "Event" && c.Id == later[0], 60);
        Assert.Equal([.. wanted, .. later], hub.Events("lot:RP-1").Select(c => c.Id));
    }

    [Fact]
    public async Task More_than_may_wait_for_a_client_is_not_sent_but_read_again()
    {
        await using var hub = await HubAsync();
        var start = (await hub.WatchAsync("plant")).GetProperty("lastEventId").GetInt64();
        await hub.InvokeAsync("Unwatch", new object[] { new[] { "plant" } });
        var last = (await TellAsync("lot:RP-2", HubScreen.QueueLength))[^1];
        await hub.UntilAsync(c => c.Target == "Heartbeat" && c.Arguments[1].GetInt64() >= last, 60);
        await hub.WatchAsync("lot:RP-2", start);
        await hub.UntilAsync(c => c.Target == "Resync" && c.Topic == "lot:RP-2");
        var unseen = (await TellAsync("lot:RP-2", 1))[0];
        await hub.UntilAsync(c => c.Target == "Heartbeat" && c.Arguments[1].GetInt64() >= unseen);
        await hub.WatchAsync("lot:RP-2");
        var after = await TellAsync("lot:RP-2", 1);
        await hub.UntilAsync(c => c.Target == "Event" && c.Id == after[0]);
        Assert.Single(hub.Events("lot:RP-2"));
    }

    [Fact]
    public async Task An_event_that_the_plant_never_had_is_answered_with_a_resync()
    {
        await using var hub = await HubAsync();
        await hub.WatchAsync("lot:RP-3", 1_000_000_000_000);
        await hub.UntilAsync(c => c.Target == "Resync" && c.Topic == "lot:RP-3");
    }

    [Theory]
    [InlineData("\"{0}\"", true)]
    [InlineData("{0}.5", false)]
    [InlineData("-1", false)]
    [InlineData("\"-1\"", false)]
    [InlineData("\"ayer\"", false)]
    [InlineData("1e30", false)]
    [InlineData("[{0}]", false)]
    [InlineData("true", false)]
    public async Task The_last_event_seen_is_a_number_or_its_digits(string given, bool taken)
    {
        await using var hub = await HubAsync();
        var start = (await hub.WatchAsync("lot:RP-4")).GetProperty("lastEventId").GetInt64();
        await hub.InvokeAsync("Unwatch", new object[] { new[] { "lot:RP-4" } });
        var missed = await TellAsync("lot:RP-4", 2);
        await hub.UntilAsync(c => c.Target == "Heartbeat" && c.Arguments[1].GetInt64() >= missed[^1]);
        var answer = await hub.InvokeRawAsync("Watch", $"[[\"lot:RP-4\"],{string.Format(given, start)}]");
        Assert.Equal(!taken, answer.TryGetProperty("problem", out var problem));
        if (!taken)
            Assert.Equal("validation", problem.GetProperty("code").GetString());
        else
            await hub.UntilAsync(c => c.Target == "Event" && c.Id == missed[^1]);
    }

    [Fact]
    public async Task A_topic_that_was_given_up_and_is_watched_again_at_once_goes_on()
    {
        await using var hub = await HubAsync();
        await hub.WatchAsync("lot:RP-5");
        var screen = app.Services.GetRequiredService<PlantConnections>().All.Single(s => s.Watches("lot:RP-5"));
        for (var round = 1; round <= 100; round++)
        {
            // As when the queue overflows: the hub forgets the topic on its own time, while the client asks for it again.
            screen.Missed();
            await hub.WatchAsync("lot:RP-5");
            if (round % 20 != 0)
                continue;
            var id = (await TellAsync("lot:RP-5", 1))[0];
            await hub.UntilAsync(c => c.Target == "Event" && c.Id == id);
        }
    }

    [Fact]
    public async Task An_event_of_the_whole_plant_comes_once_and_nothing_comes_after_unwatch()
    {
        await using var hub = await HubAsync();
        await hub.WatchAsync("plant");
        await hub.WatchAsync("lot:RP-6");
        var id = (await TellAsync("plant", 1))[0];
        await hub.UntilAsync(c => c.Target == "Event" && c.Id == id);
        await hub.InvokeAsync("Unwatch", new object[] { new[] { "plant" } });
        var unseen = await TellAsync("plant", 1);
        var seen = await TellAsync("lot:RP-6", 1);
        await hub.UntilAsync(c => c.Target == "Event" && c.Id == seen[0]);
        Assert.Single(hub.Calls, c => c.Target == "Event" && c.Id == id);
        Assert.DoesNotContain(hub.Calls, c => c.Target == "Event" && c.Id == unseen[0]);
    }

    [Fact]
    public async Task A_follower_that_fails_costs_the_others_nothing()
    {
        var live = app.Services.GetRequiredService<LiveFeed>();
        var bad = new Failing();
        live.Watch(bad, ["lot:RP-7"]);
        await using var hub = await HubAsync();
        await hub.WatchAsync("lot:RP-7");
        var ids = await TellAsync("lot:RP-7", 3);
        await hub.UntilAsync(c => c.Target == "Event" && c.Id == ids[^1]);
        live.Leave(bad);
        Assert.Equal(3, bad.Asked);
        Assert.Equal(ids, hub.Events("lot:RP-7").Select(c => c.Id));
    }

    [Fact]
    public async Task After_a_restart_the_first_who_comes_back_gets_what_happened_meanwhile()
    {
        await using var plant = await ChildPlant.CreateAsync();
        var token = await plant.TokenAsync("jefe");
        long last;
        await using (var before = await new HubClient().ConnectAsync(plant.Address, token))
            last = (await before.WatchAsync("lot:RP-8")).GetProperty("lastEventId").GetInt64();
        await plant.KillAsync();
        List<long> missed;
        await using (var database = plant.Database())
            missed = await TellAsync(database, "lot:RP-8", 3);
        await plant.StartAsync();
        // Nothing happens any more: what the hub knows, it knows from its start.
        await using var hub = await new HubClient().ConnectAsync(plant.Address, token);
        var from = (await hub.WatchAsync("lot:RP-8", last)).GetProperty("lastEventId").GetInt64();
        Assert.True(from >= missed[^1]);
        await hub.UntilAsync(c => c.Target == "Event" && c.Id == missed[^1]);
        Assert.Equal(missed, hub.Events("lot:RP-8").Select(c => c.Id));
        Assert.True((await hub.UntilAsync(c => c.Target == "Heartbeat")).Arguments[1].GetInt64() >= missed[^1]);
    }

    private Task<List<long>> TellAsync(string subject, int count) => TellAsync(Database, subject, count);

    /// <summary>Events of a subject, committed behind the plant's back; their ids.</summary>
    private static async Task<List<long>> TellAsync(NpgsqlDataSource database, string subject, int count)
    {
        await using var insert = database.CreateCommand(
            """
            insert into event (type, subject, actor, data)
            select 'lot-changed', $1, 'test', jsonb_build_object('n', n, 'material', 'RP', 'code', 'RP', 'status', 'Rejected', 'available', 0)
            from generate_series(1, $2) n
            returning id
            """
        );
        insert.Parameters.Add(new() { Value = subject });
        insert.Parameters.Add(new() { Value = count });
        var ids = new List<long>();
        await using var reader = await insert.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            ids.Add(reader.GetInt64(0));
        return ids;
    }

    private async Task<HubClient> HubAsync()
    {
        using var client = await app.SignedInAsync("jefe");
        return await new HubClient().ConnectAsync(app.Address, client.DefaultRequestHeaders.Authorization!.Parameter!);
    }

    private sealed class Failing : ILiveSink
    {
        public int Asked { get; private set; }

        public void Receive(string topic, Storage.Feeds.PlantEvent e)
        {
            Asked++;
            throw new InvalidOperationException("on purpose");
        }

        public void Missed() { }
    }
}
