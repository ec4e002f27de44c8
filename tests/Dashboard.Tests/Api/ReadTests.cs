using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Dashboard.Tests.Api;

/// <summary>A small plant of its own names, written once through the commit log, read through the API.</summary>
[Collection(Plant.Name)]
public sealed class ReadTests(PlantApp app) : IAsyncLifetime
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static bool isSeeded;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        client = await app.SignedInAsync("operario");
        await Turn.WaitAsync();
        try
        {
            if (!isSeeded)
                await SeedAsync();
            isSeeded = true;
        }
        finally
        {
            Turn.Release();
        }
    }

    public Task DisposeAsync()
    {
        client.Dispose();
        return Task.CompletedTask;
    }

    // What api.md says of each shape.
    [Theory]
    [InlineData("units?q=rt-", "code name precision")]
    [InlineData("locations?q=rt-", "code name isDefault active")]
    [InlineData(
        "materials?q=rt-",
        "code name kind unit unitCost unitWeightKg minStock minShelfLifeDays lotTracked allocationPolicy supplier criticalQuantity xAttribute yAttribute overproductionTolerance"
    )]
    [InlineData("lines?q=rt-", "code name capacityKg active products")]
    [InlineData(
        "orders?ids=RT-1,RT-1-01,RT-2",
        "number kind parent status matrixState material bom quantity produced moved outstanding originLocation destinationLocation line salesOrder dueDate priority observations bomLines allocations lots version createdBy createdAt"
    )]
    [InlineData("orders/RT-2/lines", "code name priority capacityUnits assignedKg percent")]
    [InlineData("orders/RT-2/requirements", "component name unit required reserved available consumed ok")]
    [InlineData(
        "lots?material=rt-raw",
        "code material status quantity onHand reserved available expiresOn supplier supplierLot location attributes inspections version"
    )]
    [InlineData("stock?material=rt-raw", "material location onHand reserved available")]
    [InlineData("stock?material=rt-raw&byLot=true", "material location onHand reserved available lot")]
    [InlineData("movements?material=rt-raw", "id type material lot location quantity reference withdrawn at by")]
    [InlineData("journal-entries?reference=RT-1", "number date description reference lines")]
    [InlineData("sales-orders?ids=RT-SO", "number status customer dueDate lines orders supply")]
    [InlineData("requisitions?ids=RT-RQ", "number supplier status lines mail salesOrder")]
    [InlineData("alerts?subject=rt-raw", "id kind severity subject role state text")]
    [InlineData("events?subject=order:RT-2", "specversion id source type subject time data")]
    [InlineData("checks", "code kind title violations sample")]
    [InlineData("reports", "name title")]
    public async Task Every_list_has_items_in_the_shape_of_the_interface(string path, string members)
    {
        var answer = await GetAsync(path);
        var items = answer.GetProperty("items").EnumerateArray().ToArray();
        Assert.NotEmpty(items);
        foreach (var item in items)
        foreach (var member in members.Split(' '))
            Assert.True(item.TryGetProperty(member, out _), $"{member} in {item}");
    }

    [Fact]
    public async Task One_of_each_is_answered_by_its_key_and_what_is_not_there_is_not_found()
    {
        foreach (
            var path in (string[])["orders/RT-1", "lots/RT-RAW-1", "sales-orders/RT-SO", "requisitions/RT-RQ", "lines/rt-l1/load"]
        )
        {
            Assert.Equal(JsonValueKind.Object, (await GetAsync(path)).ValueKind);
            var parts = path.Split('/');
            parts[1] = "no-such";
            await Problem.ExpectAsync(
                await client.GetAsync("/api/v1/" + string.Join('/', parts)),
                HttpStatusCode.NotFound,
                "not-found"
            );
        }

        foreach (
            var path in (string[])["orders/no/matrix", "orders/no/requirements", "orders/no/lines", "lots/no/trace", "reports/no"]
        )
            await Problem.ExpectAsync(await client.GetAsync("/api/v1/" + path), HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("orders?status=Sleeping", "status")]
    [InlineData("orders?matrixState=Planned", "matrixState")]
    [InlineData("orders?from=yesterday", "from")]
    [InlineData("orders?to=2026-13-01", "to")]
    [InlineData("orders?limit=0", "limit")]
    [InlineData("orders?limit=-1", "limit")]
    [InlineData("orders?limit=ten", "limit")]
    [InlineData("orders?cursor=%21%21", "cursor")]
    [InlineData("lots?cursor=", null)]
    [InlineData("lots?status=Good", "status")]
    [InlineData("lots?expiresBefore=20-11-2026", "expiresBefore")]
    [InlineData("lots/RT-RAW-1/trace?direction=up", "direction")]
    [InlineData("stock?byLot=maybe", "byLot")]
    [InlineData("stock?at=x", "at")]
    [InlineData("movements?type=GIFT_IN", "type")]
    [InlineData("movements?withdrawn=1", "withdrawn")]
    [InlineData("journal-entries?from=x", "from")]
    [InlineData("events?after=x", "after")]
    [InlineData("events?after=-1", "after")]
    [InlineData("sales-orders?status=Open", "status")]
    [InlineData("requisitions?status=Pending", "status")]
    [InlineData("alerts?state=gone", "state")]
    [InlineData("alerts?severity=huge", "severity")]
    [InlineData("materials?kind=Gas", "kind")]
    [InlineData("boms?active=x", "active")]
    [InlineData("reports/costs?from=x", "from")]
    public async Task A_filter_that_cannot_be_understood_is_400_and_named(string path, string? field)
    {
        var answer = await client.GetAsync("/api/v1/" + path);
        if (field is null)
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else
            Assert.Equal(
                field,
                (await Problem.ExpectAsync(answer, HttpStatusCode.BadRequest, "validation")).GetProperty("field").GetString()
            );
    }

    [Theory]
    [InlineData("orders?parent=RT-1", "RT-1-01")]
    [InlineData("orders?material=rt-prod&status=Planned", "RT-2")]
    [InlineData("orders?material=rt-prod&status=Planned,Done", "RT-2 RT-1-01 RT-1")]
    [InlineData("orders?ids=RT-2&line=rt-l1", "RT-2")]
    [InlineData("orders?salesOrder=RT-SO", "RT-2")]
    [InlineData("orders?originLocation=rt-loc&bom=rt-bom", "RT-2")]
    [InlineData("orders?q=producto rt", "RT-2 RT-1-01 RT-1")]
    [InlineData("orders?q=rt-1-0", "RT-1-01")]
    [InlineData("orders?q=100%25 rt", "")]
    [InlineData("orders?material=rt-prod&from=2026-11-19&to=2026-11-19", "RT-1-01 RT-1")]
    [InlineData("orders?material=rt-prod&from=2026-11-20T00:00:00-05:00", "RT-2")]
    [InlineData("lots?material=rt-raw&status=Available", "RT-RAW-1")]
    [InlineData("lots?material=rt-raw&expiresBefore=2027-01-01", "RT-RAW-OLD")]
    [InlineData("lots?q=rt-sup-lot", "RT-RAW-1")]
    public async Task Filters_choose_what_they_name(string path, string expected)
    {
        var items = (await GetAsync(path)).GetProperty("items").EnumerateArray();
        var key = path.StartsWith("lots", StringComparison.Ordinal) ? "code" : "number";
        Assert.Equal(expected, string.Join(' ', items.Select(i => i.GetProperty(key).GetString())));
    }

    [Theory]
    [InlineData("orders?material=rt-prod")]
    [InlineData("lots?material=rt-raw,rt-prod")]
    [InlineData("movements?material=rt-raw,rt-prod")]
    [InlineData("stock?material=rt-raw,rt-prod&byLot=true")]
    [InlineData("stock?material=rt-raw,rt-prod")]
    [InlineData("materials?q=rt-")]
    [InlineData("events?subject=order:RT-1,order:RT-2,order:RT-1-01")]
    public async Task Pages_of_one_together_are_the_whole_list(string path)
    {
        var whole = (await GetAsync(path)).GetProperty("items").EnumerateArray().Select(i => i.GetRawText()).ToArray();
        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(path + "&limit=1" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            paged.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetRawText()));
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null && paged.Count <= whole.Length);
        Assert.True(whole.Length > 1);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task Stock_counts_available_unexpired_lots_only_and_the_ledger_answers_for_a_past_day()
    {
        var now = Assert.Single((await GetAsync("stock?material=rt-raw")).GetProperty("items").EnumerateArray());
        Assert.Equal((14m, 5m, 9m), Quantities(now));
        var then = Assert.Single((await GetAsync("stock?material=rt-raw&at=2026-11-19")).GetProperty("items").EnumerateArray());
        Assert.Equal((20m, 0m, 20m), Quantities(then));
        Assert.Empty((await GetAsync("stock?material=rt-raw&at=2026-11-17")).GetProperty("items").EnumerateArray());
        Assert.Equal((20m, 20m), ((await GetAsync("lots/RT-RAW-Q")).GetProperty("onHand").GetDecimal(), 20m));
    }

    [Fact]
    public async Task A_lines_load_is_the_outstanding_weight_of_its_open_orders()
    {
        var load = await GetAsync("lines/rt-l1/load");
        Assert.Equal(20, load.GetProperty("assignedKg").GetDecimal());
        Assert.Equal(20, load.GetProperty("percent").GetDecimal());
        Assert.Equal("RT-2", Assert.Single(load.GetProperty("queue").EnumerateArray()).GetProperty("number").GetString());
        var line = Assert.Single((await GetAsync("orders/RT-2/lines")).GetProperty("items").EnumerateArray());
        Assert.Equal(50, line.GetProperty("capacityUnits").GetDecimal());
    }

    [Fact]
    public async Task Requirements_say_what_is_reserved_free_and_consumed()
    {
        var item = Assert.Single((await GetAsync("orders/RT-2/requirements")).GetProperty("items").EnumerateArray());
        Assert.Equal(20, item.GetProperty("required").GetDecimal());
        Assert.Equal(5, item.GetProperty("reserved").GetDecimal());
        Assert.Equal(9, item.GetProperty("available").GetDecimal());
        Assert.False(item.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Genealogy_goes_through_orders_and_transfers_both_ways()
    {
        var back = await GetAsync("lots/RT-1-01-T1/trace?direction=back");
        var forward = await GetAsync("lots/RT-RAW-1/trace?direction=forward");
        string[] all = ["lot:RT-1-01", "lot:RT-1-01-T1", "lot:RT-RAW-1", "order:RT-1-01"];
        foreach (var trace in new[] { back, forward })
        {
            Assert.Equal(
                all,
                trace
                    .GetProperty("nodes")
                    .EnumerateArray()
                    .Select(n => $"{n.GetProperty("type")}:{n.GetProperty("code")}")
                    .Order()
            );
            Assert.Equal(3, trace.GetProperty("links").GetArrayLength());
        }

        Assert.Empty((await GetAsync("lots/RT-RAW-1/trace?direction=back")).GetProperty("links").EnumerateArray());
    }

    [Fact]
    public async Task Withdrawn_movements_are_shown_on_demand_only()
    {
        Assert.DoesNotContain((await Movements("")), m => m.GetProperty("withdrawn").GetBoolean());
        Assert.Contains((await Movements("&withdrawn=true")), m => m.GetProperty("withdrawn").GetBoolean());

        async Task<JsonElement[]> Movements(string more) =>
            [.. (await GetAsync("movements?material=rt-prod" + more)).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task The_board_has_a_column_per_status_with_counts_and_shortages()
    {
        var columns = (await GetAsync("orders/board?material=rt-prod&limit=1")).GetProperty("columns").EnumerateArray().ToArray();
        Assert.Equal(
            ["Draft", "Planned", "InProgress", "Done", "Cancelled"],
            columns.Select(c => c.GetProperty("status").GetString()!)
        );
        Assert.Equal([0, 1, 0, 1, 0], columns.Select(c => c.GetProperty("count").GetInt32()));
        var card = Assert.Single(columns[1].GetProperty("cards").EnumerateArray());
        Assert.True(card.GetProperty("shortages").GetBoolean());
        Assert.Equal("Producto RT", card.GetProperty("materialName").GetString());
        Assert.Single(columns[3].GetProperty("cards").EnumerateArray());
    }

    [Fact]
    public async Task Every_report_answers_rows()
    {
        foreach (var report in (await GetAsync("reports")).GetProperty("items").EnumerateArray())
            Assert.NotEmpty(
                (await GetAsync("reports/" + report.GetProperty("name").GetString())).GetProperty("items").EnumerateArray()
            );
        var consumption = (await GetAsync("reports/material-consumption?from=2026-11-19&to=2026-11-20"))
            .GetProperty("items")
            .EnumerateArray();
        var raw = consumption.Single(r => r.GetProperty("material").GetString() == "rt-raw");
        Assert.Equal((6m, 12m), (raw.GetProperty("consumed").GetDecimal(), raw.GetProperty("cost").GetDecimal()));
    }

    [Fact]
    public async Task Events_rise_and_are_cloud_events()
    {
        var all = (await GetAsync("events?limit=500")).GetProperty("items").EnumerateArray().ToArray();
        var ids = all.Select(e => long.Parse(e.GetProperty("id").GetString()!)).ToArray();
        Assert.Equal(ids.Order(), ids);
        var rest = (await GetAsync($"events?after={ids[^2]}&limit=1")).GetProperty("items").EnumerateArray();
        Assert.Equal(ids[^1].ToString(), Assert.Single(rest).GetProperty("id").GetString());
        Assert.All(all, e => Assert.Equal("1.0", e.GetProperty("specversion").GetString()));
    }

    [Fact]
    public async Task Nobody_reads_without_signing_in()
    {
        using var nobody = app.Anonymous();
        await Problem.ExpectAsync(await nobody.GetAsync("/api/v1/orders"), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static (decimal, decimal, decimal) Quantities(JsonElement s) =>
        (s.GetProperty("onHand").GetDecimal(), s.GetProperty("reserved").GetDecimal(), s.GetProperty("available").GetDecimal());

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await client.GetAsync("/api/v1/" + path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task SeedAsync()
    {
        using var admin = await app.SignedInAsync("admin");
        await Post(admin, "units", """{"code": "rt-pz", "name": "Pieza"}""");
        await Post(admin, "locations", """{"code": "rt-loc", "name": "Bodega"}""");
        await Post(admin, "suppliers", """{"code": "rt-sup", "name": "Proveedor"}""");
        await Post(admin, "customers", """{"code": "rt-cus", "name": "Cliente"}""");
        await Post(
            admin,
            "materials",
            """{"code": "rt-raw", "name": "Materia RT", "kind": "RawMaterial", "unit": "rt-pz", "unitCost": 2}"""
        );
        await Post(
            admin,
            "materials",
            """{"code": "rt-prod", "name": "Producto RT", "kind": "FinishedProduct", "unit": "rt-pz", "unitWeightKg": 2}"""
        );
        await Post(
            admin,
            "boms",
            """{"code": "rt-bom", "material": "rt-prod", "lines": [{"component": "rt-raw", "quantity": 2}]}"""
        );
        await Post(
            admin,
            "lines",
            """{"code": "rt-l1", "name": "Línea", "capacityKg": 100, "products": [{"material": "rt-prod"}]}"""
        );
        var log = app.Services.GetRequiredService<ICommitLog>();
        var bought = new DateTimeOffset(2026, 11, 18, 15, 0, 0, TimeSpan.Zero);
        var made = new DateTimeOffset(2026, 11, 19, 15, 0, 0, TimeSpan.Zero);
        var used = new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero);
        var later = new DateTimeOffset(2026, 11, 20, 16, 0, 0, TimeSpan.Zero);
        const string lines = """[{"component": "rt-raw", "quantity": 2, "unit": "rt-pz"}]""";

        var first = new UnitOfWork();
        first.Add(new SalesOrderInsert("RT-SO", "Confirmed", "rt-cus", new DateOnly(2026, 12, 1), "x", made));
        first.Add(
            new OrderInsert(
                "RT-1",
                "Done",
                "rt-prod",
                3,
                "x",
                made,
                made,
                Produced: 3,
                OriginLocation: "rt-loc",
                DestinationLocation: "rt-loc"
            )
        );
        await Commit(log, first);
        var second = new UnitOfWork();
        second.Add(
            new OrderInsert(
                "RT-1-01",
                "Done",
                "rt-prod",
                3,
                "x",
                made,
                made,
                "partial",
                "RT-1",
                Produced: 3,
                OriginLocation: "rt-loc",
                DestinationLocation: "rt-loc"
            )
        );
        second.Add(
            new LotInsert(
                "RT-RAW-1",
                "rt-raw",
                "Available",
                20,
                14,
                "rt-loc",
                bought,
                Reserved: 5,
                ExpiresOn: new DateOnly(2028, 1, 1),
                Supplier: "rt-sup",
                SupplierLot: "RT-SUP-LOT"
            )
        );
        second.Add(
            new LotInsert("RT-RAW-Q", "rt-raw", "Quarantine", 20, 20, "rt-loc", bought, ExpiresOn: new DateOnly(2028, 1, 1))
        );
        second.Add(
            new LotInsert("RT-RAW-OLD", "rt-raw", "Expired", 20, 20, "rt-loc", bought, ExpiresOn: new DateOnly(2026, 11, 1))
        );
        second.Add(new LotInsert("RT-1-01", "rt-prod", "Available", 3, 2, "rt-loc", made));
        second.Add(new LotInsert("RT-1-01-T1", "rt-prod", "Available", 1, 1, "rt-loc", later));
        second.Add(new MovementInsert("PURCHASE_IN", "rt-raw", "RT-RAW-1", "rt-loc", 20, "RT-RAW-1", null, "x", bought));
        second.Add(new MovementInsert("PURCHASE_IN", "rt-raw", "RT-RAW-Q", "rt-loc", 20, "RT-RAW-Q", null, "x", bought));
        second.Add(new MovementInsert("PURCHASE_IN", "rt-raw", "RT-RAW-OLD", "rt-loc", 20, "RT-RAW-OLD", null, "x", bought));
        second.Add(new MovementInsert("PRODUCTION_OUT", "rt-raw", "RT-RAW-1", "rt-loc", -6, "RT-1-01", null, "x", used));
        second.Add(new MovementInsert("PRODUCTION_IN", "rt-prod", "RT-1-01", "rt-loc", 3, "RT-1-01", null, "x", used));
        second.Add(new MovementInsert("TRANSFER_OUT", "rt-prod", "RT-1-01", "rt-loc", -1, "RT-1-01", null, "x", later));
        second.Add(new MovementInsert("TRANSFER_IN", "rt-prod", "RT-1-01-T1", "rt-loc", 1, "RT-1-01", null, "x", later));
        second.Add(new MovementInsert("SCRAP_OUT", "rt-prod", "RT-1-01-T1", "rt-loc", -1, "RT-GONE", null, "x", later));
        second.Add(
            new OrderInsert(
                "RT-2",
                "Planned",
                "rt-prod",
                10,
                "x",
                later,
                later,
                Bom: "rt-bom",
                BomLines: lines,
                OriginLocation: "rt-loc",
                DestinationLocation: "rt-loc",
                Line: "rt-l1",
                SalesOrder: "RT-SO"
            )
        );
        second.Add(new AllocationInsert("RT-2", "RT-RAW-1", "rt-raw", 5, "Reserved", "x", later));
        second.Add(new JournalEntryInsert("RT-JE", new DateOnly(2026, 11, 20), "Producción", "RT-1", "x", made));
        second.Add(new JournalLineInsert("RT-JE", 1, "1430", 12, 0));
        second.Add(new JournalLineInsert("RT-JE", 2, "1405", 0, 12));
        second.Add(new SalesLineInsert("RT-SO", 1, "rt-prod", 10, null));
        second.Add(new RequisitionInsert("RT-RQ", "rt-sup", "Open", "queued", "RT-SO", null, "x", made));
        second.Add(new RequisitionLineInsert("RT-RQ", 1, "rt-raw", 6, new DateOnly(2026, 12, 1)));
        second.Add(new AlertRaise("rt-low", "material:rt-raw", "low-stock", "warning", "rt-raw", "Supervisor", "Bajo", "Low", "{}", made));
        // As the plant's own commands do, the event of an order names its line: the line keeps its queue in memory and hears of it so.
        foreach (var (order, line) in ((string, string?)[])[("RT-1", null), ("RT-1-01", null), ("RT-2", "line:rt-l1")])
            second.Add(new EventInsert("order-created", "order:" + order, line, 1, "x", "{}"));
        await Commit(log, second);
        var third = new UnitOfWork();
        third.Add(new MovementWithdraw("RT-GONE"));
        await Commit(log, third);
    }

    private static async Task Commit(ICommitLog log, UnitOfWork work) =>
        Assert.IsType<CommitResult.Committed>(await log.CommitAsync(work));

    private static async Task Post(HttpClient admin, string path, string body)
    {
        var answer = await admin.PostAsync("/api/v1/" + path, new StringContent(body, null, "application/json"));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }
}
