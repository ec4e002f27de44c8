using System.Net;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Lines;

/// <summary>"Dividir todo" and "Deshacer división" over the API.</summary>
[Collection(LinePlant.Name)]
public sealed class DivideApiTests(PlantApp app) : IAsyncLifetime
{
    private Workshop shop = null!;

    public async Task InitializeAsync() => shop = await Workshop.OpenAsync(app);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_whole_chain_is_proposed_over_lines_and_shifts_and_carried_out_as_approved()
    {
        var number = await shop.OrderAsync(1400);
        var before = await shop.ReadAsync(number);
        var parts = (await shop.DoAsync(number, "split-all", new { propose = true }))
            .GetProperty("parts")
            .EnumerateArray()
            .ToArray();
        Assert.Equal(before.GetRawText(), (await shop.ReadAsync(number)).GetRawText());
        Assert.Equal(1400, parts.Sum(p => p.Number("units")));
        foreach (var line in parts.GroupBy(p => p.Text("line")!))
        {
            var capacity = (await shop.GetAsync($"lines/{line.Key}/load")).Number("capacityKg");
            Assert.All(line, p => Assert.InRange(p.Number("units"), 1, capacity));
            // Behind the queue and one after the other.
            var times = line.SelectMany(p => new[] { p.GetProperty("start"), p.GetProperty("end") })
                .Select(t => t.GetDateTimeOffset())
                .ToArray();
            Assert.Equal(times.Order(), times);
        }

        var approved = parts.Select(p => new { line = p.Text("line"), units = p.Number("units") }).ToArray();
        var done = await shop.DoAsync(number, "split-all", new { parts = approved, from = "" });
        var orders = done.GetProperty("parts").EnumerateArray().Prepend(done.GetProperty("order")).ToArray();
        Assert.Equal(approved.Select(p => (p.line, p.units)), orders.Select(o => (o.Text("line"), o.Number("quantity"))));
        Assert.All(orders.Skip(1), o => Assert.Equal((number, "split"), (o.Text("parent"), o.Text("kind"))));
        Assert.Empty(await shop.ViolationsAsync());
        // Each part can be taken back by itself.
        foreach (var part in orders.Skip(1))
            await shop.DoAsync(part.Text("number")!, "undo-split", new { from = part.Text("line") });
        Assert.Equal(1400, (await shop.ReadAsync(number)).Number("quantity"));
        Assert.Empty(await shop.ViolationsAsync());
    }

    [Theory]
    [InlineData("LW1", 300, "LW1", 300, 422, "validation")] // do not add up
    [InlineData("LW1", 400, "LW1", 100, 409, "exceeds-capacity")]
    [InlineData("LW1", 300, "LWX", 200, 422, "line-incompatible")]
    [InlineData("LW1", 300, "LW0", 200, 422, "line-inactive")]
    [InlineData("LW1", 300, "NO-LINE", 200, 422, "validation")]
    public async Task All_of_it_or_nothing(string first, int units, string second, int more, int status, string code)
    {
        var number = await shop.OrderAsync(500);
        var before = await shop.ReadAsync(number);
        object parts = new[] { new { line = first, units }, new { line = second, units = more } };
        await Problem.ExpectAsync(await shop.TryAsync(number, "split-all", new { parts }), (HttpStatusCode)status, code);
        Assert.Equal(before.GetRawText(), (await shop.ReadAsync(number)).GetRawText());
        Assert.Empty((await shop.GetAsync($"orders?parent={number}")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_was_approved_for_an_order_that_changed_meanwhile_is_not_carried_out()
    {
        var number = await shop.OrderAsync(600);
        var parts = new[] { new { line = "LW1", units = 300 }, new { line = "LW1", units = 300 } };
        await shop.DoAsync(number, "assign-line", new { line = "LW2", split = true });
        await Problem.ExpectAsync(
            await shop.TryAsync(number, "split-all", new { parts, from = "" }),
            HttpStatusCode.Conflict,
            "line-conflict"
        );
        var stale = await Problem.ExpectAsync(
            await shop.TryAsync(number, "split-all", new { parts }),
            HttpStatusCode.UnprocessableEntity,
            "validation"
        );
        Assert.Equal("Las partes no suman la cantidad de la orden (200).", stale.Text("title"));
        Assert.Equal(200, (await shop.ReadAsync(number)).Number("quantity"));
    }

    [Fact]
    public async Task Without_a_line_or_once_started_nothing_is_proposed()
    {
        var (heavy, started) = (await shop.OrderAsync(5, "lw-h"), await shop.OrderAsync(500));
        await Problem.ExpectAsync(await shop.TryAsync(heavy, "split-all"), HttpStatusCode.UnprocessableEntity, "unit-too-heavy");
        await shop.DoAsync(started, "start");
        var no = await Problem.ExpectAsync(await shop.TryAsync(started, "split-all"), HttpStatusCode.Conflict, "invalid-state");
        Assert.Equal($"La orden {started} ya está en proceso: no se puede dividir.", no.Text("title"));
    }

    [Fact]
    public async Task A_division_is_taken_back_while_neither_has_started_and_by_nobody_who_did_not_see_the_part_move()
    {
        var number = await shop.OrderAsync(500);
        var part = await PartAsync(number);
        await shop.DoAsync(part, "assign-line", new { line = "LW2" });
        await Problem.ExpectAsync(
            await shop.TryAsync(part, "undo-split", new { from = "" }),
            HttpStatusCode.Conflict,
            "line-conflict"
        );
        var whole = (await shop.DoAsync(part, "undo-split", new { from = "LW2" })).GetProperty("order");
        Assert.Equal((number, 500m, true), (whole.Text("number"), whole.Number("quantity"), whole.IsNull("line")));
        Assert.Equal("Cancelled", (await shop.ReadAsync(part)).Text("status"));
        Assert.Empty(await shop.ViolationsAsync());

        part = await PartAsync(number);
        await shop.DoAsync(part, "start");
        var no = await Problem.ExpectAsync(await shop.TryAsync(part, "undo-split"), HttpStatusCode.Conflict, "invalid-state");
        Assert.Equal($"La orden {part} ya se inició o se cerró: la división no se puede deshacer.", no.Text("title"));
        no = await Problem.ExpectAsync(await shop.TryAsync(number, "undo-split"), HttpStatusCode.Conflict, "invalid-state");
        Assert.Equal($"La orden {number} no se dividió desde {number}.", no.Text("title"));
    }

    [Fact]
    public async Task A_division_shares_the_matrix_cell_by_cell()
    {
        await shop.LineAsync("LWJ", 300, products: ["PT-JRC"]);
        var number = await shop.Jefe.CreatedAsync(1000);
        await shop.Jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{number}/matrix/recalculate", new { });
        await shop.Jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{number}/confirm-planning", new { });
        var before = await CellsAsync(number);
        var answer = await shop.DoAsync(number, "assign-line", new { line = "LWJ", split = true });
        var rest = answer.GetProperty("rest").Text("number")!;
        var (kept, given) = (await CellsAsync(number), await CellsAsync(rest));
        Assert.Equal(before.Keys.Order(), kept.Keys.Order());
        Assert.All(before, c => Assert.Equal(c.Value, kept[c.Key] + given[c.Key]));
        Assert.Equal(answer.GetProperty("order").Number("quantity"), kept.Values.Sum());
        Assert.Equal("planned", (await shop.ReadAsync(rest)).Text("matrixState"));
        Assert.Empty(await shop.ViolationsAsync());
    }

    private async Task<string> PartAsync(string number) =>
        (await shop.DoAsync(number, "assign-line", new { line = "LW1", split = true })).GetProperty("rest").Text("number")!;

    private async Task<Dictionary<string, decimal>> CellsAsync(string number) =>
        (await shop.Operario.CellsAsync(number)).ToDictionary(c => $"{c.Text("x")} {c.Text("y")}", c => c.Number("planned"));
}
