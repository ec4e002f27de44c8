using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Orders;

/// <summary>What the people of the story do outside the matrix, and what the plant's books say of it.</summary>
internal static class Story
{
    /// <summary>Creates an order of 144 jeans by hand, three tonos by four tallas; answers its number.</summary>
    public static async Task<string> CreateAsync(MatrixWindow jefe)
    {
        var page = jefe.Page;
        await page.Locator(".rz-dropdown:has([name=new-product])").ClickAsync();
        await page.Keyboard.TypeAsync("recto clásico");
        await page.Locator(".rz-dropdown-item:visible", new() { HasText = "PT-JRC" }).ClickAsync();
        await page.FillAsync("#new-quantity", "144");
        foreach (var tono in new[] { "Índigo", "Azul medio", "Negro" })
            await page.Locator(".or-chip", new() { HasText = tono }).First.ClickAsync();
        foreach (var (talla, proportion) in new[] { ("28", 1), ("30", 2), ("32", 2), ("34", 1) })
        {
            await page.Locator(".or-curve", new() { HasText = "Talla " + talla }).Locator(".or-chip").ClickAsync();
            await page.GetByLabel($"Proporción de Talla {talla}").FillAsync(proportion.ToString(CultureInfo.InvariantCulture));
        }

        await Expect(page.Locator(".or-preview tfoot .sum")).ToHaveTextAsync("144");
        await page.ClickAsync(".or-new-foot [type=submit]");
        await jefe.ShownAsync();
        await Expect(jefe.Input("T-110", "32")).ToHaveValueAsync("16");
        var number = new Uri(page.Url).Segments[^1].TrimEnd('/');
        Assert.StartsWith("WO-", number, StringComparison.Ordinal);
        return number;
    }

    /// <summary>Quality receives and releases more of every component than all orders together wait for.</summary>
    public static async Task StockAsync(Uri address, string order)
    {
        using var client = new HttpClient { BaseAddress = new(address, "/api/v1/") };
        var signIn = await SendAsync("auth/login", new { user = "calidad", password = PlantApp.Password });
        client.DefaultRequestHeaders.Authorization = new("Bearer", signIn.GetProperty("accessToken").GetString());
        var lines = (await client.GetFromJsonAsync<JsonElement>($"orders/{order}")).GetProperty("bomLines").EnumerateArray();
        foreach (var material in lines.Select(l => l.GetProperty("component").GetString()))
        {
            var lot = await SendAsync(
                "lots",
                new
                {
                    material,
                    quantity = 50_000,
                    location = "BOD-MP",
                }
            );
            if (lot.GetProperty("status").GetString() == "Quarantine")
                await SendAsync($"lots/{lot.GetProperty("code").GetString()}/release", new { });
        }

        async Task<JsonElement> SendAsync(string path, object body)
        {
            var answer = await client.PostAsJsonAsync(path, body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }

    /// <summary>The list holds these orders and no others.</summary>
    public static async Task ShowsExactlyAsync(MatrixWindow window, IReadOnlyCollection<string> numbers)
    {
        await Expect(window.Page.Locator(".or-list tbody tr")).ToHaveCountAsync(numbers.Count);
        var shown = await window.Page.Locator(".or-list tbody td:first-child a").AllTextContentsAsync();
        Assert.Equal(numbers, shown.Order(StringComparer.Ordinal));
    }

    /// <summary>The next request to these addresses is carried out, and its answer never arrives.</summary>
    public static Task LoseOneAnswerAsync(IPage page, string addresses) =>
        page.RouteAsync(
            addresses,
            async route =>
            {
                await route.FetchAsync();
                await route.AbortAsync();
            },
            new() { Times = 1 }
        );

    /// <summary>Orders of a kind that came of an order, in order.</summary>
    public static async Task<string[]> NumbersAsync(NpgsqlDataSource database, string order, string kind)
    {
        await using var command = database.CreateCommand(
            "select number from production_order where number like $1 || '-%' and kind = $2 order by number"
        );
        command.Parameters.AddWithValue(order);
        command.Parameters.AddWithValue(kind);
        var numbers = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            numbers.Add(reader.GetString(0));
        return [.. numbers];
    }

    /// <summary>How many lots came of an order and its chain.</summary>
    public static async Task<long> LotsAsync(NpgsqlDataSource database, string order)
    {
        await using var command = database.CreateCommand("select count(*) from lot where code like $1 || '-%'");
        command.Parameters.AddWithValue(order);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
