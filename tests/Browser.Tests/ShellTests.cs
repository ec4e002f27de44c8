using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests;

[Collection(Floor.Name)]
public sealed class ShellTests(PlantApp app, Chromium chromium)
{
    [Fact]
    public async Task A_person_signs_in_with_the_keyboard_alone_and_lands_where_they_wanted()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        var page = window.Page;
        await page.GotoAsync("admin");
        await Expect(page.Locator("#user")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("admin");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(PlantApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await window.ReadyAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Administración");
        await Expect(page).ToHaveURLAsync(new Uri(app.Address, "admin").ToString());
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_user_name_stays()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        var page = window.Page;
        await page.GotoAsync("login");
        await page.FillAsync("#user", "operario");
        await page.FillAsync("#password", "wrong");
        await page.ClickAsync("form.sign [type=submit]");
        await Expect(page.Locator("[role=alert].bad")).ToHaveTextAsync("El usuario o la contraseña no son correctos.");
        await Expect(page.Locator("#user")).ToHaveValueAsync("operario");
        await Expect(page.Locator("#password")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_demo_user_signs_in_with_one_click_and_signs_out()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        var page = window.Page;
        await page.GotoAsync("login");
        await page.ClickAsync("[data-user=jefe]");
        await window.ReadyAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Julia");
        await page.ClickAsync(".me");
        await page.ClickAsync(".menu form button");
        await page.WaitForURLAsync("**/login");
        await page.GotoAsync("");
        await page.WaitForURLAsync("**/login?returnUrl=*");
    }

    [Fact]
    public async Task The_language_is_switched_and_stays()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("supervisor");
        var page = window.Page;
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await page.ClickAsync(".me");
        await page.ClickAsync(".menu >> text=English");
        await window.ReadyAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.Locator(".side a.active")).ToContainTextAsync("Today");
        await page.ReloadAsync();
        await window.ReadyAsync();
        await Expect(page.Locator(".side a.active")).ToContainTextAsync("Today");
    }

    [Fact]
    public async Task The_theme_follows_the_device_until_one_is_chosen()
    {
        await using var window = await chromium.OpenAsync(app.Address, scheme: ColorScheme.Dark);
        await window.SignInAsync("supervisor");
        var page = window.Page;
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(19, 25, 22)");
        await page.ClickAsync(".me");
        await page.ClickAsync(".menu >> text=Claro");
        await window.ReadyAsync();
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(244, 245, 243)");
        await Expect(page.Locator(".menu [aria-current=true]").Last).ToHaveTextAsync("Claro");
    }

    [Fact]
    public async Task A_count_that_changes_shows_on_open_pages_at_once()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("supervisor");
        var sales = window.Page.Locator(".side a[href=sales] .pill");
        var before = int.Parse(await sales.InnerTextAsync(), CultureInfo.InvariantCulture);
        using var seller = await app.SignedInAsync("vendedor");
        var body = new
        {
            customer = "CLI-01",
            dueDate = "2028-01-01",
            lines = new[] { new { material = "PT-JRC", quantity = 1 } },
        };
        var made = await seller.PostAsJsonAsync("/api/v1/sales-orders", body);
        Assert.Equal(System.Net.HttpStatusCode.Created, made.StatusCode);
        var number = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString();
        await Expect(sales).ToHaveTextAsync($"{before + 1}");
        await seller.PostAsync($"/api/v1/sales-orders/{number}/cancel", null);
        await Expect(sales).ToHaveTextAsync($"{before}");
    }

    [Fact]
    public async Task On_a_tablet_the_navigation_is_a_rail_with_targets_of_44_px_that_opens_over_the_page()
    {
        await using var window = await chromium.OpenAsync(app.Address, 1024, 768);
        await window.SignInAsync("operario");
        var page = window.Page;
        var side = page.Locator(".side");
        Assert.InRange((await side.BoundingBoxAsync())!.Width, 60, 72);
        foreach (var target in await page.Locator(".side li a, .top .icon-button, .top .me").AllAsync())
        {
            var box = (await target.BoundingBoxAsync())!;
            Assert.True(
                box is { Width: >= 44, Height: >= 44 },
                $"{await target.GetAttributeAsync("href")}: {box.Width} × {box.Height}"
            );
        }
        var left = (await page.Locator("main").BoundingBoxAsync())!.X;
        await page.ClickAsync("[data-nav-toggle]");
        Assert.InRange((await side.BoundingBoxAsync())!.Width, 200, 260);
        Assert.Equal(left, (await page.Locator("main").BoundingBoxAsync())!.X);
        await page.Keyboard.PressAsync("Escape");
        Assert.InRange((await side.BoundingBoxAsync())!.Width, 60, 72);
    }

    [Fact]
    public async Task A_session_that_is_ended_elsewhere_is_sent_to_sign_in()
    {
        await using var window = await chromium.OpenAsync(app.Address);
        await window.SignInAsync("operario");
        await window.Page.GotoAsync("admin");
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("Su rol no permite ver esto");
        await window.Page.Context.ClearCookiesAsync();
        await window.Page.GotoAsync("admin");
        await window.Page.WaitForURLAsync("**/login?returnUrl=%2Fadmin");
    }
}
