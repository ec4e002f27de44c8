using System.Text.RegularExpressions;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Lines;

/// <summary>The planning board under the mouse.</summary>
[Collection(Floor.Name)]
public sealed class BoardTests(PlantApp app, Chromium chromium) : IAsyncLifetime
{
    private BoardOrders orders = null!;

    public async Task InitializeAsync() => orders = await BoardOrders.OpenAsync(app);

    public async Task DisposeAsync() => await orders.DisposeAsync();

    [Fact]
    public async Task An_order_dragged_onto_a_line_is_assigned_and_the_bar_moves()
    {
        var number = await orders.NewAsync(240);
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.TakeAsync(number);
        await board.OverAsync(board.Lane("ZA"));
        // What will be is shown before it is let go, and where it cannot go.
        await Expect(board.Page.Locator(".ln-fit")).ToHaveTextAsync("ZA: 0 % → 80 %");
        await Expect(board.Lane("ZX")).ToHaveAttributeAsync("data-blocked", "");
        await board.Page.Mouse.UpAsync();
        await board.ShowsAsync("ZA", number);
        await board.SaysAsync($"Orden {number} asignada a la línea ZA.");
        await board.StandsAtAsync("ZA", 80);
        Assert.Equal("ZA", await orders.LineOfAsync(number));
        await Expect(board.Page.Locator(".ln-ghost")).ToHaveCountAsync(0);
        await Expect(board.Dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_exceeds_opens_the_question_with_before_and_after_and_no_changes_nothing()
    {
        var number = await orders.NewAsync(500);
        var before = (await orders.ReadAsync(number)).GetRawText();
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.DragAsync(number, board.Lane("ZA"));
        await Expect(board.Dialog.GetByRole(AriaRole.Alert))
            .ToHaveTextAsync("La orden excede la capacidad de la línea (300 unidades). ¿Desea dividirla?");
        await Expect(board.Dialog.Locator(".ln-part.whole")).ToContainTextAsync("500 u");
        await Expect(board.Dialog.Locator(".ln-part.kept")).ToContainTextAsync("300 u");
        await Expect(board.Dialog.Locator(".ln-part.rest")).ToContainTextAsync("200 u");
        foreach (var no in new[] { "button:has-text('No dividir')", "Escape" })
        {
            if (no == "Escape")
            {
                await board.DragAsync(number, board.Lane("ZA"));
                await Expect(board.Dialog).ToBeVisibleAsync();
                await board.Page.Keyboard.PressAsync("Escape");
            }
            else
                await board.Dialog.Locator(no).ClickAsync();
            await Expect(board.Dialog).ToHaveCountAsync(0);
            await board.WaitsAsync(number);
            await board.ShowsAsync("ZA");
            Assert.Equal(before, (await orders.ReadAsync(number)).GetRawText());
        }
    }

    [Fact]
    public async Task A_division_is_made_and_taken_back()
    {
        var number = await orders.NewAsync(500);
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.DragAsync(number, board.Lane("ZA"));
        await board.Dialog.Locator(".button.main").ClickAsync();
        await board.ShowsAsync("ZA", number);
        var part = Assert.Single(await orders.PartsAsync(number));
        await board.SaysAsync($"{number} queda con 300 y la nueva {part} con 200.");
        await Expect(board.Card(number)).ToContainTextAsync("300 u");
        await board.WaitsAsync(part);
        await Expect(board.Card(part)).ToContainTextAsync("200 u");
        await board.StandsAtAsync("ZA", 100);

        await board.Notice.Locator("button:has-text('Deshacer división')").ClickAsync();
        await board.SaysAsync($"{part} se reunió con {number}, que salió de la línea ZA: asígnela de nuevo.");
        await board.WaitsAsync(number);
        await Expect(board.Card(number)).ToContainTextAsync("500 u");
        await Expect(board.Card(part)).ToHaveCountAsync(0);
        await board.ShowsAsync("ZA");
        Assert.Equal(500, (await orders.ReadAsync(number)).GetProperty("quantity").GetDecimal());

        // Once more, and taken back from the part's own dialog, wherever it has gone since.
        await board.DragAsync(number, board.Lane("ZA"));
        await board.Dialog.Locator(".button.main").ClickAsync();
        await board.ShowsAsync("ZA", number);
        part = Assert.Single(await orders.PartsAsync(number));
        await board.DragAsync(part, board.Lane("ZB"));
        await board.ShowsAsync("ZB", part);
        await board.Card(part).ClickAsync();
        await board.Dialog.Locator("button:has-text('Deshacer división')").ClickAsync();
        await board.WaitsAsync(number);
        await board.ShowsAsync("ZB");
    }

    [Fact]
    public async Task Dividing_all_shows_the_proposal_and_does_all_of_it_or_nothing()
    {
        var number = await orders.NewAsync(1100);
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await ProposeAsync(board, number);
        var rows = board.Dialog.Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(5);
        await Expect(rows.First).ToContainTextAsync(new Regex($"{number}.*ZA.*→.*300.*300 kg", RegexOptions.Singleline));
        await Expect(board.Dialog.Locator("tfoot")).ToContainTextAsync(new Regex("1.100.*1.100 kg", RegexOptions.Singleline));
        await board.Dialog.Locator("button:has-text('No dividir')").ClickAsync();
        Assert.Empty(await orders.PartsAsync(number));
        Assert.Null(await orders.LineOfAsync(number));

        // Between the proposal and its approval a line was taken out of service: nothing of it is done.
        await ProposeAsync(board, number);
        await Expect(rows).ToHaveCountAsync(5);
        await orders.ActivateAsync("ZB", 200, active: false);
        try
        {
            await board.Dialog.Locator(".button.main").ClickAsync();
            await board.SaysAsync("La línea ZB está inactiva.");
            Assert.Empty(await orders.PartsAsync(number));
            Assert.Equal(1100, (await orders.ReadAsync(number)).GetProperty("quantity").GetDecimal());
        }
        finally
        {
            await orders.ActivateAsync("ZB", 200, active: true);
        }

        await ProposeAsync(board, number);
        await Expect(rows).ToHaveCountAsync(5);
        await board.Dialog.Locator(".button.main").ClickAsync();
        await board.SaysAsync($"Orden {number} dividida en 5 partes.");
        await Expect(board.Lane("ZA").Locator(".ln-card")).ToHaveCountAsync(3);
        await Expect(board.Lane("ZB").Locator(".ln-card")).ToHaveCountAsync(2);
        Assert.Equal(4, (await orders.PartsAsync(number)).Length);
    }

    [Fact]
    public async Task The_queue_is_put_into_another_sequence_and_orders_go_to_another_line_or_off_it()
    {
        var (a, b, c) = (await orders.NewAsync(10, "ZA"), await orders.NewAsync(20, "ZA"), await orders.NewAsync(30, "ZA"));
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.ShowsAsync("ZA", a, b, c);
        await board.DragBeforeAsync(c, a);
        await board.ShowsAsync("ZA", c, a, b);
        await board.DragAsync(a, board.Lane("ZA"));
        await board.ShowsAsync("ZA", c, b, a);
        await board.DragAsync(b, board.Lane("ZB"));
        await board.ShowsAsync("ZA", c, a);
        await board.ShowsAsync("ZB", b);
        // Onto another line, in front of somebody.
        await board.DragBeforeAsync(c, b);
        await board.ShowsAsync("ZB", c, b);
        await board.DragAsync(c, board.Tray);
        await board.WaitsAsync(c);
        await board.ShowsAsync("ZB", b);
        Assert.Equal((null, "ZA", "ZB"), (await orders.LineOfAsync(c), await orders.LineOfAsync(a), await orders.LineOfAsync(b)));
    }

    [Fact]
    public async Task Let_go_where_it_cannot_be_made_the_plant_says_why_and_with_escape_nothing_happens()
    {
        var number = await orders.NewAsync(10);
        await using var board = await LineBoard.OpenAsync(app, chromium);
        await board.DragAsync(number, board.Lane("ZX"));
        await board.SaysAsync("La línea ZX no es compatible con el producto bt-p.");
        await board.WaitsAsync(number);
        await board.TakeAsync(number);
        await board.OverAsync(board.Lane("ZA"));
        await board.Page.Keyboard.PressAsync("Escape");
        await board.Page.Mouse.UpAsync();
        await Expect(board.Page.Locator(".ln-ghost")).ToHaveCountAsync(0);
        await board.WaitsAsync(number);
        Assert.Null(await orders.LineOfAsync(number));
    }

    [Fact]
    public async Task Whoever_may_not_plan_looks_and_is_told_why()
    {
        var number = await orders.NewAsync(10, "ZA");
        await using var board = await LineBoard.OpenAsync(app, chromium, "calidad");
        await board.ShowsAsync("ZA", number);
        await Expect(board.Card(number)).Not.ToHaveAttributeAsync("data-movable", new Regex(".*"));
        await board.Card(number).ClickAsync();
        await Expect(board.Dialog).ToContainTextAsync("Su rol puede ver las líneas, no cambiarlas.");
        await Expect(board.Dialog.Locator(".ln-option:enabled")).ToHaveCountAsync(0);
        await Expect(board.Dialog.Locator("button:has-text('Quitar de ZA')")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_manager_sets_a_lines_shifts_and_sees_what_the_next_ones_are_filled_with()
    {
        var number = await orders.NewAsync(150, "ZB");
        await using (var reader = await LineBoard.OpenAsync(app, chromium))
        {
            await reader.Lane("ZB").Locator(".ln-ahead").ClickAsync();
            await Expect(reader.Dialog.Locator("fieldset")).ToHaveAttributeAsync("disabled", "");
        }

        await using var board = await LineBoard.OpenAsync(app, chromium, "jefe");
        await board.Lane("ZB").Locator(".ln-ahead").ClickAsync();
        await Expect(board.Dialog.Locator(".ln-load tbody tr")).ToHaveCountAsync(6);
        await Expect(board.Dialog.Locator(".ln-load")).ToContainTextAsync("kg");
        await board.Dialog.Locator("button:has-text('Añadir parada')").ClickAsync();
        await board.Dialog.Locator("[aria-label='Motivo']").FillAsync("Mantenimiento");
        await board.Dialog.Locator(".button.main").ClickAsync();
        await board.SaysAsync("Turnos de ZB guardados.");
        await board.Lane("ZB").Locator(".ln-ahead").ClickAsync();
        await Expect(board.Dialog.Locator("[aria-label='Motivo']")).ToHaveValueAsync("Mantenimiento");
        Assert.Equal("ZB", await orders.LineOfAsync(number));
    }

    private static async Task ProposeAsync(LineBoard board, string number)
    {
        await board.Card(number).ClickAsync();
        await board.Dialog.Locator("button:has-text('Dividir todo')").ClickAsync();
    }
}
