using Manufactura.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Lines;

/// <summary>Two people at one board.</summary>
[Collection(Floor.Name)]
public sealed class BoardTogetherTests(PlantApp app, Chromium chromium) : IAsyncLifetime
{
    private BoardOrders orders = null!;

    public async Task InitializeAsync() => orders = await BoardOrders.OpenAsync(app);

    public async Task DisposeAsync() => await orders.DisposeAsync();

    [Fact]
    public async Task What_one_does_the_other_sees_without_asking()
    {
        var number = await orders.NewAsync(450);
        await using var jefe = await LineBoard.OpenAsync(app, chromium, "jefe");
        await using var operario = await LineBoard.OpenAsync(app, chromium);
        await operario.WaitsAsync(number);
        await jefe.DragAsync(number, jefe.Lane("ZA"));
        await jefe.Dialog.Locator(".button.main").ClickAsync();
        await operario.ShowsAsync("ZA", number);
        await operario.StandsAtAsync("ZA", 100);
        // Drawn by the feed, yet in the reader's language.
        await Expect(operario.Card(number)).ToContainTextAsync("vencida 1 ene");
        var part = Assert.Single(await orders.PartsAsync(number));
        await operario.WaitsAsync(part);
        await operario.DragAsync(part, operario.Lane("ZA"));
        await jefe.ShowsAsync("ZA", number, part);
        await jefe.StandsAtAsync("ZA", 150);
        await Expect(jefe.Lane("ZA").Locator(".ln-word")).ToContainTextAsync("Saturada");
        // Also what is done by others: a program, the shop floor.
        await orders.DoAsync(part, "cancel", new { });
        foreach (var board in new[] { jefe, operario })
        {
            await board.ShowsAsync("ZA", number);
            await board.StandsAtAsync("ZA", 100);
        }
    }

    [Fact]
    public async Task The_slower_of_two_who_move_one_order_gets_a_sentence_and_the_move_of_the_faster_stands()
    {
        var number = await orders.NewAsync(100);
        await using var jefe = await LineBoard.OpenAsync(app, chromium, "jefe");
        await using var operario = await LineBoard.OpenAsync(app, chromium);
        // Both have taken it up; the manager lets go first.
        await operario.TakeAsync(number);
        await jefe.DragAsync(number, jefe.Lane("ZA"));
        await jefe.ShowsAsync("ZA", number);
        await operario.OverAsync(operario.Lane("ZB"));
        await operario.Page.Mouse.UpAsync();
        await operario.SaysAsync($"La orden {number} ya está en la línea ZA: la asignó jefe.");
        Assert.Equal("ZA", await orders.LineOfAsync(number));

        // The same by the dialog, from one line to another.
        await operario.Card(number).ClickAsync();
        await Expect(operario.Dialog.Locator(".ln-option")).ToHaveCountAsync(2);
        await jefe.DragAsync(number, jefe.Tray);
        await jefe.WaitsAsync(number);
        await operario.Dialog.Locator(".ln-option:has-text('ZB')").ClickAsync();
        await operario.SaysAsync($"La orden {number} ya no está en la línea ZA: la retiró jefe.");
        Assert.Null(await orders.LineOfAsync(number));
        await operario.WaitsAsync(number);

        // And one that is closed by the time it is let go.
        await operario.TakeAsync(number);
        await orders.DoAsync(number, "cancel", new { });
        await Expect(jefe.Card(number)).ToHaveCountAsync(0);
        await operario.OverAsync(operario.Lane("ZA"));
        await operario.Page.Mouse.UpAsync();
        await operario.SaysAsync($"La orden {number} está Cancelada: no se asigna a una línea.");
    }

    [Fact]
    public async Task Two_who_move_different_orders_of_one_queue_at_once_both_get_what_they_wanted()
    {
        var (a, b, c, d) = (
            await orders.NewAsync(10, "ZA"),
            await orders.NewAsync(20, "ZA"),
            await orders.NewAsync(30, "ZA"),
            await orders.NewAsync(40, "ZA")
        );
        await using var jefe = await LineBoard.OpenAsync(app, chromium, "jefe");
        await using var operario = await LineBoard.OpenAsync(app, chromium);
        await operario.ShowsAsync("ZA", a, b, c, d);
        await jefe.ShowsAsync("ZA", a, b, c, d);
        await operario.TakeAsync(d);
        await jefe.DragAsync(a, jefe.Lane("ZA"));
        await jefe.ShowsAsync("ZA", b, c, d, a);
        await operario.ShowsAsync("ZA", b, c, d, a);
        var box = await LineBoard.BoxAsync(operario.Card(c));
        await operario.Page.Mouse.MoveAsync(box.X + 12, box.Y + box.Height / 2, new() { Steps = 6 });
        await operario.Page.Mouse.UpAsync();
        foreach (var board in new[] { jefe, operario })
            await board.ShowsAsync("ZA", b, d, c, a);
    }
}
