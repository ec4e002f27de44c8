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
    public async Task Two_people_fill_a_count_and_only_what_differs_is_posted()
    {
        await using var first = await chromium.OpenAsync(app.Address);
        await first.SignInAsync("calidad", "/stock/count");
        var page = first.Page;
        await Orders.ChairTests.ChooseAsync(page, "c-location", "BOD-MP");
        await Orders.ChairTests.ChooseAsync(page, "c-material", "BOT-17");
        await page.ClickAsync("#begin-count");
        await page.WaitForURLAsync("**/stock/count/IF-*");
        await using var second = await chromium.OpenAsync(app.Address);
        await second.SignInAsync("admin", new Uri(page.Url).AbsolutePath);
        var mine = page.Locator("tr[data-row='BOT-17-BOD-MP']");
        var theirs = second.Page.Locator("tr[data-row='BOT-17-BOD-MP']");
        await Expect(mine).ToBeVisibleAsync();
        await theirs.Locator(".pg-count").FillAsync("1000");
        await theirs.Locator(".pg-count").PressAsync("Enter");
        // Who else counts the lot sees it at once, with who it was.
        await Expect(mine.Locator(".pg-count")).ToHaveValueAsync("1000");
        await page.ClickAsync("#post-count");
        await page.ClickAsync(".rz-dialog .rz-button.rz-primary");
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("contabilizado: 1 diferencias");
        var number = page.Url[(page.Url.LastIndexOf('/') + 1)..];
        await page.GotoAsync("stock?tab=movements&reference=" + number);
        await Expect(page.Locator(".list tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".list tbody tr").First).ToContainTextAsync("Ajuste en contra");
        await page.Locator(".list tbody tr").First.GetByText(number).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(number);
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
