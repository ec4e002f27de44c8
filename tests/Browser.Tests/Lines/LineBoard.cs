using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Lines;

/// <summary>One person in front of the planning board.</summary>
public sealed class LineBoard(Window window) : IAsyncDisposable
{
    public IPage Page => window.Page;

    public ILocator Tray => Page.Locator("[data-tray]");

    public ILocator Dialog => Page.Locator(".ln-dialog");

    /// <summary>What the page says of the last command.</summary>
    public ILocator Notice => Page.Locator(".ln-notice");

    public static async Task<LineBoard> OpenAsync(
        PlantApp app,
        Chromium chromium,
        string user = "operario",
        int height = 1900,
        bool touch = false
    )
    {
        var window = await chromium.OpenAsync(app.Address, touch ? 1024 : 1600, height, touch: touch);
        await window.SignInAsync(user, "/lines");
        await Expect(window.Page.Locator(".ln-lane").First).ToBeVisibleAsync();
        return new LineBoard(window);
    }

    public ILocator Lane(string line) => Page.Locator($".ln-lane[data-line='{line}']");

    public ILocator Card(string order) => Page.Locator($"[data-lines-board] .ln-card[data-order='{order}']");

    /// <summary>Waits until a line's queue shows exactly these orders, in sequence.</summary>
    public async Task ShowsAsync(string line, params string[] orders)
    {
        var cards = Lane(line).Locator(".ln-card");
        await Expect(cards).ToHaveCountAsync(orders.Length);
        for (var i = 0; i < orders.Length; i++)
            await Expect(cards.Nth(i)).ToHaveAttributeAsync("data-order", orders[i]);
    }

    /// <summary>Waits until an order is in the tray.</summary>
    public Task WaitsAsync(string order) => Expect(Tray.Locator($".ln-card[data-order='{order}']")).ToHaveCountAsync(1);

    /// <summary>The percent that a line's bar stands at.</summary>
    public Task StandsAtAsync(string line, int percent) =>
        Expect(Lane(line).Locator(".ln-bar[role=img]").First)
            .ToHaveAttributeAsync("aria-label", new Regex($"{percent.ToString(CultureInfo.InvariantCulture)} %$"));

    public Task SaysAsync(string sentence) => Expect(Notice).ToContainTextAsync(sentence);

    /// <summary>Takes a card with the mouse and lets it go over a lane's head (behind its queue) or the tray's.</summary>
    public async Task DragAsync(string order, ILocator to)
    {
        await TakeAsync(order);
        await OverAsync(to);
        await Page.Mouse.UpAsync();
    }

    /// <summary>Takes a card with the mouse and lets it go in front of another one.</summary>
    public async Task DragBeforeAsync(string order, string other)
    {
        await TakeAsync(order);
        var box = await BoxAsync(Card(other));
        await Page.Mouse.MoveAsync(box.X + 12, box.Y + box.Height / 2, new() { Steps = 6 });
        await Page.Mouse.UpAsync();
    }

    public async Task TakeAsync(string order)
    {
        var (x, y) = Middle(await BoxAsync(Card(order)));
        await Page.Mouse.MoveAsync(x, y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(x + 12, y + 12, new() { Steps = 3 });
        await Expect(Page.Locator(".ln-ghost")).ToBeVisibleAsync();
    }

    public async Task OverAsync(ILocator place)
    {
        var box = await BoxAsync(place);
        await Page.Mouse.MoveAsync(box.X + 40, box.Y + 20, new() { Steps = 6 });
        await Expect(place).ToHaveAttributeAsync("data-over", "");
    }

    public ValueTask DisposeAsync() => window.DisposeAsync();

    internal static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator element)
    {
        await element.ScrollIntoViewIfNeededAsync();
        return (await element.BoundingBoxAsync())!;
    }

    internal static (float X, float Y) Middle(LocatorBoundingBoxResult box) => (box.X + box.Width / 2, box.Y + box.Height / 2);
}

/// <summary>
/// Orders and lines of the board's tests: product <c>bt-p</c> (1 kg), lines <c>ZA</c> (300 kg, priority 1) and <c>ZB</c> (200 kg), and
/// <c>ZX</c>, which makes something else. What a test made is cancelled when it ends, so that the next one finds empty queues.
/// </summary>
public sealed class BoardOrders(HttpClient api) : IAsyncDisposable
{
    private static bool isBuilt;
    private readonly List<string> made = [];

    public static async Task<BoardOrders> OpenAsync(PlantApp app)
    {
        var orders = new BoardOrders(await app.SignedInAsync("jefe"));
        if (!isBuilt)
            await orders.BuildAsync();
        isBuilt = true;
        return orders;
    }

    /// <summary>A Planned order so late that it stands first in the tray.</summary>
    public async Task<string> NewAsync(decimal quantity, string? line = null)
    {
        var order = await SendAsync(
            "orders",
            new
            {
                material = "bt-p",
                quantity,
                dueDate = "2020-01-01",
            }
        );
        var number = order.GetProperty("number").GetString()!;
        made.Add(number);
        await SendAsync($"orders/{number}/confirm-planning", new { });
        if (line is not null)
            await DoAsync(number, "assign-line", new { line });
        return number;
    }

    public Task<JsonElement> DoAsync(string number, string command, object body) => SendAsync($"orders/{number}/{command}", body);

    public Task<JsonElement> ReadAsync(string number) => api.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{number}");

    /// <summary>Takes a line that a test may have left out of the board's choices: one that was used cannot be deleted.</summary>
    public async Task ForgetLineAsync(string code)
    {
        using var found = await api.GetAsync($"/api/v1/lines/{code}");
        if (found.IsSuccessStatusCode)
            await ActivateAsync(code, 1, active: false);
    }

    public Task<JsonElement> LineAsync(string code) => api.GetFromJsonAsync<JsonElement>($"/api/v1/lines/{code}");

    public async Task<string?> LineOfAsync(string number) => (await ReadAsync(number)).GetProperty("line").GetString();

    /// <summary>The orders that came of an order by division and are still open, oldest first.</summary>
    public async Task<string[]> PartsAsync(string number)
    {
        var found = await api.GetFromJsonAsync<JsonElement>($"/api/v1/orders?parent={number}&status=Planned");
        return [.. found.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("number").GetString()!).Reverse()];
    }

    public Task ActivateAsync(string line, decimal capacityKg, bool active) =>
        SendAsync(
            $"lines/{line}",
            new
            {
                name = "Línea " + line,
                capacityKg,
                active,
                products = new[] { new { material = "bt-p", priority = 1 } },
            },
            HttpMethod.Put
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var number in made)
        {
            foreach (var part in await PartsAsync(number))
                await SendAsync($"orders/{part}/cancel", new { });
            using var answer = await api.PostAsJsonAsync($"/api/v1/orders/{number}/cancel", new { });
        }

        api.Dispose();
    }

    private async Task BuildAsync()
    {
        foreach (var (code, unitWeightKg) in new[] { ("bt-p", 1m), ("bt-other", 1m) })
            await SendAsync(
                "materials",
                new
                {
                    code,
                    name = "Producto " + code,
                    kind = "FinishedProduct",
                    unit = "und",
                    unitWeightKg,
                }
            );
        foreach (
            var (code, kg, material, priority) in new[]
            {
                ("ZA", 300, "bt-p", 1),
                ("ZB", 200, "bt-p", 2),
                ("ZX", 300, "bt-other", 1),
            }
        )
            await SendAsync(
                "lines",
                new
                {
                    code,
                    name = "Línea " + code,
                    capacityKg = kg,
                    products = new[] { new { material, priority } },
                }
            );
    }

    private async Task<JsonElement> SendAsync(string path, object body, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, "/api/v1/" + path)
        {
            Content = JsonContent.Create(body),
        };
        using var answer = await api.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
