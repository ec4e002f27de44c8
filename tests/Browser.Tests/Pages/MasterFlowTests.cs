using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Pages;

[Collection(Floor.Name)]
public sealed class MasterFlowTests(PlantApp app, Chromium chromium)
{
    [Fact]
    public async Task A_recipe_is_copied_to_its_next_version_and_its_cost_is_seen()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("jefe", "/boms/BOM-PT-JSL");
        var page = window.Page;
        await Expect(page.Locator(".pg-cost")).ToContainTextAsync(",");
        await Expect(page.Locator(".pg-tree .level-2").First).ToBeVisibleAsync();
        await page.ClickAsync("text=Copiar a BOM-PT-JSL-V2");
        await Expect(page.Locator("#b-code")).ToHaveValueAsync("BOM-PT-JSL-V2");
        await page.ClickAsync(".foot .main");
        await Expect(page).ToHaveURLAsync(new Uri(app.Address, "boms/BOM-PT-JSL-V2").ToString());
        await Expect(page.Locator("h1")).ToContainTextAsync("Jean Slim Stretch");
    }

    [Fact]
    public async Task A_sale_is_written_confirmed_and_shows_what_it_caused()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("vendedor", "/sales/SO-0105");
        var page = window.Page;
        await Expect(page.Locator(".list tbody tr").First).ToContainTextAsync("al confirmar");
        await page.ClickAsync("#confirm-sale");
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("1 órdenes");
        await Expect(page.Locator(".list tbody tr").First.Locator("a")).ToContainTextAsync("WO-");
        await Expect(page.Locator("#confirm-sale")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_sorts_by_a_heading_and_is_saved_as_a_file()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("operario", "/materials");
        var page = window.Page;
        await page.ClickAsync("th:has-text('Costo unitario') button");
        await page.ClickAsync("th:has-text('Costo unitario') button");
        await Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Costo unitario");
        using var client = await app.SignedInAsync("operario");
        var materials = (await client.GetFromJsonAsync<JsonElement>("/api/v1/materials?limit=500"))
            .GetProperty("items")
            .GetArrayLength();
        Assert.InRange(materials, 91, 499);
        await Expect(page.Locator(".list tbody tr")).ToHaveCountAsync(materials);
        var saved = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(".pg-export"));
        Assert.StartsWith("materiales-", saved.SuggestedFilename, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(await saved.PathAsync());
        Assert.Equal(materials + 1, lines.Length);
        Assert.StartsWith("Material;", lines[0], StringComparison.Ordinal);
        await Expect(page.Locator("a[href='materials/new']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_checks_of_the_demo_plant_hold_and_lead_to_what_they_name()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("supervisor", "/checks");
        var page = window.Page;
        await Expect(page.Locator(".lead")).ToContainTextAsync("La planta cuadra");
        await page.ClickAsync("[data-check=in-progress-over-7-days] a:has-text('WO-') >> nth=0");
        await Expect(page.Locator("h1")).ToContainTextAsync("WO-");
    }
}
