using Manufactura.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests;

[Collection(Floor.Name)]
public sealed class AdminTests(PlantApp app, Chromium chromium)
{
    [Fact]
    public async Task An_admin_makes_a_user_who_can_sign_in()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("admin", "/admin");
        var page = window.Page;
        await page.ClickAsync("#new-user");
        await page.FillAsync("#user-name", "marta");
        await page.FillAsync("#user-display", "Marta Gil");
        await page.FillAsync("#user-password", "corta");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator(".rz-dialog [role=alert]")).ToHaveTextAsync("Elija al menos un rol.");
        await page.CheckAsync(".rz-dialog label:has-text('Operario') input");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator(".rz-dialog [role=alert]")).ToContainTextAsync("La contraseña debe tener");
        await page.FillAsync("#user-password", "Hilo-2026");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator("tr[data-row=marta]")).ToContainTextAsync("Operario");
        using var marta = await app.SignedInAsync("marta", "Hilo-2026");
    }

    [Fact]
    public async Task An_admin_makes_a_key_sees_it_once_and_revokes_it()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("admin", "/admin?tab=keys");
        var page = window.Page;
        await page.ClickAsync("#new-key");
        await page.FillAsync("#key-name", "Pantalla de prueba");
        await page.ClickAsync(".rz-dialog [type=submit]");
        var key = await page.InnerTextAsync("#key-text");
        await page.ClickAsync(".rz-dialog .button.main");
        var row = page.Locator("tr:has-text('Pantalla de prueba')");
        await Expect(row).ToContainTextAsync("Pantalla (solo lectura)");
        Assert.DoesNotContain(key, await page.ContentAsync());

        await using var screen = await chromium.OpenAsync(app.Address);
        await screen.Page.GotoAsync($"screen/costura?key={key}");
        Assert.DoesNotContain("key", screen.Page.Url);
        await screen.Page.GotoAsync("");
        await screen.ReadyAsync();

        await row.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await page.ClickAsync(".rz-dialog-confirm-buttons .rz-primary");
        await Expect(row).ToContainTextAsync("revocada");
        await screen.Page.GotoAsync("");
        await screen.Page.WaitForURLAsync("**/login*");
    }
}
