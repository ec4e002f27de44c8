using Manufactura.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Lines;

/// <summary>All of the planning board without a mouse.</summary>
[Collection(Floor.Name)]
public sealed class BoardKeyboardTests(PlantApp app, Chromium chromium) : IAsyncLifetime
{
    private BoardOrders orders = null!;

    public async Task InitializeAsync() => orders = await BoardOrders.OpenAsync(app);

    public async Task DisposeAsync() => await orders.DisposeAsync();

    [Fact]
    public async Task An_order_is_divided_and_its_parts_assigned_by_keyboard_alone()
    {
        var number = await orders.NewAsync(500);
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.Card(number).FocusAsync();
        await board.Page.Keyboard.PressAsync("Enter");
        // The dialog begins on the first line by priority; its question begins on "Dividir".
        await Expect(board.Dialog.Locator(".ln-option").First).ToBeFocusedAsync();
        await Expect(board.Dialog.Locator(".ln-option").First).ToContainTextAsync("excede: se puede dividir");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Dialog.Locator(".button.main")).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Enter");
        await board.ShowsAsync("ZA", number);
        var part = Assert.Single(await orders.PartsAsync(number));
        // The order has gone to its line, and so has the focus; from there the arrows lead back to the part that waits.
        await Expect(board.Card(number)).ToBeFocusedAsync();
        await board.WaitsAsync(part);
        await board.Page.Keyboard.PressAsync("ArrowLeft");
        await GoToAsync(board, part);
        await board.Page.Keyboard.PressAsync(" ");
        await Expect(board.Dialog.Locator(".ln-option").First).ToBeFocusedAsync();
        await TabToAsync(board, ".ln-option:has-text('ZB')");
        await board.Page.Keyboard.PressAsync("Enter");
        await board.ShowsAsync("ZB", part);
        await board.ShowsAsync("ZA", number);
        await Expect(board.Card(part)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Whoever_types_ahead_of_the_dialog_gets_the_line_they_went_to()
    {
        var number = await orders.NewAsync(50);
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.Card(number).FocusAsync();
        // Twice at once is one dialog.
        await board.Page.Keyboard.PressAsync("Enter");
        await board.Page.EvaluateAsync(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))"
        );
        await board.Dialog.First.WaitForAsync();
        await board.Page.Keyboard.PressAsync("Tab");
        await Expect(board.Dialog.Locator(".ln-option:has-text('ZB')")).ToBeFocusedAsync();
        // Longer than the component would take to bring the focus back to the first.
        await Assert.ThrowsAsync<TimeoutException>(() =>
            board.Page.WaitForFunctionAsync(
                "() => document.activeElement !== document.querySelectorAll('.ln-option')[1]",
                null,
                new() { Timeout = 700 }
            )
        );
        await board.Page.Keyboard.PressAsync("Enter");
        await board.ShowsAsync("ZB", number);
        await Expect(board.Dialog).ToHaveCountAsync(0);
        await Expect(board.Card(number)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Whatever_others_do_the_focus_stays_on_the_order_or_in_its_place()
    {
        var (a, b, c) = (await orders.NewAsync(10, "ZA"), await orders.NewAsync(20, "ZA"), await orders.NewAsync(30, "ZA"));
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.ShowsAsync("ZA", a, b, c);
        await board.Card(b).FocusAsync();
        await orders.DoAsync(b, "assign-line", new { line = "ZB" });
        await board.ShowsAsync("ZB", b);
        await Expect(board.Card(b)).ToBeFocusedAsync();
        // Closed without a choice, the dialog comes back to its order.
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Dialog).ToBeVisibleAsync();
        await board.Page.Keyboard.PressAsync("Escape");
        await Expect(board.Card(b)).ToBeFocusedAsync();
        // One that leaves the board leaves the focus to the next in its place.
        await PressAsync(board, "ArrowUp", a);
        await orders.DoAsync(a, "cancel", new { });
        await board.ShowsAsync("ZA", c);
        await Expect(board.Card(c)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task An_order_goes_earlier_later_and_off_the_line_and_the_focus_goes_with_it()
    {
        var (a, b, c) = (await orders.NewAsync(10, "ZA"), await orders.NewAsync(20, "ZA"), await orders.NewAsync(30, "ZA"));
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.ShowsAsync("ZA", a, b, c);
        await board.Card(a).FocusAsync();
        await PressAsync(board, "ArrowRight", b);
        await PressAsync(board, "ArrowRight", c);
        await board.Page.Keyboard.PressAsync("Alt+ArrowLeft");
        await board.ShowsAsync("ZA", a, c, b);
        await Expect(board.Card(c)).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Alt+ArrowLeft");
        await board.ShowsAsync("ZA", c, a, b);
        // The first does not go further.
        await board.Page.Keyboard.PressAsync("Alt+ArrowLeft");
        await board.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await board.ShowsAsync("ZA", a, c, b);
        await board.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await board.ShowsAsync("ZA", a, b, c);
        await Expect(board.Card(c)).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Delete");
        await board.WaitsAsync(c);
        await board.SaysAsync($"Orden {c} retirada de su línea.");
        await Expect(board.Card(c)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_the_arrows_do_the_dialog_does_too()
    {
        var (a, b, c) = (await orders.NewAsync(10, "ZA"), await orders.NewAsync(20, "ZA"), await orders.NewAsync(30, "ZA"));
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.ShowsAsync("ZA", a, b, c);
        await ChooseAsync(board, c, "Al principio");
        await board.ShowsAsync("ZA", c, a, b);
        await ChooseAsync(board, c, "Después");
        await board.ShowsAsync("ZA", a, c, b);
        await ChooseAsync(board, b, "Antes");
        await board.ShowsAsync("ZA", a, b, c);
        await ChooseAsync(board, a, "Quitar de ZA");
        await board.ShowsAsync("ZA", b, c);
        await board.WaitsAsync(a);
    }

    /// <summary>Down the tray, which begins with what is most urgent, to an order.</summary>
    private static async Task GoToAsync(LineBoard board, string order)
    {
        for (var step = 0; step < 20; step++)
        {
            await Expect(board.Tray.Locator(".ln-card:focus")).ToHaveCountAsync(1);
            if (await board.Tray.Locator(".ln-card:focus").GetAttributeAsync("data-order") == order)
                return;
            await board.Page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Fail($"{order} was not reached.");
    }

    /// <summary>On through the dialog, which goes round, to one of its elements.</summary>
    private static async Task TabToAsync(LineBoard board, string element)
    {
        for (var step = 0; step < 10; step++)
        {
            await board.Page.Keyboard.PressAsync("Tab");
            if (await board.Dialog.Locator(element + ":focus").CountAsync() == 1)
                return;
        }

        Assert.Fail($"{element} was not reached.");
    }

    private static async Task PressAsync(LineBoard board, string key, string focused)
    {
        await board.Page.Keyboard.PressAsync(key);
        await Expect(board.Card(focused)).ToBeFocusedAsync();
    }

    private static async Task ChooseAsync(LineBoard board, string order, string what)
    {
        await board.Card(order).FocusAsync();
        await board.Page.Keyboard.PressAsync("Enter");
        var button = board.Dialog.Locator($"button:has-text('{what}')");
        await button.FocusAsync();
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Dialog).ToHaveCountAsync(0);
    }
}
