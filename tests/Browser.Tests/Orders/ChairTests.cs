using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using PlantApp = Manufactura.Tests.Shared.PlantApp;

namespace Manufactura.Browser.Tests.Orders;

/// <summary>The seed's worked example as its reader would play it, and every sentence the seed gives.</summary>
public sealed class ChairTests(ChairWorks works, Chromium chromium) : IClassFixture<ChairWorks>, IClassFixture<Chromium>
{
    private const string Board = "/manufacturing/work-order/";

    [Fact]
    public async Task Ten_chairs_of_five_components_give_six_movements_and_an_entry_of_1500()
    {
        await using var window = await chromium.OpenAsync(works.Address, 1600, 900);
        await window.SignInAsync("admin", Board + "new/", PlantApp.AdminPassword);
        var page = window.Page;
        await ChooseAsync(page, "new-product", "Silla de Oficina");
        await page.FillAsync("#new-quantity", "10");
        await ChooseAsync(page, "new-origin", "BOD-MP");
        await ChooseAsync(page, "new-destination", "BOD-PT");
        foreach (var (_, name, perChair, _, stock) in ChairWorks.Components)
        {
            var need = page.Locator("section tr", new() { HasText = name });
            await Expect(need.Locator("td").Nth(1)).ToContainTextAsync($"{perChair * 10}");
            await Expect(need.Locator("td").Nth(2)).ToHaveTextAsync($"{stock}");
            await Expect(need).ToContainTextAsync("✓");
        }

        // Thirteen chairs: backrests are short, and it says so while it is typed.
        await page.FillAsync("#new-quantity", "13");
        await Expect(page.Locator("section tr", new() { HasText = "Respaldo" })).ToContainTextAsync("✗");
        await page.FillAsync("#new-quantity", "10");
        await page.ClickAsync(".or-new-foot [type=submit]");
        await Expect(page.Locator("[role=status].note"))
            .ToContainTextAsync("Orden de Producción WO-0001 creada en estado Borrador.");
        await Expect(Card(page, "Draft", "WO-0001")).ToBeVisibleAsync();

        await Card(page, "Draft", "WO-0001").Locator("[data-step=Start]").ClickAsync();
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("Orden WO-0001 iniciada.");
        await Card(page, "InProgress", "WO-0001").Locator("[data-step=Finish]").ClickAsync();
        await Expect(page.Locator("[role=status].note"))
            .ToContainTextAsync("Orden WO-0001 terminada. Se crearon 6 movimientos de inventario.");
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("Asiento contable JE-0015 generado automáticamente.");
        await Expect(Card(page, "Done", "WO-0001")).ToBeVisibleAsync();

        await MovementsAndEntryAsync(window);
        Assert.Equal(
            "MP-ASIENTO 5, MP-BASE 10, MP-RESPALDO 2, MP-RUEDAS 50, MP-TORNILLOS 300",
            ChairWorks.Figures(await works.StockAsync("BOD-MP"))
        );
        Assert.Equal("PROD-SILLA-001 10", ChairWorks.Figures(await works.StockAsync("BOD-PT")));

        await CancelTheDoneOrderAsync(window);
        await EveryOtherSentenceAsync();
    }

    private async Task MovementsAndEntryAsync(Window window)
    {
        var page = window.Page;
        await page.GotoAsync(Board.TrimStart('/') + "WO-0001/?tab=movements");
        await window.ReadyAsync();
        var rows = page.Locator("table.list tbody tr");
        await Expect(rows).ToHaveCountAsync(6);
        foreach (var (code, _, perChair, _, _) in ChairWorks.Components)
        {
            var row = page.Locator("table.list tbody tr", new() { HasText = code }).First;
            await Expect(row).ToContainTextAsync("BOD-MP");
            await Expect(row).ToContainTextAsync($"-{perChair * 10}");
            await Expect(row).ToContainTextAsync("WO-0001");
        }

        var made = page.Locator("table.list tbody tr", new() { HasText = "PROD-SILLA-001" });
        await Expect(made).ToContainTextAsync("BOD-PT");
        await Expect(made).ToContainTextAsync("+10");
        await page.GotoAsync("journal");
        await window.ReadyAsync();
        var entry = page.Locator("tr[data-row=JE-0015]");
        await Expect(entry).ToContainTextAsync("Producción de productos - WO-0001");
        await Expect(entry).ToContainTextAsync("Inventario Productos Terminados");
        await Expect(entry).ToContainTextAsync("Inventario Materias Primas");
        await Expect(entry).ToContainTextAsync("$1.500,00");
        var booked = (await works.GetAsync("journal-entries?reference=WO-0001")).GetProperty("items")[0];
        Assert.Equal($"{works.Today:yyyy-MM-dd}", booked.GetProperty("date").GetString());
    }

    private async Task CancelTheDoneOrderAsync(Window window)
    {
        var page = window.Page;
        await page.GotoAsync(Board.TrimStart('/'));
        await window.ReadyAsync();
        await Card(page, "Done", "WO-0001").Locator("summary").ClickAsync();
        await Card(page, "Done", "WO-0001").GetByText("Cancelar").ClickAsync();
        await page.ClickAsync(".rz-dialog .rz-button.rz-primary");
        var said = page.Locator("[role=status].note");
        await Expect(said).ToContainTextAsync("Se eliminaron 6 movimientos de inventario asociados.");
        await Expect(said).ToContainTextAsync("Orden WO-0001 cancelada exitosamente.");
        await Expect(said).ToContainTextAsync("JE-0015");
        await Expect(Card(page, "Cancelled", "WO-0001")).ToBeVisibleAsync();
        Assert.Equal(
            "MP-ASIENTO 15, MP-BASE 20, MP-RESPALDO 12, MP-RUEDAS 100, MP-TORNILLOS 500",
            ChairWorks.Figures(await works.StockAsync("BOD-MP"))
        );
        Assert.Equal("", ChairWorks.Figures((await works.StockAsync("BOD-PT")).Where(s => s.Value != 0)));
    }

    /// <summary>What a page keeps people from asking for is asked of the API, which answers the same sentences.</summary>
    private async Task EveryOtherSentenceAsync()
    {
        Assert.Equal(
            "Debe seleccionar un Bill of Materials válido.",
            await works.RefusalAsync("orders", new { bom = "BOM-999", quantity = 1 })
        );
        Assert.Equal(
            "Ubicación de origen no válida.",
            await works.RefusalAsync(
                "orders",
                new
                {
                    bom = "BOM-001",
                    quantity = 1,
                    originLocation = "X",
                }
            )
        );
        Assert.Equal(
            "Ubicación de destino no válida.",
            await works.RefusalAsync(
                "orders",
                new
                {
                    bom = "BOM-001",
                    quantity = 1,
                    destinationLocation = "X",
                }
            )
        );
        var number = await works.DraftAsync(16);
        Assert.Equal("Solo se puede terminar una orden en proceso activo.", await works.RefusalAsync($"orders/{number}/finish"));
        Assert.Equal(
            "Only an order in progress can be finished.",
            await works.RefusalAsync($"orders/{number}/finish", language: "en")
        );
        await works.PostAsync($"orders/{number}/start");
        Assert.Equal("La orden no está en estado Borrador.", await works.RefusalAsync($"orders/{number}/start"));
        // 16 chairs: seats and backrests are short; every short one is named, nothing changes.
        Assert.Equal(
            "Stock insuficiente para terminar producción (Asiento: requiere 16, disponible 15; Respaldo: requiere 16, disponible 12).",
            await works.RefusalAsync($"orders/{number}/finish")
        );
        var cancelled = await works.PostAsync($"orders/{number}/cancel");
        Assert.Equal($"Orden {number} cancelada exitosamente.", cancelled.GetProperty("messages")[0].GetString());
        Assert.Equal("La orden ya está cancelada.", await works.RefusalAsync($"orders/{number}/cancel"));

        var nowhere = await works.DraftAsync(1, origin: null, destination: null);
        await works.PostAsync($"orders/{nowhere}/start");
        Assert.StartsWith(
            "No hay ubicación de inventario por defecto: ",
            await works.RefusalAsync($"orders/{nowhere}/finish"),
            StringComparison.Ordinal
        );
    }

    private static ILocator Card(IPage page, string status, string number) =>
        page.Locator($".or-column[data-status={status}] [data-order='{number}']");

    internal static async Task ChooseAsync(IPage page, string name, string text)
    {
        await page.Locator($".rz-dropdown:has([name={name}]), .rz-dropdown:has(#{name})").First.ClickAsync();
        await page.Locator(".rz-dropdown-panel:visible .rz-dropdown-item", new() { HasText = text }).First.ClickAsync();
    }
}
