using System.Text.Json;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Lines;

/// <summary>The planning board on a tablet: a finger that stays takes an order up, one that moves at once scrolls.</summary>
[Collection(Floor.Name)]
public sealed class BoardTouchTests(PlantApp app, Chromium chromium) : IAsyncLifetime
{
    private BoardOrders orders = null!;

    public async Task InitializeAsync() => orders = await BoardOrders.OpenAsync(app);

    public async Task DisposeAsync() => await orders.DisposeAsync();

    [Fact]
    public async Task An_order_is_dragged_onto_a_line_and_within_its_queue_by_finger()
    {
        var (first, second) = (await orders.NewAsync(30, "ZA"), await orders.NewAsync(60));
        await using var board = await LineBoard.OpenAsync(app, chromium, height: 2600, touch: true);
        await using var finger = await Finger.OnAsync(board.Page);
        await finger.HoldAsync(LineBoard.Middle(await LineBoard.BoxAsync(board.Card(second))));
        await Expect(board.Page.Locator(".ln-ghost")).ToBeVisibleAsync();
        var lane = await LineBoard.BoxAsync(board.Lane("ZA"));
        await finger.MoveAsync(lane.X + lane.Width - 40, lane.Y + 20);
        await Expect(board.Page.Locator(".ln-fit")).ToHaveTextAsync("ZA: 10 % → 30 %");
        await finger.LiftAsync();
        await board.ShowsAsync("ZA", first, second);

        await finger.HoldAsync(LineBoard.Middle(await LineBoard.BoxAsync(board.Card(second))));
        await Expect(board.Page.Locator(".ln-ghost")).ToBeVisibleAsync();
        var box = await LineBoard.BoxAsync(board.Card(first));
        await finger.MoveAsync(box.X + 10, box.Y + box.Height / 2);
        await finger.LiftAsync();
        await board.ShowsAsync("ZA", second, first);
        await Expect(board.Dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_finger_that_moves_at_once_scrolls_and_one_that_taps_opens_the_dialog()
    {
        var number = await orders.NewAsync(30);
        await using var board = await LineBoard.OpenAsync(app, chromium, height: 768, touch: true);
        await using var finger = await Finger.OnAsync(board.Page);
        var list = board.Tray.Locator(".ln-queue");
        var (x, y) = LineBoard.Middle(await LineBoard.BoxAsync(board.Card(number)));
        await finger.PutAsync(x, y + 150);
        await finger.MoveAsync(x, y - 50);
        await finger.LiftAsync();
        await Expect(board.Page.Locator(".ln-ghost")).ToHaveCountAsync(0);
        await board.Page.WaitForFunctionAsync(
            "() => document.querySelector('.ln-tray .ln-queue').scrollTop > 20 || scrollY > 20"
        );
        Assert.Null(await orders.LineOfAsync(number));
        await list.EvaluateAsync("list => { list.scrollTop = 0; scrollTo(0, 0); }");
        await board.Card(number).TapAsync();
        await Expect(board.Dialog.Locator(".ln-option")).ToHaveCountAsync(2);
        // Everything to be hit is at least 44 px high.
        foreach (var target in await board.Page.Locator(".ln-dialog button, .ln-dialog .button, .ln-card, .ln-ahead").AllAsync())
            Assert.InRange((await target.BoundingBoxAsync())!.Height, 44, 1000);
    }

    /// <summary>One finger, through the browser's own touch input.</summary>
    private sealed class Finger : IAsyncDisposable
    {
        private readonly ICDPSession session;
        private (float X, float Y) at;

        private Finger(ICDPSession session) => this.session = session;

        public static async Task<Finger> OnAsync(IPage page) => new(await page.Context.NewCDPSessionAsync(page));

        public Task PutAsync(float x, float y)
        {
            at = (x, y);
            return SendAsync("touchStart");
        }

        /// <summary>Puts the finger down and leaves it there; the page decides when that was long enough.</summary>
        public Task HoldAsync((float X, float Y) place) => PutAsync(place.X, place.Y);

        public async Task MoveAsync(float x, float y)
        {
            var from = at;
            for (var i = 1; i <= 8; i++)
            {
                at = (from.X + (x - from.X) * i / 8, from.Y + (y - from.Y) * i / 8);
                await SendAsync("touchMove");
            }
        }

        public Task LiftAsync() => SendAsync("touchEnd");

        public async ValueTask DisposeAsync() => await session.DetachAsync();

        private Task<JsonElement?> SendAsync(string type)
        {
            object[] points = type == "touchEnd" ? [] : [new Dictionary<string, object> { ["x"] = at.X, ["y"] = at.Y }];
            return session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = points });
        }
    }
}
