using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Lines;

/// <summary>A line made, changed and deleted on the board.</summary>
[Collection(Floor.Name)]
public sealed class LineEditTests(PlantApp app, Chromium chromium) : IAsyncLifetime
{
    private BoardOrders orders = null!;

    public async Task InitializeAsync() => orders = await BoardOrders.OpenAsync(app);

    public async Task DisposeAsync()
    {
        await orders.ForgetLineAsync("ZN");
        await orders.DisposeAsync();
    }

    [Fact]
    public async Task The_manager_makes_a_line_with_its_capacity_and_products_changes_it_and_deletes_it()
    {
        var number = await orders.NewAsync(100);
        await using var board = await LineBoard.OpenAsync(app, chromium, "jefe");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Nueva línea" }).ClickAsync();
        await FillAsync(board, "#l-code", "ZN");
        await FillAsync(board, "#l-name", "Línea nueva");
        await FillAsync(board, "[name='l-capacity']", "120");
        await board.Dialog.Locator("button:has-text('Añadir producto')").ClickAsync();
        await board.Dialog.Locator(".rz-dropdown").ClickAsync();
        await board.Page.Locator(".rz-dropdown-filter").FillAsync("bt-p");
        // The list is drawn anew when it has been filtered; a click before that meets an entry that goes away.
        await Expect(board.Page.Locator(".rz-dropdown-item:visible")).ToHaveCountAsync(1);
        await board.Page.Locator(".rz-dropdown-item:has-text('bt-p')").ClickAsync();
        await Expect(board.Dialog.Locator(".rz-dropdown-label")).ToContainTextAsync("bt-p");
        await board.Dialog.Locator(".ln-make input[type=number]").FillAsync("3");
        await board.Dialog.Locator("[type=submit]").ClickAsync();
        await board.SaysAsync("Línea ZN guardada.");
        await board.StandsAtAsync("ZN", 0);

        // It takes what it is said to make, and no more than it has room for.
        await board.DragAsync(number, board.Lane("ZN"));
        await board.ShowsAsync("ZN", number);
        await board.StandsAtAsync("ZN", 83);
        Assert.Equal((120m, 3), await ReadAsync("ZN"));

        await OpenAsync(board, "ZN");
        await Expect(board.Dialog.Locator("#l-code")).ToBeDisabledAsync();
        await FillAsync(board, "[name='l-capacity']", "80");
        await board.Dialog.Locator("[type=submit]").ClickAsync();
        await board.StandsAtAsync("ZN", 125);
        await Expect(board.Lane("ZN").Locator(".ln-word")).ToContainTextAsync("Saturada");
        Assert.Equal((80m, 3), await ReadAsync("ZN"));

        // In use it stays, with the reason in the dialog; empty it goes.
        await DeleteAsync(board, "ZN");
        await Expect(board.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("ZN no se puede eliminar");
        await board.Page.Keyboard.PressAsync("Escape");
        await orders.DoAsync(number, "unassign-line", new { });
        await board.ShowsAsync("ZN");
        await DeleteAsync(board, "ZN");
        await board.SaysAsync("Línea ZN eliminada.");
        await Expect(board.Lane("ZN")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_the_dialog_and_whoever_may_not_is_not_offered_it()
    {
        await using (var operario = await LineBoard.OpenAsync(app, chromium))
        {
            await Expect(operario.Lane("ZA").Locator("h2")).ToContainTextAsync("ZA");
            await Expect(operario.Page.Locator(".ln-edit")).ToHaveCountAsync(0);
            await Expect(operario.Page.GetByRole(AriaRole.Button, new() { Name = "Nueva línea" })).ToHaveCountAsync(0);
        }

        await using var board = await LineBoard.OpenAsync(app, chromium, "jefe");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Nueva línea" }).ClickAsync();
        await FillAsync(board, "#l-code", "ZA");
        await FillAsync(board, "#l-name", "Otra");
        await RefusedAsync(board, "Escriba la capacidad por turno: más de 0 kg.");
        await FillAsync(board, "[name='l-capacity']", "50");
        await board.Dialog.Locator("button:has-text('Añadir producto')").ClickAsync();
        await RefusedAsync(board, "Elija el producto de cada fila, o quítela.");
        await board.Dialog.Locator(".ln-make .icon-button").ClickAsync();
        await RefusedAsync(board, "El código ZA ya existe.");
        // Nothing typed is lost, and the line that is there has not changed.
        await Expect(board.Dialog.Locator("#l-name")).ToHaveValueAsync("Otra");
        Assert.Equal((300m, 1), await ReadAsync("ZA"));
    }

    private static Task OpenAsync(LineBoard board, string line) => board.Lane(line).Locator(".ln-edit").ClickAsync();

    private static async Task RefusedAsync(LineBoard board, string sentence)
    {
        await board.Dialog.Locator("[type=submit]").ClickAsync();
        await Expect(board.Dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync(sentence);
    }

    private static async Task DeleteAsync(LineBoard board, string line)
    {
        await OpenAsync(board, line);
        await board.Dialog.Locator("button:has-text('Eliminar')").ClickAsync();
        await board.Page.Locator(".rz-dialog-confirm-buttons .rz-primary").ClickAsync();
    }

    private static async Task FillAsync(LineBoard board, string field, string text)
    {
        await board.Dialog.Locator(field).FillAsync(text);
        await board.Dialog.Locator(field).BlurAsync();
    }

    private async Task<(decimal CapacityKg, int Priority)> ReadAsync(string line)
    {
        var data = await orders.LineAsync(line);
        var product = data.GetProperty("products").EnumerateArray().Single(p => p.GetProperty("material").GetString() == "bt-p");
        return (data.GetProperty("capacityKg").GetDecimal(), product.GetProperty("priority").GetInt32());
    }
}
