using System.Net;
using System.Text.Json;
using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Manufactura.Dashboard.Tests.Lines;

/// <summary>Many people who plan at once, over HTTP, with screens that follow on the hub.</summary>
[Collection(LinePlant.Name)]
public sealed class StormTests(PlantApp app)
{
    private const int Orders = 500;
    private const int Callers = 16;
    private const int Screens = 3;

    private static readonly string[] Lines = [.. Enumerable.Range(1, 8).Select(i => $"ST{i}")];

    [Fact]
    public async Task Five_hundred_orders_planned_onto_eight_lines_by_sixteen_callers_end_the_same_on_every_screen()
    {
        var shop = await Workshop.OpenAsync(app);
        foreach (var line in Lines)
            await shop.LineAsync(line, 40);
        var screens = await WatchAsync(shop);
        var random = new Random(5);
        int[] quantities = [.. Enumerable.Range(0, Orders).Select(_ => random.Next(10, 61))];
        var numbers = new string[Orders];
        await EachAsync(Orders, async (i, _) => numbers[i] = await shop.OrderAsync(quantities[i], plan: false));
        // Every order is wanted twice, by two people and on two lines; the second one says where it saw it: on none.
        var won = 0;
        await EachAsync(
            2 * Orders,
            async (i, caller) =>
            {
                var body = new
                {
                    line = Lines[(i + caller) % Lines.Length],
                    split = true,
                    from = "",
                };
                using var answer = await shop.TryAsync(numbers[i / 2], "assign-line", body);
                if (answer.IsSuccessStatusCode)
                    Interlocked.Increment(ref won);
                else
                    await Problem.ExpectAsync(answer, HttpStatusCode.Conflict, "line-conflict");
            }
        );
        Assert.Equal(Orders, won);
        await CheckDatabaseAsync(numbers, quantities.Sum());
        Assert.Empty(await shop.ViolationsAsync());
        foreach (var line in Lines)
            await SameEverywhereAsync(shop, screens, line);
        foreach (var screen in screens)
            await screen.DisposeAsync();
    }

    private async Task<List<HubClient>> WatchAsync(Workshop shop)
    {
        var screens = new List<HubClient>();
        for (var i = 0; i < Screens; i++)
        {
            var screen = await new HubClient().ConnectAsync(
                app.Address,
                shop.Operario.DefaultRequestHeaders.Authorization!.Parameter!
            );
            foreach (var line in Lines)
                await screen.WatchAsync($"line:{line}");
            screens.Add(screen);
        }

        return screens;
    }

    /// <summary>No order on two lines or on none, no unit lost or doubled, no place given twice.</summary>
    private async Task CheckDatabaseAsync(string[] numbers, int ordered)
    {
        await using var command = app
            .Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand(
                """
                select count(*) filter (where number = any ($1) and line like 'ST%'), sum(quantity),
                    count(*) filter (where line is not null), count(distinct (line, line_position)) filter (where line is not null)
                from production_order
                where number = any ($1) or parent = any ($1)
                """
            );
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = numbers });
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Assert.Equal((Orders, (decimal)ordered), (row.GetInt64(0), row.GetDecimal(1)));
        Assert.Equal((Orders, Orders), (row.GetInt64(2), row.GetInt64(3)));
    }

    /// <summary>What each screen was last told, what the API answers and what the table says.</summary>
    private async Task SameEverywhereAsync(Workshop shop, List<HubClient> screens, string line)
    {
        var rows = (await app.Services.GetRequiredService<LineReader>().QueueAsync(line)).OrderBy(o => o.Position).ToArray();
        var load = await shop.GetAsync($"lines/{line}/load");
        Assert.Equal(rows.Select(o => o.Number), Numbers(load));
        Assert.Equal(rows.Sum(o => o.Kg), load.Number("assignedKg"));
        foreach (var screen in screens)
        {
            await screen.UntilAsync(_ => Last(screen, line) is { } told && told.Number("queueLength") == rows.Length, 120);
            var told = Last(screen, line)!.Value;
            Assert.Equal(rows.Take(Numbers(told).Length).Select(o => o.Number), Numbers(told));
            Assert.Equal(Math.Min(rows.Length, 50), Numbers(told).Length);
            foreach (var member in new[] { "assignedKg", "assignedUnits", "percent", "saturated", "capacityKg" })
                Assert.Equal(load.GetProperty(member).GetRawText(), told.GetProperty(member).GetRawText());
        }
    }

    private static JsonElement? Last(HubClient screen, string line) =>
        screen.Events($"line:{line}").LastOrDefault(c => c.Type == "line-load-changed")?.Data;

    private static string[] Numbers(JsonElement load) =>
        [.. load.GetProperty("queue").EnumerateArray().Select(q => q.Text("number")!)];

    /// <summary>All numbers below a limit, taken by all callers at once.</summary>
    private static Task EachAsync(int count, Func<int, int, Task> work)
    {
        var next = -1;
        return Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async caller =>
                {
                    while (Interlocked.Increment(ref next) is var i && i < count)
                        await work(i, caller);
                })
        );
    }
}
