using System.Net.Http.Json;
using Manufactura.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests;

/// <summary>Script and SQL in every text that people write: shown as the text that it is, wherever it is shown.</summary>
[Collection(Floor.Name)]
public sealed class HostileTextTests(PlantApp app, Chromium chromium)
{
    private const string Script = "<img src=x onerror='globalThis.hacked=1'><script>globalThis.hacked=1</script>";
    private const string Sql = "'); drop table event; --";
    private const string Text = Script + Sql;

    [Fact]
    public async Task Script_and_sql_are_shown_as_text_on_every_page()
    {
        using var admin = await app.SignedInAsync("admin");
        var order = await WriteAsync(admin);
        await using var window = await chromium.OpenAsync(app.Address, 1600, 900);
        await window.SignInAsync("admin", $"/manufacturing/work-order/{order}/");
        var page = window.Page;
        await Expect(page.Locator(".or-observations")).ToHaveTextAsync(Text);
        await Expect(page.Locator("h1")).ToContainTextAsync(Text);
        await Expect(page.Locator("plant-matrix th[scope=row]").First).ToContainTextAsync(Text);
        await Expect(page.Locator("plant-matrix thead")).ToContainTextAsync(Text);
        foreach (
            var path in new[]
            {
                $"manufacturing/work-order/{order}/?tab=materials",
                $"manufacturing/work-order/{order}/?tab=history",
                "manufacturing/work-order/?view=list&product=hostil",
                "manufacturing/work-order/",
                "manufacturing/work-order/new/?material=hostil",
                "materials?q=hostil",
                "materials?tab=units",
                "materials/hostil",
                "boms?q=hostil",
                "lots?material=hostil-raw",
                "lots/HOSTIL-1",
                "lots/HOSTIL-1/label",
                "stock?material=hostil-raw",
                "lines",
                "sales?customer=hostil-c",
                "admin?tab=keys",
            }
        )
        {
            await page.GotoAsync(path);
            if (!path.EndsWith("label", StringComparison.Ordinal))
                await window.ReadyAsync();
            await Expect(page.Locator("body")).ToContainTextAsync("onerror=");
            Assert.Equal(0, await page.EvaluateAsync<int>("() => globalThis.hacked ?? 0"));
            await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        }
    }

    /// <summary>Everything that has a text field, with the text in it; answers the number of an order.</summary>
    private static async Task<string> WriteAsync(HttpClient admin)
    {
        await SendAsync(admin, "units", new { code = "hostil-u", name = Text });
        await SendAsync(admin, "locations", new { code = "hostil-l", name = Text });
        await SendAsync(admin, "customers", new { code = "hostil-c", name = Text });
        await SendAsync(admin, "suppliers", new { code = "hostil-s", name = Text });
        foreach (var code in new[] { "hostil-x", "hostil-y" })
            await SendAsync(
                admin,
                "attributes",
                new
                {
                    code,
                    name = Text,
                    values = new[] { new { code = "v", name = Text } },
                }
            );
        var raw = new
        {
            code = "hostil-raw",
            name = Text,
            kind = "RawMaterial",
            unit = "hostil-u",
        };
        await SendAsync(admin, "materials", raw);
        var product = new
        {
            code = "hostil",
            name = Text,
            kind = "FinishedProduct",
            unit = "hostil-u",
            unitWeightKg = 1,
            xAttribute = "hostil-x",
            yAttribute = "hostil-y",
        };
        await SendAsync(admin, "materials", product);
        var lines = new[]
        {
            new
            {
                component = "hostil-raw",
                quantity = 1,
                unit = "hostil-u",
            },
        };
        await SendAsync(
            admin,
            "boms",
            new
            {
                code = "hostil-b",
                material = "hostil",
                lines,
            }
        );
        var made = new[] { new { material = "hostil", priority = 1 } };
        await SendAsync(
            admin,
            "lines",
            new
            {
                code = "hostil-1",
                name = Text,
                capacityKg = 10,
                products = made,
            }
        );
        await SendAsync(admin, "admin/api-keys", new { name = Text[..80], role = "Screen" });
        var lot = new
        {
            code = "HOSTIL-1",
            material = "hostil-raw",
            quantity = 5,
            supplier = "hostil-s",
            supplierLot = Script[..60],
            location = "hostil-l",
        };
        await SendAsync(admin, "lots", lot);
        await SendAsync(admin, "lots/HOSTIL-1/release", new { note = Text });
        var sale = new
        {
            customer = "hostil-c",
            dueDate = "2028-01-01",
            lines = new[] { new { material = "hostil", quantity = 1 } },
        };
        await SendAsync(admin, "sales-orders", sale);
        var matrix = new
        {
            xValues = new[] { "v" },
            yValues = new[] { "v" },
            curve = new[] { new { value = "v", proportion = 1 } },
        };
        return await SendAsync(
            admin,
            "orders",
            new
            {
                material = "hostil",
                quantity = 3,
                observations = Text,
                matrix,
            }
        );
    }

    private static async Task<string> SendAsync(HttpClient client, string path, object body)
    {
        var answer = await client.PostAsJsonAsync("/api/v1/" + path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        var json = System.Text.Json.JsonDocument.Parse(text).RootElement;
        return json.TryGetProperty("number", out var number) ? number.GetString()! : "";
    }
}
