using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using Npgsql;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Screens;

[Collection(Floor.Name)]
public sealed class WallTests(PlantApp app, Chromium chromium, ITestOutputHelper output)
{
    private NpgsqlDataSource Database => (NpgsqlDataSource)app.Services.GetService(typeof(NpgsqlDataSource))!;

    [Fact]
    public async Task A_paused_database_shows_on_every_panel_and_the_screen_comes_back_by_itself() => await PauseAsync();

    [Fact]
    [Trait("Category", "Timing")]
    public async Task A_paused_database_shows_within_three_seconds_and_the_screen_is_back_within_ten()
    {
        var (stale, back) = await PauseAsync();
        output.WriteLine($"stale after {stale:0.00} s, live {back:0.00} s after the database was");
        Assert.InRange(stale, 0, 3.2);
        Assert.InRange(back, 0, 10);
    }

    /// <summary>How long it took to see it, and to be back, in seconds.</summary>
    private async Task<(double Stale, double Back)> PauseAsync()
    {
        using var admin = await app.SignedInAsync("admin");
        await using var window = await chromium.OpenAsync(app.Address, 1920, 1080);
        var page = window.Page;
        await Wall.OpenAsync(page, await Wall.KeyAsync(admin));
        double stale;
        try
        {
            DatabaseServer.Pause();
            stale = await Wall.StaleAsync(page);
            await Expect(page.Locator(".panel h2 em").First).ToContainTextAsync("sin conexión desde ");
            Assert.Equal(
                "line-through",
                await page.Locator(".line b span").First.EvaluateAsync<string>("e => getComputedStyle(e).textDecorationLine")
            );
            Assert.NotEmpty(await page.Locator(".line").AllAsync());
        }
        finally
        {
            DatabaseServer.Resume();
        }

        var back = await Wall.LiveAsync(page);
        window.Complaints.RemoveAll(c => c.Contains("status of 5", StringComparison.Ordinal));
        return (stale, back);
    }

    [Fact]
    public async Task Thousands_of_events_leave_the_memory_and_the_page_as_they_were()
    {
        using var admin = await app.SignedInAsync("admin");
        await using var window = await chromium.OpenAsync(app.Address, 1920, 1080);
        var page = window.Page;
        await Wall.OpenAsync(page, await Wall.KeyAsync(admin));
        var session = await page.Context.NewCDPSessionAsync(page);
        await EventsAsync(1500);
        var (heap, nodes) = await MeasureAsync();
        await EventsAsync(6000);
        // What was fetched and drawn for them is let go within seconds; 6000 events kept would stay, as three megabytes.
        var (heapAfter, nodesAfter) = await MeasureAsync();
        for (var tries = 0; tries < 60 && heapAfter > heap + 512 * 1024; tries++)
        {
            await page.WaitForTimeoutAsync(1000);
            (heapAfter, nodesAfter) = await MeasureAsync();
        }

        output.WriteLine($"{heap / 1024} KB, {nodes} nodes; after 6000 more events {heapAfter / 1024} KB, {nodesAfter} nodes");
        Assert.InRange(heapAfter, 0, heap + 512 * 1024);
        // The screen turns its pages, which differ by some hundred nodes.
        Assert.InRange(nodesAfter, 0, nodes + 200);

        // Alerts that come and go, and changes that make the screen ask for everything again. The alert behind them shows when all was heard.
        async Task EventsAsync(int count)
        {
            await using var insert = Database.CreateCommand(
                """
                with changed as (select subject, data from event where type like 'order-%' and data ->> 'status' = 'Done' limit 1)
                insert into event (type, subject, actor, data)
                select case i % 3 when 0 then 'alert-raised' when 1 then 'alert-changed' else 'order-changed' end,
                    case when i % 3 = 2 then c.subject else 'alert:' || 900000 + i / 3 end, 'test',
                    case when i % 3 = 2 then c.data else jsonb_build_object('id', 900000 + i / 3, 'kind', 'lot-lost', 'severity', 'critical',
                        'subject', 'M-' || i, 'cause', 'M-' || i, 'role', 'Supervisor', 'es', 'Alerta ' || i, 'en', 'Alert ' || i,
                        'state', case when i % 3 = 0 then 'active' else 'cleared' end,
                        'raisedAt', timestamptz '2020-01-01', 'version', 1 + i % 3) end
                from generate_series(0, $1 - 1) i, changed c
                """
            );
            insert.Parameters.Add(new() { Value = count });
            Assert.Equal(count, await insert.ExecuteNonQueryAsync());
            await using var raise = Database.CreateCommand(Wall.RaiseSql($"M-FIN-{count}", $"Fin {count}", "critical"));
            await raise.ExecuteNonQueryAsync();
            await Expect(page.Locator(".al b").GetByText($"Fin {count}", new() { Exact = true })).ToBeVisibleAsync();
            await using var clear = Database.CreateCommand(Wall.ClearSql($"M-FIN-{count}"));
            Assert.Equal(1, await clear.ExecuteNonQueryAsync());
            await Wall.LiveAsync(page);
        }

        async Task<(double Heap, double Nodes)> MeasureAsync()
        {
            await session.SendAsync("HeapProfiler.collectGarbage");
            await session.SendAsync("HeapProfiler.collectGarbage");
            var usage = (await session.SendAsync("Runtime.getHeapUsage"))!.Value;
            var dom = await page.EvaluateAsync<int>("() => document.querySelectorAll('*').length");
            return (usage.GetProperty("usedSize").GetDouble(), dom);
        }
    }

    [Fact]
    public async Task A_new_alert_and_a_new_layout_show_without_anybody_touching_the_screen()
    {
        using var jefe = await app.SignedInAsync("jefe");
        using var admin = await app.SignedInAsync("admin");
        await PutAsync(jefe, 0, "Corte");
        await using var window = await chromium.OpenAsync(app.Address, 1920, 1080);
        await Wall.OpenAsync(window.Page, await Wall.KeyAsync(admin), "prueba");
        await using (var raise = Database.CreateCommand(Wall.RaiseSql("M-7", "Botones: quedan 9.", "critical")))
            await raise.ExecuteNonQueryAsync();
        await Expect(window.Page.GetByText("Botones: quedan 9")).ToBeVisibleAsync();
        await PutAsync(jefe, 1, "Costura");
        await Expect(window.Page.Locator("#title")).ToHaveTextAsync("Costura");

        static async Task PutAsync(HttpClient api, int version, string title)
        {
            object[] panels =
            [
                new
                {
                    kind = "Alerts",
                    page = 1,
                    column = 1,
                    row = 1,
                    width = 3,
                    height = 6,
                },
                new
                {
                    kind = "LineLoad",
                    page = 1,
                    column = 4,
                    row = 1,
                    width = 3,
                    height = 3,
                },
                new
                {
                    kind = "Totals",
                    page = 1,
                    column = 4,
                    row = 4,
                    width = 3,
                    height = 3,
                },
            ];
            var body = new
            {
                title,
                theme = "dark",
                columns = 6,
                rows = 6,
                rotationSeconds = 30,
                panels,
                version,
            };
            var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(api, "/api/v1/screens/prueba", body);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }
}
