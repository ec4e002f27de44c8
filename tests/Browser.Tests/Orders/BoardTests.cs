using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using PlantApp = Manufactura.Tests.Shared.PlantApp;

namespace Manufactura.Browser.Tests.Orders;

/// <summary>The board as people use it: dragging and keys are the same commands, counts follow what others do.</summary>
public sealed class BoardTests(ChairWorks works, Chromium chromium) : IClassFixture<ChairWorks>, IClassFixture<Chromium>
{
    private const string Board = "/manufacturing/work-order/";

    [Fact]
    public async Task Dragging_a_card_is_the_command_and_everybody_sees_the_counts_change()
    {
        var number = await works.DraftAsync(1);
        await using var window = await OpenAsync(Board);
        await using var other = await OpenAsync(Board);
        var page = window.Page;
        var before = await CountAsync(other.Page, "InProgress");
        await Card(page, "Draft", number).DragToAsync(Column(page, "InProgress"));
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync($"Orden {number} iniciada.");
        await Expect(Card(other.Page, "InProgress", number)).ToBeVisibleAsync();
        await Expect(Column(other.Page, "InProgress").Locator(".or-count")).ToHaveTextAsync($"{before + 1}");
        await Card(page, "InProgress", number).DragToAsync(Column(page, "Done"));
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync($"Orden {number} terminada.");
        // There is no way back but cancelling: the drop says so and changes nothing.
        await Card(page, "Done", number).DragToAsync(Column(page, "Draft"));
        await Expect(page.Locator("[role=alert].note")).ToContainTextAsync(number);
        await Expect(Card(page, "Done", number)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_moves_an_order()
    {
        var number = await works.DraftAsync(1);
        await using var window = await OpenAsync(Board);
        var page = window.Page;
        await Card(page, "Draft", number).Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        // Planificada comes first, then En proceso.
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync($"Orden {number} iniciada.");
        await Expect(Card(page, "InProgress", number)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Filters_are_saved_under_a_name_and_opened_again()
    {
        var here = await works.DraftAsync(1);
        var nowhere = await works.DraftAsync(1, origin: null);
        await using var window = await OpenAsync(Board + "?view=list&origin=BOD-MP&created=today");
        var page = window.Page;
        await Expect(page.Locator("table.or-list")).ToContainTextAsync(here);
        await Expect(page.Locator("table.or-list")).Not.ToContainTextAsync(nowhere);
        await page.ClickAsync("#save-view");
        await page.FillAsync("#view-name", "Bodega hoy");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".pg-view.on")).ToContainTextAsync("Bodega hoy");
        await page.GotoAsync(Board.TrimStart('/'));
        await window.ReadyAsync();
        await page.GetByText("Bodega hoy").ClickAsync();
        await Expect(page.Locator("table.or-list")).ToContainTextAsync(here);
        Assert.Contains("origin=BOD-MP", page.Url, StringComparison.Ordinal);
        await page.Locator(".pg-view button").ClickAsync();
        await Expect(page.Locator(".pg-view")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_entry_that_failed_waits_with_its_alert_until_it_is_retried()
    {
        await works.MaterialAsync("MP-SINCOSTO", "Pieza sin costo", "Component");
        await works.PostAsync(
            "lots",
            new
            {
                material = "MP-SINCOSTO",
                quantity = 5,
                location = "BOD-MP",
            }
        );
        await works.MaterialAsync("PROD-BANCO", "Banco", "FinishedProduct");
        await works.PostAsync(
            "boms",
            new
            {
                code = "BOM-BANCO",
                material = "PROD-BANCO",
                lines = new[] { new { component = "MP-SINCOSTO", quantity = 1 } },
            }
        );
        var order = await works.PostAsync(
            "orders",
            new
            {
                bom = "BOM-BANCO",
                quantity = 1,
                originLocation = "BOD-MP",
                destinationLocation = "BOD-PT",
            }
        );
        var number = order.GetProperty("number").GetString()!;
        await works.PostAsync($"orders/{number}/start");
        await using var window = await OpenAsync(Board + number + "/");
        var page = window.Page;
        await page.ClickAsync(".or-main");
        await Expect(page.Locator(".note.warn"))
            .ToContainTextAsync("⚠️ ORDEN TERMINADA pero fallo contable: sin costo unitario: Pieza sin costo.");
        await page.GotoAsync("alerts");
        await window.ReadyAsync();
        await page.GetByText($"Falló el asiento contable de {number}").ClickAsync();
        await page.WaitForURLAsync("**/journal?tab=pending**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reintentar", Exact = true }).ClickAsync();
        await Expect(page.Locator("[role=alert].note")).ToContainTextAsync("sin costo unitario: Pieza sin costo.");
        await works.ReceiveAsync("MP-SINCOSTO", 10, 12.5m);
        // The new cost travels by the feed to what keeps materials in memory: retried until it has arrived.
        var nothing = page.GetByText("No hay asientos pendientes");
        for (var attempt = 0; attempt < 20 && await nothing.CountAsync() == 0; attempt++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Reintentar", Exact = true }).ClickAsync();
            await Expect(page.Locator(".note.pg-said").First).ToBeVisibleAsync();
        }

        await Expect(nothing).ToBeVisibleAsync();
        var alerts = await works.GetAsync($"alerts?subject={number}");
        Assert.Equal("cleared", alerts.GetProperty("items")[0].GetProperty("state").GetString());
        var entry = (await works.GetAsync($"journal-entries?reference={number}")).GetProperty("items")[0];
        Assert.Equal(12.5m, entry.GetProperty("lines")[0].GetProperty("debit").GetDecimal());
        var csv = await works.Admin.GetStringAsync($"/api/v1/journal-entries?reference={number}&format=csv");
        Assert.Contains(
            $"Producción de productos - {number},{number},1430,Inventario Productos Terminados,12.5,0",
            csv,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_last_production_of_lots_is_undone_on_the_page_unless_one_of_its_lots_was_used()
    {
        var number = await ExplodedAsync();
        await using var window = await OpenAsync(Board + number + "/");
        var page = window.Page;
        await works.PostAsync($"lots/{number}-01/scrap", new { quantity = 1, reason = "manchada" });
        await UndoAsync(page);
        await Expect(page.Locator("[role=alert].note")).ToContainTextAsync($"{number}-01");
        await Expect(page.Locator("[role=alert].note")).ToContainTextAsync("descartado 1");
        var second = await ExplodedAsync();
        await page.GotoAsync(Board.TrimStart('/') + second + "/");
        await window.ReadyAsync();
        await UndoAsync(page);
        await Expect(page.Locator("[role=status].note").Last)
            .ToContainTextAsync($"Se deshizo la última producción de la orden {second}: 2 órdenes parciales canceladas.");
        var matrix = await works.GetAsync($"orders/{second}/matrix");
        Assert.Equal(0, matrix.GetProperty("cells").EnumerateArray().Sum(c => c.GetProperty("produced").GetDecimal()));
    }

    private static async Task UndoAsync(IPage page)
    {
        await page.Locator(".or-bar details.or-more summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deshacer producción" }).ClickAsync();
        await Expect(page.Locator(".rz-dialog")).ToContainTextAsync("-01");
        await page.ClickAsync(".rz-dialog .rz-button.rz-primary");
    }

    /// <summary>Shirts in two tones and one size, all of which were produced.</summary>
    private async Task<string> ExplodedAsync()
    {
        if ((await works.GetAsync("attributes")).GetProperty("items").GetArrayLength() == 0)
        {
            await works.PostAsync(
                "attributes",
                new
                {
                    code = "TONO",
                    name = "Tono",
                    values = new[] { new { code = "A" }, new { code = "B" } },
                }
            );
            await works.PostAsync(
                "attributes",
                new
                {
                    code = "TALLA",
                    name = "Talla",
                    values = new[] { new { code = "M" } },
                }
            );
            await works.PostAsync(
                "materials",
                new
                {
                    code = "CAMISA",
                    name = "Camisa",
                    kind = "FinishedProduct",
                    unit = "unid",
                    xAttribute = "TONO",
                    yAttribute = "TALLA",
                }
            );
            await works.PostAsync(
                "boms",
                new
                {
                    code = "BOM-CAMISA",
                    material = "CAMISA",
                    lines = new[] { new { component = "MP-TORNILLOS", quantity = 1 } },
                }
            );
        }

        var order = await works.PostAsync(
            "orders",
            new
            {
                bom = "BOM-CAMISA",
                quantity = 4,
                originLocation = "BOD-MP",
                destinationLocation = "BOD-PT",
                matrix = new
                {
                    xValues = new[] { "A", "B" },
                    yValues = new[] { "M" },
                    curve = new[] { new { value = "M", proportion = 1 } },
                },
            }
        );
        var number = order.GetProperty("number").GetString()!;
        foreach (var step in new[] { "matrix/recalculate", "confirm-planning", "start" })
            await works.PostAsync($"orders/{number}/{step}");
        using var edit = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{number}/matrix/cells")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
                new
                {
                    cells = new[]
                    {
                        new
                        {
                            x = "A",
                            y = "M",
                            toProduce = 2,
                        },
                        new
                        {
                            x = "B",
                            y = "M",
                            toProduce = 1,
                        },
                    },
                }
            ),
        };
        (await works.Admin.SendAsync(edit)).EnsureSuccessStatusCode();
        await works.PostAsync($"orders/{number}/produce-lots", new { backorder = false });
        return number;
    }

    private async Task<Window> OpenAsync(string path)
    {
        var window = await chromium.OpenAsync(works.Address, 1600, 900);
        await window.SignInAsync("admin", path, PlantApp.AdminPassword);
        return window;
    }

    private static ILocator Column(IPage page, string status) => page.Locator($".or-column[data-status={status}]");

    private static ILocator Card(IPage page, string status, string number) =>
        Column(page, status).Locator($"[data-order='{number}']");

    private static async Task<int> CountAsync(IPage page, string status) =>
        int.Parse(
            await Column(page, status).Locator(".or-count").InnerTextAsync(),
            System.Globalization.CultureInfo.InvariantCulture
        );
}
