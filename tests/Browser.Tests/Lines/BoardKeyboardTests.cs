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
    public async Task An_order_is_divided_and_assigned_with_enter_alone()
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
        Assert.Single(await orders.PartsAsync(number));
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
