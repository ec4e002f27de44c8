using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Grains.Tests.Supply;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Pages;

/// <summary>The whole of flujo-materia-prima-por-lote, in the windows of the people it concerns, with a mail server of its own.</summary>
public sealed class SupplyFlowTests : IAsyncLifetime
{
    private readonly Chromium chromium = new();
    private readonly PlantApp app;
    private readonly SmtpServer mail;

    public SupplyFlowTests()
    {
        var port = SmtpServer.FreePort();
        mail = SmtpServer.Start(port);
        app = new PlantApp
        {
            Settings = new()
            {
                ["Plant:Mail:Host"] = "127.0.0.1",
                ["Plant:Mail:Port"] = port.ToString(),
                ["Plant:Mail:Sender"] = "planta@fabrica.example",
            },
        };
    }

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        await chromium.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await chromium.DisposeAsync();
        await app.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task A_sale_is_confirmed_bought_for_and_supplied_before_the_eyes_of_three_roles()
    {
        var sale = await SaleAsync();
        await using var seller = await chromium.OpenAsync(app.Address);
        await seller.SignInAsync("vendedor", $"/sales/{sale}");

        await seller.Page.ClickAsync("#confirm-sale");

        await Expect(seller.Page.Locator("[role=status].note")).ToBeVisibleAsync();
        await Expect(seller.Page.Locator("table.list").First).ToContainTextAsync("espera material");
        var order = (await seller.Page.Locator("table.list a[href*='work-order']").First.InnerTextAsync()).Trim();
        var requisition = (await seller.Page.Locator("a[href*='requisitions/RQ']").First.InnerTextAsync()).Trim();
        await UntilMailAsync(requisition);
        Assert.Contains("HERRAJE", mail.Received.Single(m => m.Subject.Contains(requisition)).Body);

        await using var supervisor = await chromium.OpenAsync(app.Address);
        await supervisor.SignInAsync("supervisor", $"/manufacturing/work-order/{order}/?tab=materials");
        await Expect(supervisor.Page.Locator("#ask")).ToBeVisibleAsync();
        await Expect(supervisor.Page.Locator("[aria-labelledby=asked]")).ToContainTextAsync(requisition);

        await using var quality = await chromium.OpenAsync(app.Address);
        await quality.SignInAsync("calidad", $"/requisitions/{requisition}");
        var page = quality.Page;
        await page.ClickAsync("#receive");
        await Expect(page.Locator(".rz-dialog")).ToContainTextAsync(requisition);
        await page.FillAsync("#r-code", "HER-NUEVO");
        await page.Locator("[name=r-quantity]").FillAsync("20");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator("h1")).ToContainTextAsync("HER-NUEVO");
        await Expect(seller.Page.Locator("[aria-labelledby=v-requested]")).ToContainTextAsync("Recibida");

        await page.ClickAsync("#inspect");
        await page.ClickAsync(".rz-dialog input[value=release]");
        await page.ClickAsync(".rz-dialog [type=submit]");

        // Nobody reloads: the order has the lot, and everybody sees it.
        await Expect(supervisor.Page.Locator("[aria-labelledby=allocations]")).ToContainTextAsync("HER-NUEVO");
        await Expect(supervisor.Page.Locator("#ask")).ToHaveCountAsync(0);
        await Expect(seller.Page.Locator("[aria-labelledby=v-reserved]")).ToContainTextAsync("HER-NUEVO");
        await Expect(seller.Page.Locator("table.list").First).Not.ToContainTextAsync("espera material");
        await Expect(page.Locator(".pg-state").First).ToContainTextAsync("Agotado");
        await MoveByHandAsync(supervisor.Page);
    }

    /// <summary>The supervisor prefers another lot, and says why.</summary>
    private async Task MoveByHandAsync(IPage page)
    {
        using var inspector = await app.SignedInAsync("calidad");
        await OkAsync(
            inspector,
            "lots",
            new
            {
                code = "HER-OTRO",
                material = "HERRAJE",
                quantity = 30,
            }
        );
        await OkAsync(inspector, "lots/HER-OTRO/release", new { });
        await page.Locator("[aria-labelledby=allocations] tr", new() { HasText = "HER-NUEVO" })
            .GetByRole(AriaRole.Button)
            .First.ClickAsync();
        await page.ClickAsync(".rz-dialog input[value=HER-OTRO]");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator(".rz-dialog [role=alert]")).ToContainTextAsync("motivo");
        await page.FillAsync("#m-reason", "mejor acabado");
        await page.ClickAsync(".rz-dialog [type=submit]");
        await Expect(page.Locator("[aria-labelledby=allocations]")).ToContainTextAsync("HER-OTRO");
        await page.ClickAsync("#unreserve");
        await page.ClickAsync(".rz-dialog .rz-button:first-child");
        await Expect(page.Locator("#unreserve")).ToHaveCountAsync(0);
    }

    /// <summary>A product that needs 20 of something of which there is nothing, sold.</summary>
    private async Task<string> SaleAsync()
    {
        using var admin = await app.SignedInAsync("admin");
        await OkAsync(admin, "materials", Material("HERRAJE", "RawMaterial", "PRV-01"));
        await OkAsync(admin, "materials", Material("PUERTA", "FinishedProduct", null));
        var line = new
        {
            component = "HERRAJE",
            quantity = 2,
            unit = "und",
        };
        await OkAsync(
            admin,
            "boms",
            new
            {
                code = "B-PUERTA",
                material = "PUERTA",
                lines = new[] { line },
            }
        );
        using var seller = await app.SignedInAsync("vendedor");
        var lines = new[] { new { material = "PUERTA", quantity = 10 } };
        var sale = await OkAsync(seller, "sales-orders", new { customer = "CLI-01", lines });
        return sale.GetProperty("number").GetString()!;
    }

    private static object Material(string code, string kind, string? supplier) =>
        new
        {
            code,
            name = code,
            kind,
            unit = "und",
            supplier,
        };

    private static async Task<JsonElement> OkAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/" + path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task UntilMailAsync(string requisition)
    {
        for (
            var end = Environment.TickCount64 + 60_000;
            !mail.Received.Any(m => m.Subject.Contains(requisition));
            await Task.Delay(50)
        )
            Assert.True(Environment.TickCount64 < end, $"No mail of {requisition} came.");
    }
}
