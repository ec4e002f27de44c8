using System.Net;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Lines;

/// <summary>Every branch of the diagram of "planificación de órdenes", and every refusal, as a program meets them.</summary>
[Collection(LinePlant.Name)]
public sealed class AssignApiTests(PlantApp app) : IAsyncLifetime
{
    private Workshop shop = null!;

    public async Task InitializeAsync() => shop = await Workshop.OpenAsync(app);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_compatible_active_lines_are_listed_by_priority_with_capacity_load_and_first_free_shift()
    {
        var number = await shop.OrderAsync(10);
        var items = (await shop.GetAsync($"orders/{number}/lines")).GetProperty("items").EnumerateArray().ToArray();
        var codes = items.Select(i => i.Text("code")).ToArray();
        Assert.True(Array.IndexOf(codes, "LW1") >= 0 && Array.IndexOf(codes, "LW1") < Array.IndexOf(codes, "LW2"));
        Assert.DoesNotContain("LW0", codes);
        Assert.DoesNotContain("LWX", codes);
        var first = items.Single(i => i.Text("code") == "LW1");
        Assert.Equal((1m, 300m), (first.Number("priority"), first.Number("capacityUnits")));
        Assert.Equal(Math.Round(first.Number("assignedKg") / 3, 2), first.Number("percent"));
        var free = first.GetProperty("firstFree");
        Assert.True(free.GetProperty("start").GetDateTimeOffset() < free.GetProperty("end").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_fits_is_written_on_the_order_and_its_quantity_stays()
    {
        await shop.LineAsync("LWF", 300);
        var number = await shop.OrderAsync(300);
        var answer = await shop.DoAsync(number, "assign-line", new { line = "LWF" });
        Assert.True(answer.IsNull("rest"));
        var order = await shop.ReadAsync(number);
        Assert.Equal(("LWF", 300m, "Planned"), (order.Text("line"), order.Number("quantity"), order.Text("status")));
        Assert.Equal([number], await shop.QueueAsync("LWF"));
    }

    [Fact]
    public async Task What_exceeds_is_asked_about_and_who_says_no_has_changed_nothing()
    {
        var number = await shop.OrderAsync(1000);
        var before = await shop.ReadAsync(number);
        var problem = await Problem.ExpectAsync(
            await shop.TryAsync(number, "assign-line", new { line = "LW1" }),
            HttpStatusCode.Conflict,
            "exceeds-capacity"
        );
        Assert.Equal("La orden excede la capacidad de la línea (300 unidades). ¿Desea dividirla?", problem.Text("title"));
        Assert.Equal((300m, 700m), (problem.Number("capacityUnits"), problem.Number("remainder")));
        Assert.Equal(before.GetRawText(), (await shop.ReadAsync(number)).GetRawText());
    }

    [Fact]
    public async Task Confirmed_the_order_keeps_the_capacity_and_the_rest_is_a_new_planned_order_that_goes_its_own_way()
    {
        await shop.LineAsync("LWS", 300);
        var number = await shop.OrderAsync(500);
        var answer = await shop.DoAsync(number, "assign-line", new { line = "LWS", split = true });
        var rest = await shop.ReadAsync(answer.GetProperty("rest").Text("number")!);
        var order = await shop.ReadAsync(number);
        Assert.Equal((300m, "LWS"), (order.Number("quantity"), order.Text("line")));
        Assert.Equal(
            (200m, null, "Planned", "split"),
            (rest.Number("quantity"), rest.Text("line"), rest.Text("status"), rest.Text("kind"))
        );
        Assert.Equal((number, $"Urgente\nDividida desde OP {number}"), (rest.Text("parent"), rest.Text("observations")));
        Assert.Equal((order.Text("dueDate"), order.Number("priority")), (rest.Text("dueDate"), rest.Number("priority")));
        // The same line in a later shift, then both are made like any order.
        await shop.DoAsync(rest.Text("number")!, "assign-line", new { line = "LWS" });
        Assert.Equal([number, rest.Text("number")!], await shop.QueueAsync("LWS"));
        foreach (var one in new[] { number, rest.Text("number")! })
        {
            await shop.DoAsync(one, "start");
            await shop.DoAsync(one, "finish");
        }

        Assert.Empty(await shop.QueueAsync("LWS"));
        Assert.Equal(500, (await shop.GetAsync("lines/LWS/load")).Number("producedToday"));
        Assert.Empty(await shop.ViolationsAsync());
    }

    [Theory]
    [InlineData("lw-p", "LW0", 422, "line-inactive", "La línea LW0 está inactiva.", "Line LW0 is inactive.")]
    [InlineData(
        "lw-p",
        "LWX",
        422,
        "line-incompatible",
        "La línea LWX no es compatible con el producto lw-p.",
        "Line LWX is not compatible with product lw-p."
    )]
    [InlineData(
        "lw-n",
        "LWX",
        422,
        "unit-weight-missing",
        "El producto lw-n no tiene peso unitario: no se puede calcular la capacidad de la línea.",
        "Product lw-n has no unit weight: the line's capacity cannot be calculated."
    )]
    [InlineData(
        "lw-h",
        "LWX",
        422,
        "unit-too-heavy",
        "Una unidad de lw-h pesa 1000 kg, más que la capacidad de la línea LWX (900 kg).",
        "One unit of lw-h weighs 1000 kg, more than the capacity of line LWX (900 kg)."
    )]
    [InlineData("lw-p", "NO-LINE", 422, "validation", "La línea NO-LINE no existe.", "Line NO-LINE does not exist.")]
    public async Task A_line_that_cannot_take_it_is_refused_with_a_sentence_in_both_languages(
        string material,
        string line,
        int status,
        string code,
        string es,
        string en
    )
    {
        var number = await shop.OrderAsync(10, material);
        foreach (var (language, sentence) in new[] { ("es", es), ("en", en) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/{number}/assign-line")
            {
                Content = new StringContent(JsonSerializer.Serialize(new { line, split = true }), null, "application/json"),
            };
            request.Headers.Add("Accept-Language", language);
            var problem = await Problem.ExpectAsync(await shop.Operario.SendAsync(request), (HttpStatusCode)status, code);
            Assert.Equal(sentence, problem.Text("title"));
        }

        Assert.True((await shop.ReadAsync(number)).IsNull("line"));
    }

    [Fact]
    public async Task A_closed_order_is_on_no_line_and_one_in_progress_is_assigned_but_not_divided()
    {
        var (cancelled, done) = (await shop.OrderAsync(10), await shop.OrderAsync(10));
        await shop.Jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{cancelled}/cancel", new { });
        await shop.DoAsync(done, "start");
        await shop.DoAsync(done, "finish");
        foreach (var (number, word) in new[] { (cancelled, "Cancelada"), (done, "Terminada") })
        foreach (var command in new[] { "assign-line", "unassign-line" })
        {
            var problem = await Problem.ExpectAsync(
                await shop.TryAsync(number, command, new { line = "LW1", split = true }),
                HttpStatusCode.Conflict,
                "invalid-state"
            );
            Assert.Equal($"La orden {number} está {word}: no se asigna a una línea.", problem.Text("title"));
        }

        var (small, large) = (await shop.OrderAsync(50), await shop.OrderAsync(301));
        foreach (var number in new[] { small, large })
            await shop.DoAsync(number, "start");
        Assert.Equal("LW1", (await shop.DoAsync(small, "assign-line", new { line = "LW1" })).GetProperty("order").Text("line"));
        foreach (var split in new[] { false, true })
        {
            var problem = await Problem.ExpectAsync(
                await shop.TryAsync(large, "assign-line", new { line = "LW1", split }),
                HttpStatusCode.Conflict,
                "exceeds-capacity"
            );
            Assert.Equal(
                "La orden excede la capacidad de la línea (300 unidades). Ya está en proceso y no se puede dividir.",
                problem.Text("title")
            );
        }
    }

    [Fact]
    public async Task Whoever_saw_it_elsewhere_is_told_who_was_faster_and_moves_nothing()
    {
        var number = await shop.OrderAsync(10);
        await shop.DoAsync(number, "assign-line", new { line = "LW1", from = "" });
        await shop.Jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{number}/assign-line", new { line = "LW2", from = "LW1" });
        await shop.DoAsync(number, "start");
        var late = await Problem.ExpectAsync(
            await shop.TryAsync(number, "assign-line", new { line = "LW2", from = "LW1" }),
            HttpStatusCode.Conflict,
            "line-conflict"
        );
        Assert.Equal($"La orden {number} ya no está en la línea LW1: jefe la pasó a LW2.", late.Text("title"));
        Assert.Equal(("LW2", "jefe"), (late.Text("current"), late.Text("by")));
        Assert.True(late.GetProperty("at").GetDateTimeOffset() > DateTimeOffset.MinValue);
        late = await Problem.ExpectAsync(
            await shop.TryAsync(number, "unassign-line", new { from = "LW1" }),
            HttpStatusCode.Conflict,
            "line-conflict"
        );
        await shop.DoAsync(number, "unassign-line", new { from = "LW2" });
        late = await Problem.ExpectAsync(
            await shop.TryAsync(number, "assign-line", new { line = "LW1", from = "LW2" }),
            HttpStatusCode.Conflict,
            "line-conflict"
        );
        Assert.Equal($"La orden {number} ya no está en la línea LW2: la retiró operario.", late.Text("title"));
        Assert.True((await shop.ReadAsync(number)).IsNull("line"));
        // Nothing said of where it was seen is no condition.
        await shop.DoAsync(number, "assign-line", new { line = "LW1" });
    }

    [Fact]
    public async Task Taken_off_its_line_it_is_free_and_off_no_line_nothing_is_taken()
    {
        var number = await shop.OrderAsync(10);
        var problem = await Problem.ExpectAsync(
            await shop.TryAsync(number, "unassign-line"),
            HttpStatusCode.Conflict,
            "invalid-state"
        );
        Assert.Equal($"La orden {number} no está en ninguna línea.", problem.Text("title"));
        await shop.DoAsync(number, "assign-line", new { line = "LW2" });
        await shop.DoAsync(number, "unassign-line");
        Assert.DoesNotContain(number, await shop.QueueAsync("LW2"));
    }

    [Theory]
    [InlineData("calidad")]
    [InlineData("vendedor")]
    public async Task Whoever_may_not_assign_lines_reads_them_and_changes_nothing(string user)
    {
        var number = await shop.OrderAsync(10);
        using var client = await app.SignedInAsync(user);
        foreach (var command in new[] { "assign-line", "unassign-line", "split-all", "undo-split" })
            await Problem.ExpectAsync(
                await client.CommandAsync(HttpMethod.Post, $"/api/v1/orders/{number}/{command}", new { line = "LW1" }),
                HttpStatusCode.Forbidden,
                "forbidden"
            );
        await Problem.ExpectAsync(
            await client.CommandAsync(HttpMethod.Post, "/api/v1/lines/LW1/queue", new { orders = Array.Empty<string>() }),
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/lines/LW1/load")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/orders/{number}/lines")).StatusCode);
        Assert.True((await shop.ReadAsync(number)).IsNull("line"));
    }

    [Theory]
    [InlineData("assign-line", "{}", 400)]
    [InlineData("assign-line", """{"line": null}""", 400)]
    [InlineData("assign-line", """{"line": 7}""", 400)]
    [InlineData("assign-line", """{"line": "LW1", "split": "yes"}""", 400)]
    [InlineData("split-all", """{"parts": [{"line": "LW1"}]}""", 400)]
    [InlineData("split-all", """{"parts": [null]}""", 400)]
    [InlineData("split-all", """{"parts": []}""", 422)]
    [InlineData("split-all", """{"parts": [{"line": "LW1", "units": 10.5}, {"line": "LW1", "units": -0.5}]}""", 422)]
    public async Task What_cannot_be_understood_is_refused_in_words(string command, string body, int status)
    {
        var number = await shop.OrderAsync(10);
        using var content = new StringContent(body, null, "application/json");
        await Problem.ExpectAsync(
            await shop.Operario.PostAsync($"/api/v1/orders/{number}/{command}", content),
            (HttpStatusCode)status,
            "validation"
        );
        Assert.True((await shop.ReadAsync(number)).IsNull("line"));
        Assert.Equal(10, (await shop.ReadAsync(number)).Number("quantity"));
    }

    [Fact]
    public async Task An_order_that_does_not_exist_is_not_found()
    {
        foreach (var command in new[] { "assign-line", "unassign-line", "split-all", "undo-split" })
            await Problem.ExpectAsync(
                await shop.TryAsync("WO-999999", command, new { line = "LW1" }),
                HttpStatusCode.NotFound,
                "not-found"
            );
    }

    [Fact]
    public async Task The_same_request_twice_divides_once()
    {
        var number = await shop.OrderAsync(1000);
        var key = Guid.NewGuid().ToString();
        var body = new { line = "LW1", split = true };
        var path = $"/api/v1/orders/{number}/assign-line";
        var first = await shop.Operario.SendOkAsync(HttpMethod.Post, path, body, key);
        var again = await shop.Operario.SendOkAsync(HttpMethod.Post, path, body, key);
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Single((await shop.GetAsync($"orders?parent={number}")).GetProperty("items").EnumerateArray());
    }
}
