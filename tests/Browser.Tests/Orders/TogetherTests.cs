using Manufactura.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Orders;

/// <summary>Two people in one matrix, one of them without a connection for a while.</summary>
[Collection(Floor.Name)]
public sealed class TogetherTests(PlantApp app, Chromium chromium)
{
    [Fact]
    public async Task What_was_typed_without_a_connection_asks_where_somebody_else_wrote_meanwhile()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await using var operario = await MatrixWindow.OpenAsync(app, chromium, order, "operario");
        await jefe.CutAsync();
        await jefe.WriteAsync("T-101", "30", "8");
        await Expect(jefe.Note("T-101", "30")).ToContainTextAsync("sin enviar");
        await operario.WriteAsync("T-101", "30", "5");
        await operario.SettledAsync();
        jefe.Mend();
        await Expect(jefe.Page.Locator(".mx-pop")).ToContainTextAsync("Operario puso 5");
        await Expect(jefe.Input("T-101", "30")).ToHaveValueAsync("8");
        Assert.Equal(5, (await Orders.CellAsync(app, order, "T-101", "30")).GetProperty("toProduce").GetDecimal());
        await jefe.Page.GetByText("Usar 8").ClickAsync();
        await Expect(operario.Input("T-101", "30")).ToHaveValueAsync("8");
    }

    [Fact]
    public async Task A_block_pasted_without_a_connection_goes_out_as_one_command_when_it_is_back()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await using var operario = await MatrixWindow.OpenAsync(app, chromium, order, "operario");
        var commands = new List<string>();
        jefe.Page.Response += (_, answer) =>
        {
            if (answer.Request.Method == "PATCH")
                commands.Add(answer.Request.PostData ?? "");
        };
        await jefe.Page.Context.SetOfflineAsync(true);
        await jefe.CutAsync();
        await jefe.Input("T-101", "28").ClickAsync();
        await jefe.PasteAsync("1\t2\r\n3\t4\r\n");
        await Expect(jefe.Note("T-105", "30")).ToContainTextAsync("sin enviar");
        await Expect(operario.Input("T-105", "30")).ToHaveValueAsync("");
        await jefe.Page.Context.SetOfflineAsync(false);
        jefe.Mend();
        await Expect(operario.Input("T-101", "28")).ToHaveValueAsync("1");
        await Expect(operario.Input("T-105", "30")).ToHaveValueAsync("4");
        await Expect(jefe.Note("T-105", "30")).Not.ToContainTextAsync("sin enviar");
        jefe.Complaints.RemoveAll(c => c.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal));
        var command = Assert.Single(commands);
        Assert.Equal(4, command.Split("\"x\":").Length - 1);
    }

    [Fact]
    public async Task Undo_takes_back_ones_own_and_never_what_somebody_else_wrote_since()
    {
        var order = await Orders.NewAsync(app);
        await using var jefe = await MatrixWindow.OpenAsync(app, chromium, order);
        await using var operario = await MatrixWindow.OpenAsync(app, chromium, order, "operario");
        await jefe.WriteAsync("T-110", "30", "11");
        await jefe.WriteAsync("T-110", "34", "12");
        await jefe.SettledAsync();
        await Expect(operario.Input("T-110", "34")).ToHaveValueAsync("12");
        await operario.WriteAsync("T-110", "34", "20");
        await Expect(jefe.Input("T-110", "34")).ToHaveValueAsync("20");
        // The last edit of one's own has been written over: undoing it asks.
        await jefe.Input("T-101", "28").ClickAsync();
        await jefe.Page.Keyboard.PressAsync("Control+z");
        await Expect(jefe.Page.Locator(".mx-pop")).ToContainTextAsync("Operario puso 20");
        Assert.Equal(20, (await Orders.CellAsync(app, order, "T-110", "34")).GetProperty("toProduce").GetDecimal());
        await jefe.Page.GetByText("Dejar 20").ClickAsync();
        // The one before is one's own still.
        await jefe.Input("T-101", "28").ClickAsync();
        await jefe.Page.Keyboard.PressAsync("Control+z");
        await Expect(operario.Input("T-110", "30")).ToHaveValueAsync("");
        Assert.Equal(20, (await Orders.CellAsync(app, order, "T-110", "34")).GetProperty("toProduce").GetDecimal());
    }
}
