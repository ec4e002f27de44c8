using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Dashboard.Live;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Manufactura.Dashboard.Tests.Live;

/// <summary>The hub with real clients: edits, presence, order of events, resume, slow clients.</summary>
[Collection(Plant.Name)]
public sealed class HubTests(PlantApp app)
{
    private const string X = "T-101";
    private const string Y = "30";

    [Fact]
    public async Task A_cell_edited_on_the_hub_is_answered_and_everybody_who_watches_sees_the_same_cell()
    {
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(600);
        await using var ana = await HubAsync("jefe");
        await using var beto = await HubAsync("operario");
        foreach (var one in new[] { ana, beto })
            Assert.True((await one.WatchAsync($"order:{order}")).TryGetProperty("lastEventId", out _));
        var seen = await VersionAsync(jefe, order);
        var cell = (await beto.InvokeAsync("EditCell", order, X, Y, "toProduce", 7, seen)).GetProperty("cell");
        Assert.Equal(
            (7m, seen + 1, "operario"),
            (Of(cell), cell.GetProperty("version").GetInt32(), cell.GetProperty("by").GetString())
        );
        foreach (var one in new[] { ana, beto })
        {
            var told = (await one.UntilAsync(c => c.Target == "Event" && c.Type == "cell-changed")).Data;
            Assert.Equal(order, told.GetProperty("order").GetString());
            foreach (var member in new[] { "x", "y", "planned", "toProduce", "produced", "moved", "version", "by", "at" })
                Assert.Equal(cell.GetProperty(member).GetRawText(), told.GetProperty(member).GetRawText());
        }

        var conflict = (await ana.InvokeAsync("EditCell", order, X, Y, "toProduce", 9, seen)).GetProperty("conflict");
        Assert.Equal((7m, seen + 1), (conflict.GetProperty("current").GetDecimal(), conflict.GetProperty("version").GetInt32()));
        Assert.Equal(
            (X, Y, "operario"),
            (conflict.GetProperty("x").GetString(), conflict.GetProperty("y").GetString(), conflict.GetProperty("by").GetString())
        );
        var problem = (await ana.InvokeAsync("EditCell", order, X, Y, "toProduce", 1_000_000, seen + 1)).GetProperty("problem");
        Assert.Equal("exceeds-outstanding", problem.GetProperty("code").GetString());
        Assert.Equal(422, problem.GetProperty("status").GetInt32());
        Assert.Single(ana.Events($"order:{order}"));
    }

    [Fact]
    public async Task Presence_follows_focus_blur_and_a_closed_connection()
    {
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.CreatedAsync(10);
        await using var ana = await HubAsync("jefe");
        var beto = await HubAsync("operario");
        foreach (var one in new[] { ana, beto })
            await one.WatchAsync($"order:{order}");
        await beto.InvokeAsync("FocusCell", order, X, Y);
        await ana.UntilAsync(c => People(c) is [("operario", X, Y)]);
        await beto.InvokeAsync("FocusCell", order, X, "28");
        await ana.InvokeAsync("FocusCell", order, X, Y);
        await beto.UntilAsync(c =>
            People(c) is { Count: 2 } p && p.Contains(("operario", X, "28")) && p.Contains(("jefe", X, Y))
        );
        await ana.InvokeAsync("BlurCell", order);
        await beto.UntilAsync(c => People(c) is [("operario", X, "28")]);
        // Who comes later is told who is there.
        await using var late = await HubAsync("supervisor");
        await late.WatchAsync($"order:{order}");
        await late.UntilAsync(c => People(c) is [("operario", X, "28")]);
        await beto.DisposeAsync();
        await ana.UntilAsync(c => People(c) is { Count: 0 });
    }

    [Fact]
    public async Task A_screen_that_was_away_under_load_misses_nothing_and_repeats_nothing()
    {
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(60_000);
        var topic = $"order:{order}";
        await using var steady = await HubAsync("jefe");
        await steady.WatchAsync(topic);
        using var over = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
                using (await jefe.EditAsync(order, ApiOrders.Tones[i % 2], ApiOrders.Sizes[i % 3], i % 9)) { }
        });
        var heard = new List<long>();
        var last = 0L;
        for (var round = 0; round < 8; round++)
        {
            await using var flaky = await HubAsync("operario");
            var from = (await flaky.WatchAsync(topic, last == 0 ? null : last)).GetProperty("lastEventId").GetInt64();
            last = Math.Max(last, round == 0 ? from : 0);
            // Stays for some events and a heartbeat, then the connection breaks.
            await flaky.UntilAsync(c => c.Target == "Event" && c.Id > last + 10);
            var mine = flaky.Events(topic).Select(c => c.Id).ToList();
            heard.AddRange(mine);
            last = Math.Max(last, mine[^1]);
        }

        await over.CancelAsync();
        await load;
        await steady.UntilAsync(c => c.Target == "Event" && c.Id >= last);
        var all = steady.Events(topic).Select(c => c.Id).ToList();
        Assert.Equal(all.Order().Distinct(), all);
        Assert.Equal(all.Where(id => id >= heard[0] && id <= last), heard);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_told_to_read_again_and_slows_nobody()
    {
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(600);
        var topic = $"order:{order}";
        await using var slow = await HubAsync("operario");
        await using var quick = await HubAsync("jefe");
        await slow.WatchAsync(topic);
        await quick.WatchAsync(topic);
        slow.Pause();
        // More than its queue and every buffer of the two kernels hold; the quick one gets each part before the next is made.
        var last = 0L;
        for (var sent = 0; sent < (2 * HubScreen.QueueLength) + 2_000; sent += 1_000)
        {
            last = await NoteAsync(topic, 1_000);
            await quick.UntilAsync(c => c.Target == "Event" && c.Id >= last);
        }

        slow.Resume();
        await slow.UntilAsync(c => c.Target == "Resync" && c.Topic == topic);
        var got = slow.Events(topic).Select(c => c.Id).ToList();
        // What it got is a beginning without a gap, and after the Resync there is nothing more of the topic.
        Assert.Equal(quick.Events(topic).Select(c => c.Id).Take(got.Count), got);
        Assert.True(got.Count < quick.Events(topic).Count());
        Assert.DoesNotContain(quick.Calls, c => c.Target == "Resync");
        await slow.WatchAsync(topic);
        var after = await NoteAsync(topic, 1);
        await slow.UntilAsync(c => c.Target == "Event" && c.Id == after);
        Assert.Equal([.. got, after], slow.Events(topic).Select(c => c.Id));
    }

    [Fact]
    public async Task Without_a_sign_in_the_hub_does_not_open()
    {
        await using var nobody = new HubClient();
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => nobody.ConnectAsync(app.Address, "wrong"));
    }

    [Theory]
    [InlineData("calidad", "toProduce")]
    [InlineData("vendedor", "toProduce")]
    [InlineData("operario", "planned")]
    public async Task A_role_that_may_not_edit_is_told_so(string user, string field)
    {
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(60);
        await using var hub = await HubAsync(user);
        var problem = (await hub.InvokeAsync("EditCell", order, X, Y, field, 1, 1)).GetProperty("problem");
        Assert.Equal(("forbidden", 403), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
    }

    private async Task<HubClient> HubAsync(string user)
    {
        using var client = await app.SignedInAsync(user);
        return await new HubClient().ConnectAsync(app.Address, client.DefaultRequestHeaders.Authorization!.Parameter!);
    }

    /// <summary>Large events of a topic, written as any transaction writes them; answers the last one's id.</summary>
    private async Task<long> NoteAsync(string topic, int count)
    {
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        await using var command = database.CreateCommand(
            """
            with noted as (
                insert into event (type, subject, actor, data)
                select 'noted', $1, 'test', jsonb_build_object('text', repeat('x', 4000)) from generate_series(1, $2)
                returning id
            )
            select max(id) from noted, pg_notify('feed', '')
            """
        );
        command.Parameters.AddWithValue(topic);
        command.Parameters.AddWithValue(count);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<int> VersionAsync(HttpClient client, string order) =>
        (await client.CellsAsync(order))
            .Single(c => c.GetProperty("x").GetString() == X && c.GetProperty("y").GetString() == Y)
            .GetProperty("version")
            .GetInt32();

    private static decimal Of(JsonElement cell) => cell.GetProperty("toProduce").GetDecimal();

    private static List<(string?, string?, string?)>? People(HubCall call) =>
        call.Target != "Presence"
            ? null
            :
            [
                .. call.Arguments[1]
                    .EnumerateArray()
                    .Select(p =>
                        (p.GetProperty("user").GetString(), p.GetProperty("x").GetString(), p.GetProperty("y").GetString())
                    ),
            ];
}
