using System.Net;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Lines;

/// <summary>Load, queue and calendar of a line over the API, and the events that tell them.</summary>
[Collection(LinePlant.Name)]
public sealed class LoadApiTests(PlantApp app) : IAsyncLifetime
{
    private Workshop shop = null!;

    public async Task InitializeAsync() => shop = await Workshop.OpenAsync(app);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_load_counts_what_is_outstanding_and_may_exceed_a_hundred_percent()
    {
        await shop.LineAsync("LL1", 80);
        var empty = await shop.GetAsync("lines/LL1/load");
        Assert.Equal(
            (80m, 0m, 0m, false),
            (empty.Number("capacityKg"), empty.Number("assignedKg"), empty.Number("percent"), Is(empty, "saturated"))
        );
        foreach (var quantity in new[] { 60, 40 })
            await shop.DoAsync(await shop.OrderAsync(quantity), "assign-line", new { line = "LL1" });
        var load = await shop.GetAsync("lines/LL1/load");
        Assert.Equal(
            (100m, 100m, 125m, true),
            (load.Number("assignedKg"), load.Number("assignedUnits"), load.Number("percent"), Is(load, "saturated"))
        );
        Assert.Equal([60m, 40m], load.GetProperty("queue").EnumerateArray().Select(q => q.Number("outstanding")));
        await Problem.ExpectAsync(
            await shop.Operario.GetAsync("/api/v1/lines/NO-LINE/load"),
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Fact]
    public async Task By_its_calendar_a_line_tells_when_each_order_is_made_and_what_each_shift_is_filled_with()
    {
        await shop.LineAsync("LL2", 100);
        await AroundTheClockAsync("LL2");
        foreach (var quantity in new[] { 100, 50, 100 })
            await shop.DoAsync(await shop.OrderAsync(quantity), "assign-line", new { line = "LL2" });
        var load = await shop.GetAsync("lines/LL2/load");
        var queue = load.GetProperty("queue").EnumerateArray().Select(q => (Start: At(q, "start"), End: At(q, "end"))).ToArray();
        Assert.Equal([12, 6, 12], queue.Select(q => Math.Round((q.End - q.Start).TotalHours, 3)));
        Assert.Equal(queue[..2].Select(q => q.End), queue[1..].Select(q => q.Start));
        Assert.True(Is(load, "working"));

        var shifts = load.GetProperty("shifts").EnumerateArray().ToArray();
        // The running shift is full to its end; all of them together have the whole queue.
        Assert.Equal(100, shifts[0].Number("percent"));
        Assert.Equal((250m, 250m), (shifts.Sum(s => s.Number("assignedKg")), shifts.Sum(s => s.Number("assignedUnits"))));
        Assert.All(shifts[1..], s => Assert.Equal(100, s.Number("capacityKg")));
        var free = load.GetProperty("firstFree");
        Assert.InRange(queue[^1].End, At(free, "start"), At(free, "end"));
        var offered = (await shop.GetAsync($"orders/{await shop.OrderAsync(1)}/lines"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(l => l.Text("code") == "LL2");
        Assert.Equal(free.GetRawText(), offered.GetProperty("firstFree").GetRawText());
    }

    [Fact]
    public async Task Produced_is_told_against_what_is_planned_by_now()
    {
        await shop.LineAsync("LL3", 5000);
        await AroundTheClockAsync("LL3");
        var (running, made) = (await shop.OrderAsync(2400), await shop.OrderAsync(400));
        foreach (var number in new[] { running, made, await shop.OrderAsync(1000) })
            await shop.DoAsync(number, "assign-line", new { line = "LL3" });
        await shop.DoAsync(running, "start");
        await shop.DoAsync(made, "start");
        await shop.DoAsync(made, "finish");
        var (before, load, after) = (Planned(), await shop.GetAsync("lines/LL3/load"), Planned());
        // What is neither in progress nor due today is not planned for today.
        Assert.Equal((400m, 2800m), (load.Number("producedToday"), load.Number("plannedToday")));
        Assert.InRange(load.Number("plannedNow"), before - 1, after + 1);

        decimal Planned()
        {
            var local = app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(-5));
            return 2800 * (decimal)(local.TimeOfDay / TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public async Task Orders_go_before_another_to_the_end_or_to_the_front_and_whoever_left_is_named()
    {
        await shop.LineAsync("LL4", 1000);
        var numbers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            numbers.Add(await shop.OrderAsync(10));
            await shop.DoAsync(numbers[i], "assign-line", new { line = "LL4" });
        }

        var (a, b, c, d) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        await MoveAsync(new { orders = new[] { d }, before = b });
        Assert.Equal([a, d, b, c], await shop.QueueAsync("LL4"));
        await MoveAsync(new { orders = new[] { a }, last = true });
        Assert.Equal([d, b, c, a], await shop.QueueAsync("LL4"));
        await MoveAsync(new { orders = new[] { c, b } });
        Assert.Equal([c, b, d, a], await shop.QueueAsync("LL4"));
        await shop.DoAsync(d, "unassign-line");
        foreach (object body in new object[] { new { orders = new[] { d } }, new { orders = new[] { a }, before = d } })
        {
            var no = await Problem.ExpectAsync(
                await shop.Operario.CommandAsync(HttpMethod.Post, "/api/v1/lines/LL4/queue", body),
                HttpStatusCode.Conflict,
                "invalid-state"
            );
            Assert.Equal($"La orden {d} ya no está en la cola de la línea.", no.Text("title"));
        }

        Assert.Equal([c, b, a], await shop.QueueAsync("LL4"));

        Task MoveAsync(object body) => shop.Operario.SendOkAsync(HttpMethod.Post, "/api/v1/lines/LL4/queue", body);
    }

    [Fact]
    public async Task A_calendar_is_the_plants_until_the_manager_sets_one_and_nobody_else_does()
    {
        await shop.LineAsync("LL5", 100);
        var calendar = await shop.GetAsync("lines/LL5/shifts");
        Assert.True(Is(calendar, "isDefault"));
        Assert.Equal("06:00:00", calendar.GetProperty("shifts")[0].Text("start"));
        using var supervisor = await app.SignedInAsync("supervisor");
        await Problem.ExpectAsync(
            await supervisor.CommandAsync(HttpMethod.Put, "/api/v1/lines/LL5/shifts", new { shifts = Array.Empty<object>() }),
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        var monday = new
        {
            days = new[] { "Monday" },
            start = "06:00",
            end = "14:00",
        };
        foreach (
            var (body, status) in new (object, HttpStatusCode)[]
            {
                (
                    new
                    {
                        shifts = new[]
                        {
                            new
                            {
                                days = new[] { "Monday" },
                                start = "6 am",
                                end = "14:00",
                            },
                        },
                    },
                    HttpStatusCode.BadRequest
                ),
                (new { shifts = new object?[] { null } }, HttpStatusCode.BadRequest),
                (new { shifts = Array.Empty<object>() }, HttpStatusCode.UnprocessableEntity),
                (new { shifts = new[] { monday, monday } }, HttpStatusCode.UnprocessableEntity),
                (
                    new
                    {
                        shifts = new[] { monday },
                        stops = new[] { new { from = "2026-12-24T12:00:00-05:00", to = "2026-12-24T11:00:00-05:00" } },
                    },
                    HttpStatusCode.UnprocessableEntity
                ),
            }
        )
            await Problem.ExpectAsync(
                await shop.Jefe.CommandAsync(HttpMethod.Put, "/api/v1/lines/LL5/shifts", body),
                status,
                "validation"
            );
        Assert.True(Is(await shop.GetAsync("lines/LL5/shifts"), "isDefault"));
        await shop.Jefe.SendOkAsync(HttpMethod.Put, "/api/v1/lines/LL5/shifts", new { shifts = new[] { monday } });
        Assert.False(Is(await shop.GetAsync("lines/LL5/shifts"), "isDefault"));
    }

    [Fact]
    public async Task A_change_of_load_comes_to_the_hub_with_the_values_to_show()
    {
        await shop.LineAsync("LL6", 80);
        var token = shop.Operario.DefaultRequestHeaders.Authorization!.Parameter!;
        await using var screen = await new HubClient().ConnectAsync(app.Address, token);
        await screen.WatchAsync("line:LL6");
        var number = await shop.OrderAsync(100);
        var part = await shop.DoAsync(number, "assign-line", new { line = "LL6", split = true });
        var told = await screen.UntilAsync(
            c => c is { Target: "Event", Type: "line-load-changed" } && c.Data.Number("assignedKg") == 80,
            120
        );
        Assert.Equal("line:LL6", told.Topic);
        Assert.Equal(
            ("LL6", 80m, 100m, false),
            (told.Data.Text("line"), told.Data.Number("capacityKg"), told.Data.Number("percent"), Is(told.Data, "saturated"))
        );
        Assert.Equal(number, told.Data.GetProperty("queue")[0].Text("number"));
        foreach (
            var member in new[]
            {
                "producedToday",
                "plannedToday",
                "plannedNow",
                "queueLength",
                "firstFree",
                "shifts",
                "assignedUnits",
            }
        )
            Assert.True(told.Data.TryGetProperty(member, out _), member);
        await shop.DoAsync(part.GetProperty("rest").Text("number")!, "assign-line", new { line = "LL6" });
        told = await screen.UntilAsync(c => c is { Target: "Event", Type: "line-load-changed" } && Is(c.Data, "saturated"), 120);
        Assert.Equal(125, told.Data.Number("percent"));
    }

    [Fact]
    public async Task A_line_that_is_saturated_when_the_plant_is_loaded_has_its_alert()
    {
        // The demo plant has L2 above its capacity; nobody has touched it since it was imported.
        using var admin = await app.SignedInAsync("admin");
        var alerts = await admin.SendOkAsync(HttpMethod.Get, "/api/v1/alerts?subject=L2&state=active", new { });
        var alert = Assert.Single(alerts.GetProperty("items").EnumerateArray(), a => a.Text("kind") == "line-saturated");
        Assert.StartsWith("La línea L2 está saturada: ", alert.GetProperty("text").ToString(), StringComparison.Ordinal);
    }

    private Task AroundTheClockAsync(string line)
    {
        var days = Enum.GetNames<DayOfWeek>();
        var shifts = new[]
        {
            new
            {
                days,
                start = "00:00",
                end = "12:00",
            },
            new
            {
                days,
                start = "12:00",
                end = "00:00",
            },
        };
        return shop.Jefe.SendOkAsync(HttpMethod.Put, $"/api/v1/lines/{line}/shifts", new { shifts });
    }

    private static bool Is(JsonElement e, string member) => e.GetProperty(member).GetBoolean();

    private static DateTimeOffset At(JsonElement e, string member) => e.GetProperty(member).GetDateTimeOffset();
}
