using System.Net;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Lines;

/// <summary>What comes of a division by the kind and state of the order, and what is refused for it.</summary>
[Collection(LinePlant.Name)]
public sealed class RestApiTests(PlantApp app) : IAsyncLifetime
{
    private Workshop shop = null!;

    public async Task InitializeAsync() => shop = await Workshop.OpenAsync(app);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_rest_of_what_was_sold_keeps_the_sale_and_its_share_of_the_lots_and_is_a_draft_like_its_matrix()
    {
        await shop.LineAsync("LWR", 20, products: ["PT-JRC"]);
        var number = await SoldAsync(60);
        var before = await shop.ReadAsync(number);
        Assert.NotEmpty(Reserved(before));
        var answer = await shop.DoAsync(number, "assign-line", new { line = "LWR", split = true });
        var (order, rest) = (await shop.ReadAsync(number), await shop.ReadAsync(answer.GetProperty("rest").Text("number")!));
        Assert.Equal(60, order.Number("quantity") + rest.Number("quantity"));
        foreach (var member in new[] { "salesOrder", "dueDate", "material", "bom", "matrixState", "status" })
            Assert.Equal(before.GetProperty(member).GetRawText(), rest.GetProperty(member).GetRawText());
        Assert.Equal(("Draft", "pending", null), (rest.Text("status"), rest.Text("matrixState"), rest.Text("line")));
        var (kept, given) = (Reserved(order), Reserved(rest));
        foreach (var (material, quantity) in Reserved(before))
        {
            var gone = given.GetValueOrDefault(material);
            Assert.Equal(quantity, kept.GetValueOrDefault(material) + gone);
            // By the part of the units, to less than one of the component.
            Assert.InRange(gone - quantity * rest.Number("quantity") / 60, -1, 1);
        }

        Assert.Empty(await shop.ViolationsAsync());
    }

    [Fact]
    public async Task A_partial_order_is_made_already_and_goes_on_no_line()
    {
        // Of nothing: other tests may have taken the plant's cloth.
        await MaterialAsync("lw-x", "TONO", "TALLA");
        var number = await shop.Jefe.StartedAsync(20, "lw-x");
        var cells = (await shop.Jefe.CellsAsync(number)).Select(c => new
        {
            x = c.Text("x"),
            y = c.Text("y"),
            toProduce = 1,
        });
        await shop.Jefe.SendOkAsync(HttpMethod.Patch, $"/api/v1/orders/{number}/matrix/cells", new { cells });
        var made = await shop.DoAsync(number, "produce-lots");
        var partial = made.GetProperty("orders")
            .EnumerateArray()
            .Select(o => o.GetString()!)
            .First(o => !o.EndsWith("R1", StringComparison.Ordinal));
        Assert.Equal("partial", (await shop.ReadAsync(partial)).Text("kind"));
        foreach (var (command, body) in Moves("LW1"))
        {
            var no = await Problem.ExpectAsync(
                await shop.TryAsync(partial, command, body),
                HttpStatusCode.Conflict,
                "invalid-state"
            );
            Assert.Equal($"La orden parcial {partial} ya se produjo: no se asigna a una línea.", no.Text("title"));
        }
    }

    [Fact]
    public async Task What_is_closed_or_has_no_line_or_would_be_too_many_parts_is_not_divided()
    {
        await MaterialAsync("lw-few");
        var number = await shop.OrderAsync(1001, "lw-few");
        var none = await shop.TryAsync(number, "split-all");
        var no = await Problem.ExpectAsync(none, HttpStatusCode.UnprocessableEntity, "no-line");
        Assert.Equal("El producto lw-few no tiene ninguna línea compatible.", no.Text("title"));
        await shop.LineAsync("LWT", 5, products: ["lw-few"]);
        no = await Problem.ExpectAsync(
            await shop.TryAsync(number, "split-all"),
            HttpStatusCode.UnprocessableEntity,
            "too-many-parts"
        );
        Assert.Equal(
            $"La orden {number} se dividiría en más de 200 partes: revise el peso unitario y las capacidades.",
            no.Text("title")
        );
        await JefeAsync(number, "cancel");
        foreach (var (command, body) in Moves("LWT"))
            await Problem.ExpectAsync(await shop.TryAsync(number, command, body), HttpStatusCode.Conflict, "invalid-state");
        Assert.Empty((await shop.GetAsync($"orders?parent={number}")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Matrices_that_went_different_ways_are_not_put_together_again()
    {
        await shop.LineAsync("LWM", 100, products: ["PT-JRC"]);
        var number = await shop.Jefe.CreatedAsync(400);
        await JefeAsync(number, "matrix/recalculate");
        var part = (await shop.DoAsync(number, "assign-line", new { line = "LWM", split = true })).GetProperty("rest");
        await JefeAsync(number, "confirm-planning");
        var no = await Problem.ExpectAsync(
            await shop.TryAsync(part.Text("number")!, "undo-split"),
            HttpStatusCode.Conflict,
            "invalid-state"
        );
        Assert.Equal(
            $"Las matrices de {number} y {part.Text("number")} ya no tienen el mismo estado y los mismos valores.",
            no.Text("title")
        );
        await JefeAsync(part.Text("number")!, "confirm-planning");
        await shop.DoAsync(part.Text("number")!, "undo-split");
        Assert.Equal(400, (await shop.ReadAsync(number)).Number("quantity"));
        Assert.Empty(await shop.ViolationsAsync());
    }

    [Fact]
    public async Task An_order_named_twice_in_a_sequence_is_refused()
    {
        await shop.LineAsync("LWQ", 100);
        var (a, b) = (await shop.OrderAsync(10), await shop.OrderAsync(20));
        foreach (var number in new[] { a, b })
            await shop.DoAsync(number, "assign-line", new { line = "LWQ" });
        foreach (object body in new object[] { new { orders = new[] { b, b } }, new { orders = new[] { b }, before = b } })
        {
            var no = await Problem.ExpectAsync(
                await shop.Operario.CommandAsync(HttpMethod.Post, "/api/v1/lines/LWQ/queue", body),
                HttpStatusCode.UnprocessableEntity,
                "validation"
            );
            Assert.Equal($"La orden {b} aparece dos veces.", no.Text("title"));
        }

        Assert.Equal([a, b], await shop.QueueAsync("LWQ"));
    }

    private static IEnumerable<(string Command, object Body)> Moves(string line) =>
        [
            ("assign-line", new { line, split = true }),
            ("unassign-line", new { }),
            ("split-all", new { }),
            ("split-all", new { parts = new[] { new { line, units = 1 } } }),
        ];

    private Task<JsonElement> JefeAsync(string number, string command) =>
        shop.Jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{number}/{command}", new { });

    private Task<JsonElement> MaterialAsync(string code, string? xAttribute = null, string? yAttribute = null) =>
        shop.Jefe.SendOkAsync(
            HttpMethod.Post,
            "/api/v1/materials",
            new
            {
                code,
                name = "Producto " + code,
                kind = "FinishedProduct",
                unit = "und",
                unitWeightKg = 1,
                xAttribute,
                yAttribute,
            }
        );

    /// <summary>The order of a confirmed sale of jeans.</summary>
    private async Task<string> SoldAsync(int quantity)
    {
        using var vendedor = await app.SignedInAsync("vendedor");
        var sale = await vendedor.SendOkAsync(
            HttpMethod.Post,
            "/api/v1/sales-orders",
            new
            {
                customer = "CLI-01",
                dueDate = "2027-03-01",
                lines = new[] { new { material = "PT-JRC", quantity } },
            }
        );
        var path = $"/api/v1/sales-orders/{sale.Text("number")}/confirm";
        var confirmed = await vendedor.SendOkAsync(HttpMethod.Post, path, new { });
        return Assert.Single(confirmed.GetProperty("orders").EnumerateArray()).GetString()!;
    }

    private static Dictionary<string, decimal> Reserved(JsonElement order) =>
        order
            .GetProperty("allocations")
            .EnumerateArray()
            .Where(a => a.Text("state") == "Reserved")
            .GroupBy(a => a.Text("material")!)
            .ToDictionary(g => g.Key, g => g.Sum(a => a.Number("quantity")));
}
