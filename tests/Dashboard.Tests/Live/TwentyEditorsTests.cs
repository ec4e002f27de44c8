using System.Collections.Concurrent;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Live;

/// <summary>Twenty people in one small matrix: nobody overwrites what they have not seen, and everybody ends with the same cells.</summary>
[Collection(Plant.Name)]
public sealed class TwentyEditorsTests(PlantApp app)
{
    private const int Editors = 20;
    private const int EditsEach = 25;

    private sealed record Written(string Cell, int Version, decimal Value);

    [Fact]
    public async Task Every_accepted_value_follows_the_one_its_editor_saw_and_all_see_all_of_them()
    {
        using var jefe = await app.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(60_000);
        var start = (await jefe.CellsAsync(order)).ToDictionary(Key, c => c.GetProperty("version").GetInt32());
        var accepted = new ConcurrentBag<Written>();
        var conflicts = 0;
        using var operario = await app.SignedInAsync("operario");
        var hubs = await Task.WhenAll(Enumerable.Range(0, Editors).Select(i => HubAsync(i % 2 == 0 ? jefe : operario)));
        try
        {
            await Task.WhenAll(hubs.Select(h => h.WatchAsync($"order:{order}")));
            await Task.WhenAll(hubs.Select((hub, i) => EditAsync(hub, order, i)));
            Assert.Equal(Editors * EditsEach, accepted.Count);
            // Six cells and twenty people: without conflicts the test would show nothing.
            Assert.True(conflicts > Editors, $"{conflicts} conflicts");
            var now = (await jefe.CellsAsync(order)).ToDictionary(Key);
            foreach (var cell in accepted.GroupBy(w => w.Cell))
            {
                var versions = cell.Select(w => w.Version).Order().ToArray();
                Assert.Equal(Enumerable.Range(start[cell.Key] + 1, versions.Length), versions);
                Assert.Equal(cell.MaxBy(w => w.Version)!.Value, now[cell.Key].GetProperty("toProduce").GetDecimal());
            }

            var all = accepted.Count;
            foreach (var hub in hubs)
            {
                await hub.UntilAsync(_ => hub.Events($"order:{order}").Count() >= all, 60);
                var told = hub.Events($"order:{order}").ToList();
                Assert.Equal(told.Select(e => e.Id).Order().Distinct(), told.Select(e => e.Id));
                foreach (var (key, cell) in now)
                    Assert.Equal(
                        cell.GetProperty("toProduce").GetRawText(),
                        told.Last(e => Key(e.Data) == key).Data.GetProperty("toProduce").GetRawText()
                    );
            }
        }
        finally
        {
            foreach (var hub in hubs)
                await hub.DisposeAsync();
        }

        async Task EditAsync(HubClient hub, string number, int editor)
        {
            var random = new Random(editor);
            for (var n = 0; n < EditsEach; n++)
            {
                var (x, y) = (ApiOrders.Tones[random.Next(2)], ApiOrders.Sizes[random.Next(3)]);
                var value = 1 + (editor * EditsEach) + n;
                await hub.InvokeAsync("FocusCell", number, x, y);
                for (var seen = start[$"{x} {y}"]; ; )
                {
                    var answer = await hub.InvokeAsync("EditCell", number, x, y, "toProduce", value, seen);
                    if (answer.TryGetProperty("cell", out var cell))
                    {
                        accepted.Add(new($"{x} {y}", cell.GetProperty("version").GetInt32(), value));
                        break;
                    }

                    // What a person does who is asked and insists.
                    Interlocked.Increment(ref conflicts);
                    seen = answer.GetProperty("conflict").GetProperty("version").GetInt32();
                }
            }
        }
    }

    private static string Key(JsonElement cell) => $"{cell.GetProperty("x").GetString()} {cell.GetProperty("y").GetString()}";

    private Task<HubClient> HubAsync(HttpClient signedIn) =>
        new HubClient().ConnectAsync(app.Address, signedIn.DefaultRequestHeaders.Authorization!.Parameter!);
}
