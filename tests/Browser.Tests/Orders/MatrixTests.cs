using Manufactura.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Orders;

[Collection(Floor.Name)]
public sealed class MatrixTests(PlantApp app, Chromium chromium)
{
    [Fact]
    public async Task Keys_move_as_on_a_spreadsheet_and_typing_replaces()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await jefe.Input("T-101", "30").ClickAsync();
        await jefe.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(Orders.Index("T-101", "32"), await jefe.FocusAsync());
        await jefe.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(Orders.Index("T-105", "32"), await jefe.FocusAsync());
        await jefe.Page.Keyboard.TypeAsync("12");
        await jefe.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(Orders.Index("T-110", "32"), await jefe.FocusAsync());
        await jefe.Page.Keyboard.PressAsync("Shift+Tab");
        Assert.Equal(Orders.Index("T-110", "30"), await jefe.FocusAsync());
        await jefe.Input("T-105", "32").ClickAsync();
        await jefe.Page.Keyboard.TypeAsync("7");
        await jefe.Page.Keyboard.PressAsync("Escape");
        await Expect(jefe.Input("T-105", "32")).ToHaveValueAsync("12");
        await jefe.Page.Keyboard.TypeAsync("9");
        await jefe.Page.Keyboard.PressAsync("Tab");
        await Expect(jefe.Page.Locator("[data-matrix-sum]")).ToHaveTextAsync("· 1 celda, 9 unidades");
        await jefe.Page.Keyboard.PressAsync("Control+z");
        await Expect(jefe.Input("T-105", "32")).ToHaveValueAsync("12");

        // A click into the cell that has the keyboard selects it, a double click and F2 go into its text.
        await jefe.Input("T-105", "32").ClickAsync();
        await jefe.Input("T-105", "32").ClickAsync();
        await jefe.Page.Keyboard.TypeAsync("8");
        await Expect(jefe.Input("T-105", "32")).ToHaveValueAsync("8");
        await jefe.Page.Keyboard.PressAsync("Escape");
        await jefe.Input("T-105", "32").DblClickAsync();
        await jefe.Page.Keyboard.TypeAsync("5");
        await Expect(jefe.Input("T-105", "32")).ToHaveValueAsync("125");
    }

    [Fact]
    public async Task A_block_from_a_spreadsheet_is_one_command_all_of_it_or_nothing()
    {
        var order = await Orders.NewAsync(app, started: false, quantity: 12_000);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await jefe.Input("T-105", "30").ClickAsync();
        await jefe.PasteAsync("1.100\t900\r\n1.000\t1.000\r\n");
        await Expect(jefe.Input("T-105", "30")).ToHaveValueAsync("1100");
        await jefe.SettledAsync();
        Assert.Equal(900, (await Orders.CellAsync(app, order, "T-105", "32")).GetProperty("planned").GetDecimal());
        await jefe.PasteAsync("1\tuno");
        await Expect(jefe.Page.Locator(".mx-said")).ToContainTextAsync("«uno» no es una cantidad");
        await Expect(jefe.Input("T-105", "30")).ToHaveValueAsync("1100");
        await jefe.Page.Keyboard.PressAsync("Control+z");
        await Expect(jefe.Input("T-105", "30")).ToHaveValueAsync("1000");
        await Expect(jefe.Input("T-105", "32")).ToHaveValueAsync("1000");
    }

    [Fact]
    public async Task Two_people_in_one_cell_are_asked_and_nothing_is_overwritten()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await using var operario = await MatrixWindow.OpenAsync(app, chromium, order, "operario");
        await jefe.Input("T-110", "32").ClickAsync();
        await Expect(operario.Cell("T-110", "32")).ToHaveAttributeAsync("data-who", "Jefe");
        await jefe.Page.Keyboard.TypeAsync("25");
        await operario.WriteAsync("T-110", "32", "30");
        await Expect(jefe.Note("T-110", "32")).ToHaveTextAsync("Operario puso 30");
        await Expect(jefe.Input("T-110", "32")).ToHaveValueAsync("25");
        await jefe.Page.Keyboard.PressAsync("Enter");
        await Expect(jefe.Page.Locator(".mx-pop")).ToContainTextAsync("Operario puso 30");
        Assert.Equal(30, (await Orders.CellAsync(app, order, "T-110", "32")).GetProperty("toProduce").GetDecimal());
        await jefe.Page.GetByText("Usar 25").ClickAsync();
        await Expect(operario.Input("T-110", "32")).ToHaveValueAsync("25");
        await Expect(jefe.Page.Locator(".mx-pop")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_being_typed_survives_a_refresh()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await jefe.Input("T-115", "34").ClickAsync();
        await jefe.Page.Keyboard.TypeAsync("17");
        await jefe.Page.ReloadAsync();
        // Also the keyboard is where it was, and what was half typed is typed to its end.
        await jefe.ReadyAsync();
        await Expect(jefe.Input("T-115", "34")).ToHaveValueAsync("17");
        await Expect(jefe.Input("T-115", "34")).ToBeFocusedAsync();
        await jefe.Page.Keyboard.PressAsync("Backspace");
        await jefe.Page.Keyboard.TypeAsync("6");
        await jefe.Page.Keyboard.PressAsync("Enter");
        await Expect(jefe.Page.Locator("[data-matrix-sum]")).ToHaveTextAsync("· 1 celda, 16 unidades");
        await jefe.SettledAsync();
        Assert.Equal(16, (await Orders.CellAsync(app, order, "T-115", "34")).GetProperty("toProduce").GetDecimal());
    }

    [Fact]
    public async Task What_is_typed_without_a_connection_is_sent_when_it_is_back_and_what_was_missed_shows()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await using var operario = await MatrixWindow.OpenAsync(app, chromium, order, "operario");
        await jefe.CutAsync();
        await jefe.WriteAsync("T-101", "28", "8");
        await Expect(jefe.Note("T-101", "28")).ToContainTextAsync("sin enviar");
        await operario.WriteAsync("T-101", "30", "5");
        await operario.SettledAsync();
        await Expect(jefe.Input("T-101", "30")).ToHaveValueAsync("");
        jefe.Mend();
        await Expect(jefe.Input("T-101", "30")).ToHaveValueAsync("5");
        await Expect(operario.Input("T-101", "28")).ToHaveValueAsync("8");
        await Expect(jefe.Note("T-101", "28")).Not.ToContainTextAsync("sin enviar");
    }

    [Fact]
    public async Task More_than_is_outstanding_is_refused_with_the_sentence_and_stays_typed()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await jefe.WriteAsync("T-101", "28", "5000");
        await Expect(jefe.Note("T-101", "28")).ToContainTextAsync("como máximo 50");
        await Expect(jefe.Input("T-101", "28")).ToHaveValueAsync("5000");
        Assert.Equal(0, (await Orders.CellAsync(app, order, "T-101", "28")).GetProperty("toProduce").GetDecimal());
    }
}
