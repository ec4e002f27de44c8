using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Orders;

/// <summary>One person in front of the matrix of one order, whose connection to the hub can be cut and given back.</summary>
public sealed class MatrixWindow : IAsyncDisposable
{
    private readonly Window window;
    private readonly List<IWebSocketRoute> sockets = [];
    private bool cut;

    private MatrixWindow(Window window) => this.window = window;

    public IPage Page => window.Page;

    /// <summary>What the browser complained of; a test that takes the network away clears it.</summary>
    public List<string> Complaints => window.Complaints;

    public static async Task<MatrixWindow> OpenAsync(PlantApp app, Chromium chromium, string order, string user = "jefe")
    {
        var opened = await OpenAsync(app.Address, chromium, user, $"/manufacturing/work-order/{order}/");
        await opened.ShownAsync();
        return opened;
    }

    /// <summary>Somebody who has signed in and is about to open an order.</summary>
    public static async Task<MatrixWindow> OpenAsync(Uri address, Chromium chromium, string user, string path)
    {
        var window = await chromium.OpenAsync(address, 1440, 900);
        var opened = new MatrixWindow(window);
        await window.Page.RouteWebSocketAsync("**/hubs/plant", opened.Connect);
        await window.SignInAsync(user, path);
        return opened;
    }

    /// <summary>Waits until the page is connected.</summary>
    public Task ReadyAsync() => window.ReadyAsync();

    /// <summary>Waits until the matrix is there and its connection has said who else is.</summary>
    public async Task ShownAsync()
    {
        await Expect(Cell("T-101", "28")).ToBeVisibleAsync();
        await Expect(Page.Locator("[data-matrix-people] span").First).ToBeVisibleAsync();
    }

    /// <summary>The input of a cell.</summary>
    public ILocator Input(string x, string y) => Cell(x, y).Locator("input");

    /// <summary>The cell by the codes of its values.</summary>
    public ILocator Cell(string x, string y) => Page.Locator($"td[data-i=\"{Orders.Index(x, y)}\"]");

    /// <summary>What stands under the quantities: state and sentences.</summary>
    public ILocator Note(string x, string y) => Cell(x, y).Locator(".mx-note");

    /// <summary>Types into a cell as a person does and leaves it downwards.</summary>
    public async Task WriteAsync(string x, string y, string text)
    {
        await Input(x, y).ClickAsync();
        await Page.Keyboard.TypeAsync(text);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until the plant has everything that was typed.</summary>
    public async Task SettledAsync() => Assert.True(await Page.EvaluateAsync<bool>("() => plantMatrixSettled()"));

    /// <summary>Pastes as from a spreadsheet into the cell that has the keyboard.</summary>
    public Task PasteAsync(string text) =>
        Page.EvaluateAsync(
            """
            text => {
              const data = new DataTransfer();
              data.setData('text/plain', text);
              document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """,
            text
        );

    /// <summary>Code of the cell that has the keyboard, as its place in the table.</summary>
    public Task<int> FocusAsync() =>
        Page.EvaluateAsync<int>("() => Number(document.activeElement.closest('td')?.dataset.i ?? -1)");

    /// <summary>The network to the hub goes away, and stays away.</summary>
    public async Task CutAsync()
    {
        cut = true;
        foreach (var socket in sockets.ToArray())
            await socket.CloseAsync();
        sockets.Clear();
    }

    /// <summary>Marks the page as it is now, to tell whether it has been loaded anew.</summary>
    public Task MarkPageAsync() => Page.EvaluateAsync("() => { globalThis.oldPage = true; }");

    /// <summary>Waits until the marked page was replaced by a new one whose matrix is connected.</summary>
    public async Task LoadedAnewAsync()
    {
        await Page.WaitForFunctionAsync("() => !globalThis.oldPage", null, new() { Timeout = 180_000 });
        await window.ReadyAsync();
        await ShownAsync();
    }

    /// <summary>Whoever kills the server has meant what the page then complained of.</summary>
    public void ForgiveLostConnections() =>
        window.Complaints.RemoveAll(c =>
            c.Contains("ERR_", StringComparison.Ordinal)
            || c.Contains("WebSocket", StringComparison.Ordinal)
            || c.Contains("Connection disconnected", StringComparison.Ordinal)
            || c.Contains("Error: Failed to ", StringComparison.Ordinal)
        );

    /// <summary>The network is back.</summary>
    public void Mend() => cut = false;

    public ValueTask DisposeAsync() => window.DisposeAsync();

    private async void Connect(IWebSocketRoute socket)
    {
        if (cut)
        {
            await socket.CloseAsync();
            return;
        }

        sockets.Add(socket);
        socket.ConnectToServer();
    }
}

/// <summary>Orders made over the API: 4 tonos by 4 tallas, curve 2-4-4-2.</summary>
internal static class Orders
{
    private static readonly string[] X = ["T-101", "T-105", "T-110", "T-115"];
    private static readonly string[] Y = ["28", "30", "32", "34"];
    private static readonly int[] Curve = [2, 4, 4, 2];

    public static int Index(string x, string y) => (Array.IndexOf(X, x) * Y.Length) + Array.IndexOf(Y, y);

    /// <summary>A distributed order; started, its cells take what is to be produced.</summary>
    public static async Task<string> NewAsync(PlantApp app, bool started = true, decimal quantity = 1200)
    {
        using var api = await app.SignedInAsync("jefe");
        var body = new
        {
            material = "PT-JRC",
            quantity,
            matrix = new
            {
                xValues = X,
                yValues = Y,
                curve = Y.Select((value, i) => new { value, proportion = Curve[i] }),
            },
        };
        var order = await SendAsync(api, "orders", body);
        var number = order.GetProperty("number").GetString()!;
        await SendAsync(api, $"orders/{number}/matrix/recalculate", new { });
        if (!started)
            return number;
        await SendAsync(api, $"orders/{number}/confirm-planning", new { });
        await SendAsync(api, $"orders/{number}/start", new { });
        return number;
    }

    /// <summary>A cell as the plant has it.</summary>
    public static async Task<JsonElement> CellAsync(PlantApp app, string order, string x, string y)
    {
        using var api = await app.SignedInAsync("jefe");
        var matrix = await api.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order}/matrix");
        return matrix
            .GetProperty("cells")
            .EnumerateArray()
            .Single(c => c.GetProperty("x").GetString() == x && c.GetProperty("y").GetString() == y);
    }

    private static async Task<JsonElement> SendAsync(HttpClient api, string path, object body)
    {
        var answer = await api.PostAsJsonAsync("/api/v1/" + path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
