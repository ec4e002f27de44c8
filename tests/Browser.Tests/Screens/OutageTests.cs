using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Screens;

/// <summary>The server goes away under everybody who looks and types, and comes back: nobody has to do anything, and nothing is lost.</summary>
[Collection(Floor.Name)]
public sealed class OutageTests(PlantApp app, Chromium chromium) : IAsyncLifetime
{
    private const int PatienceMs = 120_000;
    private static readonly string[] X = ["T-101", "T-105", "T-110"];
    private static readonly string[] Y = ["28", "30", "32", "34"];
    private static readonly string[] Editors = ["jefe", "supervisor", "operario"];

    private readonly List<Window> windows = [];
    private NpgsqlDataSource database = null!;
    private PlantProcess plant = null!;

    public async Task InitializeAsync()
    {
        // The shared application's server of databases; a database and a process of its own.
        Assert.NotNull(app.Address);
        var (_, connection) = await PostgresFixture.CreateDatabaseAsync();
        database = NpgsqlDataSource.Create(connection);
        plant = new PlantProcess(connection);
        await plant.StartAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var window in windows)
        {
            // A browser says of every refused connection that it was.
            window.Complaints.Clear();
            await window.DisposeAsync();
        }

        await plant.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Five_screens_and_three_editors_come_back_without_a_hand_and_nothing_typed_is_lost()
    {
        using var admin = await SignedInAsync("admin");
        var order = await StartedAsync(admin);
        await PutScreenAsync(admin, order);
        var key = await Wall.KeyAsync(admin);
        var screens = new List<IPage>();
        for (var i = 0; i < 5; i++)
        {
            var page = (await WindowAsync(1280, 720)).Page;
            await Wall.OpenAsync(page, key, "taller");
            await page.EvaluateAsync("() => (window.same = true)");
            screens.Add(page);
        }

        var editors = new List<IPage>();
        foreach (var user in Editors)
        {
            var window = await WindowAsync(1280, 800);
            window.Page.SetDefaultTimeout(PatienceMs);
            await window.SignInAsync(user, $"/manufacturing/work-order/{order}/");
            await Expect(Input(window.Page, 0)).ToBeVisibleAsync(new() { Timeout = PatienceMs });
            editors.Add(window.Page);
        }

        // Each has a row: a value that arrives, then two typed with no server, the last of them left half-way.
        await EachAsync(editors, (page, row) => WriteAsync(page, row, 0, row + 1));
        await CellsAsync(admin, order, (row, column) => column == 0 ? row + 1 : 0);

        await plant.KillAsync();
        foreach (var page in screens)
            await Wall.StaleAsync(page, PatienceMs);
        await EachAsync(editors, (page, row) => WriteAsync(page, row, 1, row + 4));
        foreach (var (page, row) in editors.Select((p, i) => (p, i)))
        {
            await Expect(Cell(page, Index(row, 1)).Locator(".mx-note")).ToContainTextAsync("sin enviar");
            await Input(page, Index(row, 2)).ClickAsync();
            await page.Keyboard.TypeAsync($"{row + 7}");
        }

        await using (var raise = database.CreateCommand(Wall.RaiseSql("M-1", "Hilo azul: quedan 3 conos.", "critical")))
            await raise.ExecuteNonQueryAsync();
        await plant.StartAsync();

        foreach (var page in screens)
        {
            await Wall.LiveAsync(page, PatienceMs);
            await Expect(page.GetByText("Hilo azul: quedan 3 conos")).ToBeVisibleAsync(new() { Timeout = PatienceMs });
            Assert.True(await page.EvaluateAsync<bool>("() => window.same === true"), "A screen was loaded anew.");
        }

        await CellsAsync(
            admin,
            order,
            (row, column) =>
                column == 0 ? row + 1
                : column == 1 ? row + 4
                : column == 2 ? null
                : 0
        );
        foreach (var (page, row) in editors.Select((p, i) => (p, i)))
            await Expect(Input(page, Index(row, 2))).ToHaveValueAsync($"{row + 7}", new() { Timeout = PatienceMs });

        // Whoever opens a screen now sees what the database has; the five that were there all along show the same.
        var fresh = (await WindowAsync(1280, 720)).Page;
        await Wall.OpenAsync(fresh, key, "taller");
        var expected = await WordsAsync(fresh);
        foreach (var page in screens)
            await page.WaitForFunctionAsync(
                $"expected => ({Words})() === expected",
                expected,
                new() { Timeout = PatienceMs, PollingInterval = 200 }
            );
    }

    // What a screen says, without what the clock alone changes.
    private const string Words =
        "() => [...document.querySelectorAll('.body')].map(b => { const c = b.cloneNode(true); c.querySelectorAll('time').forEach(t => t.remove()); return c.innerText.replace(/\\s+/g, ' '); }).join(' | ')";

    private static Task<string> WordsAsync(IPage page) => page.EvaluateAsync<string>(Words);

    private static int Index(int row, int column) => (row * Y.Length) + column;

    private static ILocator Cell(IPage page, int index) => page.Locator($"td[data-i=\"{index}\"]");

    private static ILocator Input(IPage page, int index) => Cell(page, index).Locator("input");

    private static async Task EachAsync(List<IPage> pages, Func<IPage, int, Task> act)
    {
        for (var i = 0; i < pages.Count; i++)
            await act(pages[i], i);
    }

    private static async Task WriteAsync(IPage page, int row, int column, int value)
    {
        await Input(page, Index(row, column)).ClickAsync();
        await page.Keyboard.TypeAsync($"{value}");
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until the plant has these values to produce; null: whatever it has.</summary>
    private static async Task CellsAsync(HttpClient api, string order, Func<int, int, decimal?> expected)
    {
        for (var end = Environment.TickCount64 + PatienceMs; ; await Task.Delay(200))
        {
            var wrong = await WrongAsync(api, order, expected);
            if (wrong is null)
                return;
            Assert.True(Environment.TickCount64 < end, wrong);
        }
    }

    private static async Task<string?> WrongAsync(HttpClient api, string order, Func<int, int, decimal?> expected)
    {
        var matrix = await api.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order}/matrix");
        foreach (var cell in matrix.GetProperty("cells").EnumerateArray())
        {
            var (x, y) = (cell.GetProperty("x").GetString(), cell.GetProperty("y").GetString());
            var wanted = expected(Array.IndexOf(X, x), Array.IndexOf(Y, y));
            var has = cell.GetProperty("toProduce").GetDecimal();
            if (wanted is not null && wanted != has)
                return $"{x} {y} has {has} and not {wanted}";
        }

        return null;
    }

    private static async Task<string> StartedAsync(HttpClient api)
    {
        var body = new
        {
            material = "PT-JRC",
            quantity = 1200,
            matrix = new
            {
                xValues = X,
                yValues = Y,
                curve = Y.Select(value => new { value, proportion = 1 }),
            },
        };
        var number = (await PostAsync(api, "orders", body)).GetProperty("number").GetString()!;
        foreach (var step in new[] { "matrix/recalculate", "confirm-planning", "start" })
            await PostAsync(api, $"orders/{number}/{step}", new { });
        return number;
    }

    private static async Task PutScreenAsync(HttpClient api, string order)
    {
        static object Panel(string kind, int column, int row, int width, int height, string? subject = null) =>
            new
            {
                kind,
                page = 1,
                column,
                row,
                width,
                height,
                subject,
            };
        var body = new
        {
            title = "Taller",
            theme = "dark",
            columns = 6,
            rows = 6,
            rotationSeconds = 30,
            version = 0,
            panels = new[]
            {
                Panel("OrderMatrix", 1, 1, 4, 3, order),
                Panel("Alerts", 5, 1, 2, 6),
                Panel("WaitingOrders", 1, 4, 2, 3),
                Panel("Totals", 3, 4, 2, 3),
            },
        };
        var answer = await api.PutAsJsonAsync("/api/v1/screens/taller", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> PostAsync(HttpClient api, string path, object body)
    {
        var answer = await api.PostAsJsonAsync("/api/v1/" + path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<Window> WindowAsync(int width, int height)
    {
        var window = await chromium.OpenAsync(plant.Address, width, height);
        windows.Add(window);
        return window;
    }

    private async Task<HttpClient> SignedInAsync(string user)
    {
        var api = new HttpClient { BaseAddress = plant.Address };
        var answer = await api.PostAsJsonAsync("/api/v1/auth/login", new { user, password = PlantApp.Password });
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        api.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return api;
    }
}
