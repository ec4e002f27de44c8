using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Api;

/// <summary>The supply routes as another program uses them: shapes, refusals, roles, repetitions. Each test has a product of its own.</summary>
[Collection(Plant.Name)]
public sealed class SupplyApiTests(PlantApp app) : IAsyncLifetime
{
    private const string Api = "/api/v1";
    private readonly string tag = Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
    private readonly Dictionary<string, HttpClient> clients = [];

    private string Raw => "R-" + tag;

    private string Product => "P-" + tag;

    public async Task InitializeAsync()
    {
        foreach (var user in new[] { "admin", "vendedor", "calidad", "supervisor", "operario" })
            clients[user] = await app.SignedInAsync(user);
        await OkAsync(
            "admin",
            "suppliers",
            new
            {
                code = "S-" + tag,
                name = "Proveedor",
                email = "ventas@proveedor.example",
            }
        );
        await OkAsync("admin", "materials", Material(Raw, "RawMaterial", "S-" + tag));
        await OkAsync("admin", "materials", Material(Product, "FinishedProduct", null));
        var line = new
        {
            component = Raw,
            quantity = 2,
            unit = "und",
        };
        await OkAsync(
            "admin",
            "boms",
            new
            {
                code = "B-" + tag,
                material = Product,
                lines = new[] { line },
            }
        );
    }

    public Task DisposeAsync()
    {
        foreach (var client in clients.Values)
            client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_lot_has_the_promised_shape_through_its_whole_life()
    {
        var made = await RegisterAsync("L", 10, "2099-05-31");
        Assert.Equal("Quarantine", made.Text("status"));
        var names = made.EnumerateObject().Select(p => p.Name).ToHashSet();
        string[] promised =
        [
            "code",
            "material",
            "status",
            "quantity",
            "onHand",
            "reserved",
            "available",
            "expiresOn",
            "supplier",
            "supplierLot",
            "location",
            "attributes",
            "inspections",
            "version",
        ];
        Assert.Empty(promised.Except(names));
        var kept = await OkAsync("calidad", $"lots/L-{tag}/keep", new { note = "húmedo", result = "repetir" });
        Assert.Equal("Quarantine", kept.Text("status"));
        await OkAsync("calidad", $"lots/L-{tag}/release", new { note = "bien" });
        await OkAsync("calidad", $"lots/L-{tag}/adjust", new { quantity = -2, reason = "conteo" });
        await OkAsync("calidad", $"lots/L-{tag}/scrap", new { quantity = 1, reason = "rota" });
        var part = await OkAsync("calidad", $"lots/L-{tag}/transfer", new { location = "BOD-PT", quantity = 3 });
        Assert.Equal($"L-{tag}-T1", part.Text("otherLot"));

        var lot = await GetAsync($"lots/L-{tag}");

        Assert.Equal(("Available", "2099-05-31", "BOD-MP"), (lot.Text("status"), lot.Text("expiresOn"), lot.Text("location")));
        Assert.Equal(
            (10m, 4m, 0m, 4m),
            (lot.Number("quantity"), lot.Number("onHand"), lot.Number("reserved"), lot.Number("available"))
        );
        Assert.Equal(
            ["keep", "release"],
            lot.GetProperty("inspections").EnumerateArray().Select(i => i.Text("decision").ToLowerInvariant())
        );
        var moves = await ItemsAsync($"movements?lot=L-{tag}");
        Assert.Equal(
            [("TRANSFER_OUT", -3m), ("SCRAP_OUT", -1m), ("ADJUSTMENT_OUT", -2m), ("PURCHASE_IN", 10m)],
            moves.Select(m => (m.Text("type"), m.Number("quantity")))
        );
        Assert.Equal(4, Assert.Single(await ItemsAsync($"stock?material={Raw}&location=BOD-MP")).Number("onHand"));
        Assert.Equal(2, (await ItemsAsync($"stock?material={Raw}&byLot=true")).Count);
        Assert.Equal($"L-{tag}", Assert.Single(await ItemsAsync($"lots?material={Raw}&location=BOD-MP")).Text("code"));
        Assert.Empty(await ItemsAsync($"lots?material={Raw}&status=Rejected"));
    }

    [Theory]
    [InlineData("calidad", "release", "{}", HttpStatusCode.Conflict, "invalid-state")]
    [InlineData("calidad", "adjust", "{\"quantity\": 1}", HttpStatusCode.UnprocessableEntity, "validation")]
    [InlineData("calidad", "adjust", "{\"reason\": \"x\"}", HttpStatusCode.BadRequest, "validation")]
    [InlineData(
        "calidad",
        "scrap",
        "{\"quantity\": 11, \"reason\": \"x\"}",
        HttpStatusCode.UnprocessableEntity,
        "insufficient-stock"
    )]
    [InlineData("calidad", "scrap", "{\"quantity\": 0.5, \"reason\": \"x\"}", HttpStatusCode.UnprocessableEntity, "validation")]
    [InlineData("calidad", "transfer", "{\"location\": \"NADA\"}", HttpStatusCode.UnprocessableEntity, "validation")]
    [InlineData("calidad", "transfer", "{}", HttpStatusCode.BadRequest, "validation")]
    [InlineData("vendedor", "scrap", "{\"quantity\": 1, \"reason\": \"x\"}", HttpStatusCode.Forbidden, "forbidden")]
    [InlineData("operario", "reject", "{}", HttpStatusCode.Forbidden, "forbidden")]
    public async Task A_refused_command_on_a_lot_changes_nothing(
        string user,
        string command,
        string body,
        HttpStatusCode status,
        string code
    )
    {
        await ReleasedAsync("L", 10);
        var before = await GetAsync($"lots/L-{tag}");

        var answer = await SendAsync(user, $"lots/L-{tag}/{command}", JsonSerializer.Deserialize<JsonElement>(body));

        await Problem.ExpectAsync(answer, status, code);
        Assert.Equal(before.GetRawText(), (await GetAsync($"lots/L-{tag}")).GetRawText());
    }

    [Fact]
    public async Task A_sale_is_confirmed_short_bought_for_and_supplied()
    {
        await ReleasedAsync("L", 6);
        var sale = await SaleAsync(5);
        Assert.Equal("Pending", sale.Text("status"));
        var number = sale.Text("number");
        await Problem.ExpectAsync(
            await SendAsync("operario", $"sales-orders/{number}/confirm"),
            HttpStatusCode.Forbidden,
            "forbidden"
        );

        var confirmed = await OkAsync("vendedor", $"sales-orders/{number}/confirm", new { }, "key-" + tag);
        var again = await OkAsync("vendedor", $"sales-orders/{number}/confirm", new { }, "key-" + tag);

        Assert.Equal(confirmed.GetRawText(), again.GetRawText());
        Assert.Equal(("Confirmed", "waiting"), (confirmed.Text("status"), confirmed.Text("supply")));
        var order = Assert.Single(confirmed.GetProperty("orders").EnumerateArray()).GetString()!;
        var taken = Assert.Single(confirmed.GetProperty("allocations").EnumerateArray());
        Assert.Equal(($"L-{tag}", 6m), (taken.Text("lot"), taken.Number("quantity")));
        var requisition = Assert.Single(confirmed.GetProperty("requisitions").EnumerateArray());
        Assert.Equal(
            ("Open", "queued", number),
            (requisition.Text("status"), requisition.Text("mail"), requisition.Text("salesOrder"))
        );
        var asked = Assert.Single(requisition.GetProperty("lines").EnumerateArray());
        Assert.Equal((Raw, 4m, "2099-01-31"), (asked.Text("material"), asked.Number("quantity"), asked.Text("targetDate")));
        await Problem.ExpectAsync(
            await SendAsync("vendedor", $"sales-orders/{number}/confirm"),
            HttpStatusCode.Conflict,
            "invalid-state"
        );

        var rq = requisition.Text("number");
        await Problem.ExpectAsync(
            await SendAsync("vendedor", $"requisitions/{rq}/confirm"),
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        Assert.Equal("Confirmed", (await OkAsync("supervisor", $"requisitions/{rq}/confirm", new { })).Text("status"));
        await Problem.ExpectAsync(
            await SendAsync("supervisor", $"requisitions/{rq}/approve"),
            HttpStatusCode.Conflict,
            "invalid-state"
        );
        await RegisterAsync("M", 4, null, rq);
        Assert.Equal("Received", (await GetAsync($"requisitions/{rq}")).Text("status"));
        await Problem.ExpectAsync(
            await SendAsync("supervisor", $"requisitions/{rq}/cancel"),
            HttpStatusCode.Conflict,
            "invalid-state"
        );
        await OkAsync("calidad", $"lots/M-{tag}/release", new { });

        await UntilAsync(async () => (await GetAsync($"sales-orders/{number}")).Text("supply") == "ready");
        var allocations = (await GetAsync($"orders/{order}")).GetProperty("allocations").EnumerateArray();
        Assert.Equal(
            [(Raw, $"L-{tag}", 6m, "Reserved"), (Raw, $"M-{tag}", 4m, "Reserved")],
            allocations.Select(a => (a.Text("material"), a.Text("lot"), a.Number("quantity"), a.Text("state")))
        );
        Assert.Equal("Depleted", (await GetAsync($"lots/M-{tag}")).Text("status"));
        Assert.Equal("Cancelled", (await OkAsync("vendedor", $"sales-orders/{number}/cancel", new { })).Text("status"));
        Assert.Equal("Cancelled", (await GetAsync($"orders/{order}")).Text("status"));
        Assert.Equal(10, Assert.Single(await ItemsAsync($"stock?material={Raw}")).Number("available"));
    }

    [Fact]
    public async Task An_order_reserved_by_hand_says_what_is_short_and_the_supervisor_asks_for_it_once()
    {
        await ReleasedAsync("L", 6);
        var order = await OkAsync("supervisor", "orders", new { material = Product, quantity = 5 });
        var number = order.Text("number");
        await Problem.ExpectAsync(
            await SendAsync("supervisor", $"orders/{number}/requisition"),
            HttpStatusCode.UnprocessableEntity,
            "nothing-to-requisition"
        );

        var reserved = await OkAsync("supervisor", $"orders/{number}/reserve", new { });

        var lacks = Assert.Single(reserved.GetProperty("shortages").EnumerateArray());
        Assert.Equal((Raw, 10m, 6m), (lacks.Text("material"), lacks.Number("required"), lacks.Number("available")));
        Assert.Empty(await ItemsAsync($"requisitions?productionOrder={number}"));
        await Problem.ExpectAsync(
            await SendAsync("operario", $"orders/{number}/requisition"),
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        var asked = await OkAsync("supervisor", $"orders/{number}/requisition", new { }, "ask-" + tag);
        await OkAsync("supervisor", $"orders/{number}/requisition", new { }, "ask-" + tag);
        Assert.Equal(4, asked.GetProperty("requisitions")[0].GetProperty("lines")[0].Number("quantity"));
        await Problem.ExpectAsync(
            await SendAsync("supervisor", $"orders/{number}/requisition"),
            HttpStatusCode.UnprocessableEntity,
            "nothing-to-requisition"
        );
        Assert.Single(await ItemsAsync($"requisitions?productionOrder={number}"));

        await ReleasedAsync("M", 20);
        await UntilAsync(async () => (await GetAsync($"orders/{number}")).GetProperty("allocations").GetArrayLength() == 2);
        var move = new
        {
            from = $"L-{tag}",
            to = $"M-{tag}",
            reason = "tono",
        };
        await Problem.ExpectAsync(
            await SendAsync("supervisor", $"orders/{number}/move-allocation", new { move.from, move.to }),
            HttpStatusCode.UnprocessableEntity,
            "validation"
        );
        await OkAsync("supervisor", $"orders/{number}/move-allocation", move);
        Assert.Equal(10, (await GetAsync($"lots/M-{tag}")).Number("reserved"));
        await OkAsync("supervisor", $"orders/{number}/unreserve", new { material = Raw });
        Assert.Equal(20, (await GetAsync($"lots/M-{tag}")).Number("available"));
    }

    [Fact]
    public async Task Only_an_admin_runs_the_expiry_pass_which_tells_the_supervisor()
    {
        // Tomorrow: nothing of the other tests' is due by then.
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(-5)).Date);
        var expiry = today.AddDays(1).ToString("yyyy-MM-dd");
        await ReleasedAsync("L", 10, expiry);
        var order = (await OkAsync("supervisor", "orders", new { material = Product, quantity = 5 })).Text("number");
        await OkAsync("supervisor", $"orders/{order}/reserve", new { });
        await Problem.ExpectAsync(
            await SendAsync("supervisor", $"admin/expire?date={expiry}"),
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        await OkAsync("admin", $"admin/expire?date={expiry}", new { });

        var lot = await GetAsync($"lots/L-{tag}");
        Assert.Equal(("Expired", 10m, 0m), (lot.Text("status"), lot.Number("onHand"), lot.Number("reserved")));
        var alert = (await ItemsAsync("alerts?state=active&severity=critical&limit=500")).Single(a =>
            a.Text("subject") == $"L-{tag}"
        );
        Assert.Equal(("lot-expired", "Supervisor"), (alert.Text("kind"), alert.Text("role")));
        var path = $"alerts/{alert.GetProperty("id")}/acknowledge";
        await Problem.ExpectAsync(await SendAsync("vendedor", path), HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal("acknowledged", (await OkAsync("supervisor", path, new { note = "voy" })).Text("state"));
        await Problem.ExpectAsync(await SendAsync("supervisor", path), HttpStatusCode.Conflict, "invalid-state");
    }

    private static object Material(string code, string kind, string? supplier) =>
        new
        {
            code,
            name = "Material " + code,
            kind,
            unit = "und",
            unitCost = 2.5,
            minShelfLifeDays = 0,
            supplier,
        };

    private Task<JsonElement> SaleAsync(decimal quantity)
    {
        var lines = new[] { new { material = Product, quantity } };
        return OkAsync(
            "vendedor",
            "sales-orders",
            new
            {
                customer = "CLI-01",
                dueDate = "2099-01-31",
                lines,
            }
        );
    }

    private Task<JsonElement> RegisterAsync(
        string name,
        decimal quantity,
        string? expiresOn = null,
        string? requisition = null
    ) =>
        OkAsync(
            "calidad",
            "lots",
            new
            {
                code = $"{name}-{tag}",
                material = Raw,
                quantity,
                expiresOn,
                location = "BOD-MP",
                requisition,
            }
        );

    private async Task ReleasedAsync(string name, decimal quantity, string? expiresOn = null)
    {
        await RegisterAsync(name, quantity, expiresOn);
        await OkAsync("calidad", $"lots/{name}-{tag}/release", new { });
    }

    private Task<JsonElement> OkAsync(string user, string path, object body, string? key = null) =>
        clients[user].SendOkAsync(HttpMethod.Post, $"{Api}/{path}", body, key);

    private Task<HttpResponseMessage> SendAsync(string user, string path, object? body = null) =>
        clients[user].CommandAsync(HttpMethod.Post, $"{Api}/{path}", body ?? new { });

    private Task<JsonElement> GetAsync(string path) => clients["operario"].GetFromJsonAsync<JsonElement>($"{Api}/{path}");

    private async Task<IReadOnlyList<JsonElement>> ItemsAsync(string path) =>
        [.. (await GetAsync(path)).GetProperty("items").EnumerateArray()];

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var end = Environment.TickCount64 + 60_000; !await holds(); await Task.Delay(50))
            Assert.True(Environment.TickCount64 < end, "What was to follow by itself did not come.");
    }
}

internal static class JsonReading
{
    public static string Text(this JsonElement json, string member) => json.GetProperty(member).GetString()!;

    public static decimal Number(this JsonElement json, string member) => json.GetProperty(member).GetDecimal();
}
