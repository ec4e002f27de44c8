using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Api;

/// <summary>Accounts, settings of accounting, physical counts, checks in detail, CSV and saved views, over HTTP.</summary>
[Collection(Plant.Name)]
public sealed class BooksTests(PlantApp app)
{
    [Fact]
    public async Task Accounts_are_master_data_and_the_settings_of_accounting_an_admins()
    {
        using var boss = await app.SignedInAsync("jefe");
        using var admin = await app.SignedInAsync("admin");
        var made = await boss.PostAsJsonAsync(
            "/api/v1/accounts",
            new
            {
                code = "6135",
                name = "Costo de ventas",
                kind = "Expense",
            }
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("Expense", (await JsonAsync(await boss.GetAsync("/api/v1/accounts/6135"))).GetProperty("kind").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await boss.DeleteAsync("/api/v1/accounts/1430")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await boss.DeleteAsync("/api/v1/accounts/6135")).StatusCode);

        var usual = await JsonAsync(await boss.GetAsync("/api/v1/accounting"));
        Assert.Equal("1430", usual.GetProperty("finishedGoodsAccount").GetString());
        var settings = new
        {
            finishedGoodsAccount = "1430",
            rawMaterialsAccount = "1405",
            closedThrough = "2020-12-31",
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await boss.PutAsJsonAsync("/api/v1/accounting", settings)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsJsonAsync("/api/v1/accounting", settings)).StatusCode);
        Assert.Equal(
            "2020-12-31",
            (await JsonAsync(await boss.GetAsync("/api/v1/accounting"))).GetProperty("closedThrough").GetString()
        );
        var unknown = await admin.PutAsJsonAsync("/api/v1/accounting", new { finishedGoodsAccount = "nope" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        await admin.PutAsJsonAsync("/api/v1/accounting", new { finishedGoodsAccount = "1430", rawMaterialsAccount = "1405" });
        using var super = await app.SignedInAsync("supervisor");
        var nothing = await super.PostAsJsonAsync("/api/v1/orders/WO-0001/retry-entry", new { });
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        using var floor = await app.SignedInAsync("operario");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await floor.PostAsJsonAsync("/api/v1/orders/WO-0001/retry-entry", new { })).StatusCode
        );
    }

    [Fact]
    public async Task A_count_is_begun_filled_and_posted_and_a_blind_one_hides_what_is_not_counted()
    {
        using var quality = await app.SignedInAsync("calidad");
        var begun = await quality.PostAsJsonAsync(
            "/api/v1/stock-counts",
            new
            {
                location = "BOD-MP",
                material = "OJA-08",
                blind = true,
            }
        );
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        var path = begun.Headers.Location!.ToString();
        var line = (await JsonAsync(await quality.GetAsync(path + "/lines"))).GetProperty("items")[0];
        Assert.Equal(JsonValueKind.Null, line.GetProperty("onHand").ValueKind);
        var lot = line.GetProperty("lot").GetString()!;
        var there = (await JsonAsync(await quality.GetAsync($"/api/v1/lots/{lot}"))).GetProperty("onHand").GetDecimal();
        using var boss = await app.SignedInAsync("jefe");
        var lines = new { lines = new[] { new { lot, counted = there + 3 } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await boss.PostAsJsonAsync(path + "/lines", lines)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await quality.PostAsJsonAsync(path + "/lines", lines)).StatusCode);
        var counted = (await JsonAsync(await quality.GetAsync(path + "/lines?differing=true"))).GetProperty("items")[0];
        Assert.Equal((there, 3m), (counted.GetProperty("booked").GetDecimal(), counted.GetProperty("difference").GetDecimal()));
        var posted = await JsonAsync(await quality.PostAsJsonAsync(path + "/post", new { }));
        Assert.Equal(1, posted.GetProperty("movements").GetInt32());
        Assert.Equal("Posted", (await JsonAsync(await quality.GetAsync(path))).GetProperty("status").GetString());
        var number = posted.GetProperty("number").GetString();
        var moved = (await JsonAsync(await quality.GetAsync($"/api/v1/movements?reference={number}"))).GetProperty("items")[0];
        Assert.Equal("ADJUSTMENT_IN", moved.GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await quality.PostAsJsonAsync(path + "/post", new { })).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await quality.PostAsJsonAsync("/api/v1/stock-counts", new { location = "NOWHERE" })).StatusCode
        );
    }

    [Fact]
    public async Task Checks_reports_and_the_books_are_there_as_CSV_too()
    {
        using var client = await app.SignedInAsync("operario");
        var check = await client.GetStringAsync("/api/v1/checks/in-progress-over-7-days?format=csv");
        Assert.StartsWith("check,key\r\nin-progress-over-7-days,WO-", check, StringComparison.Ordinal);
        var page = await JsonAsync(await client.GetAsync("/api/v1/checks/in-progress-over-7-days?limit=1"));
        Assert.Equal(1, page.GetProperty("items").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, page.GetProperty("nextCursor").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/checks/nonsense")).StatusCode);
        foreach (
            var (name, header) in new[]
            {
                ("orders-by-state", "status,orders,quantity,produced"),
                ("most-used-boms", "bom,material,name,orders,quantity"),
                ("average-quantity", "material,name,orders,average"),
            }
        )
            Assert.StartsWith(
                header,
                await client.GetStringAsync($"/api/v1/reports/{name}?format=csv"),
                StringComparison.Ordinal
            );
        var books = await client.GetStringAsync("/api/v1/journal-entries?format=csv");
        Assert.StartsWith(
            "number,date,description,reference,account,accountName,debit,credit\r\n",
            books,
            StringComparison.Ordinal
        );
        // Two lines for each of the demo plant's 69 entries, and what other tests book.
        Assert.InRange(books.Split("\r\n").Count(l => l.StartsWith("JE-00", StringComparison.Ordinal)), 138, 10_000);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/journal-entries?format=xml")).StatusCode);
    }

    [Fact]
    public async Task The_genealogy_of_an_order_takes_its_partial_orders_as_one_with_it()
    {
        using var client = await app.SignedInAsync("operario");
        var back = await JsonAsync(await client.GetAsync("/api/v1/orders/WO-0142/trace?direction=back"));
        var links = back.GetProperty("links").EnumerateArray().ToList();
        Assert.NotEmpty(links);
        Assert.Contains(links, l => l.GetProperty("to").GetString() == "order:WO-0142");
        Assert.DoesNotContain(
            links,
            l => l.GetProperty("to").GetString()!.StartsWith("order:WO-0142-", StringComparison.Ordinal)
        );
        var forward = await JsonAsync(await client.GetAsync("/api/v1/orders/WO-0142/trace?direction=forward"));
        Assert.All(
            forward.GetProperty("links").EnumerateArray(),
            l => Assert.Equal("order:WO-0142", l.GetProperty("from").GetString())
        );
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/orders/WO-999999/trace")).StatusCode);
    }

    [Fact]
    public async Task Everybody_keeps_their_own_views()
    {
        using var client = await app.SignedInAsync("operario");
        using var other = await app.SignedInAsync("vendedor");
        Assert.Equal(
            HttpStatusCode.OK,
            (await client.PutAsJsonAsync("/api/v1/saved-views/orders/Hoy", new { query = "created=today" })).StatusCode
        );
        var mine = (await JsonAsync(await client.GetAsync("/api/v1/saved-views"))).GetProperty("items");
        Assert.Equal("created=today", mine[0].GetProperty("query").GetString());
        Assert.Equal(0, (await JsonAsync(await other.GetAsync("/api/v1/saved-views"))).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync("/api/v1/saved-views/orders/Hoy")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/v1/saved-views/orders/Hoy")).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await client.PutAsJsonAsync("/api/v1/saved-views/orders/Hoy", new { })).StatusCode
        );
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();
}
