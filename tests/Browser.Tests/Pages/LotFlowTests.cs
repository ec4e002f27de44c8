using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Pages;

[Collection(Floor.Name)]
public sealed class LotFlowTests(PlantApp app, Chromium chromium)
{
    [Fact]
    public async Task A_lot_is_registered_released_and_seen_by_everybody_at_once()
    {
        await using var quality = await chromium.OpenAsync(app.Address);
        await quality.SignInAsync("calidad", "/lots?register=TEL-DEN12");
        var page = quality.Page;
        await page.FillAsync("#r-code", "PRUEBA-1");
        await page.Locator("[name=r-quantity]").FillAsync("120");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator("h1")).ToContainTextAsync("PRUEBA-1");
        await Expect(page.Locator(".pg-state").First).ToContainTextAsync("En cuarentena");

        await using var boss = await chromium.OpenAsync(app.Address);
        await boss.SignInAsync("jefe", "/lots/PRUEBA-1");
        await Expect(boss.Page.Locator("#inspect")).ToHaveCountAsync(0);
        await Expect(boss.Page.Locator(".pg-role").First).ToContainTextAsync("Encargado de calidad");

        await page.ClickAsync("#inspect");
        await page.ClickAsync(".rz-dialog input[value=release]");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("liberado");
        await Expect(boss.Page.Locator(".pg-state").First).ToContainTextAsync("Disponible");
    }

    [Fact]
    public async Task A_physical_count_posts_only_what_differs()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("calidad", "/stock/count?location=BOD-MP&material=BOT-17");
        var page = window.Page;
        var row = page.Locator("tr[data-row='BOT-17-BOD-MP']");
        await page.ClickAsync(".pg-foot .button:first-child");
        await Expect(page.Locator(".pg-foot .main")).ToBeDisabledAsync();
        await row.Locator(".pg-count").FillAsync("1000");
        await row.Locator(".pg-count").PressAsync("Tab");
        await page.ClickAsync(".pg-foot .main");
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("1 de 1");
        await page.GotoAsync("stock?tab=movements&material=BOT-17");
        await Expect(page.Locator("table.list tbody tr").First).ToContainTextAsync("Ajuste en contra");
    }

    [Fact]
    public async Task A_refusal_is_the_sentence_in_the_persons_language_and_nothing_typed_is_lost()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("jefe", "/materials?tab=units");
        var page = window.Page;
        await page.ClickAsync("#new-master");
        await page.FillAsync("#m-code", "kg");
        await page.FillAsync("#m-name", "Kilo otra vez");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator(".rz-dialog [role=alert]")).ToContainTextAsync("kg");
        await Expect(page.Locator("#m-name")).ToHaveValueAsync("Kilo otra vez");
    }

    [Fact]
    public async Task A_label_carries_a_code_and_the_words_that_people_read()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("operario", "/lots/TEL-0415/label");
        var label = window.Page.Locator(".pg-label");
        await Expect(label.Locator(".code")).ToHaveTextAsync("TEL-0415");
        await Expect(label.Locator(".expiry")).ToContainTextAsync("Vence 20");
        var path = await label.Locator("svg path").GetAttributeAsync("d");
        Assert.True(path!.Length > 2000, "a QR code has hundreds of modules");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Imprimir" })).ToBeVisibleAsync();
    }
}
