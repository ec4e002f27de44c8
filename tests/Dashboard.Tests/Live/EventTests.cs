using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Live;

/// <summary>Everything committed is told, with the values that a screen shows, so that it need not ask again.</summary>
[Collection(Plant.Name)]
public sealed class EventTests(PlantApp app)
{
    private static readonly Dictionary<string, string[]> Shown = new()
    {
        ["cell-changed"] = ["order", "x", "y", "planned", "toProduce", "produced", "moved", "version", "by", "at"],
        ["order-changed"] =
        [
            "number",
            "kind",
            "parent",
            "status",
            "matrixState",
            "material",
            "quantity",
            "produced",
            "moved",
            "line",
            "version",
        ],
        ["lots-produced"] = ["order", "lots"],
        ["line-load-changed"] = ["capacityKg", "assignedKg", "percent", "producedToday", "plannedToday", "queue"],
        ["lot-changed"] = ["code", "material", "status", "onHand", "reserved", "available", "expiresOn", "location"],
        ["alert-raised"] = ["id", "kind", "severity", "subject", "role", "state", "es", "en", "raisedAt", "version"],
        ["alert-changed"] = ["id", "state", "acknowledgedBy", "acknowledgedAt", "note", "version"],
    };

    [Fact]
    public async Task The_way_of_an_order_is_told_from_its_first_cell_to_its_lots()
    {
        using var jefe = await app.SignedInAsync("jefe");
        using var quality = await app.SignedInAsync("calidad");
        using var supervisor = await app.SignedInAsync("supervisor");
        using var token = await app.SignedInAsync("operario");
        await using var hub = await new HubClient().ConnectAsync(
            app.Address,
            token.DefaultRequestHeaders.Authorization!.Parameter!
        );
        await hub.WatchAsync("plant");
        var order = await jefe.StartedAsync(12);
        var lines = await jefe.SendOkAsync(HttpMethod.Get, $"/api/v1/orders/{order}/lines", new { });
        // Other tests make lines too small for anything.
        var widest = lines.GetProperty("items").EnumerateArray().MaxBy(l => l.GetProperty("capacityUnits").GetDecimal());
        var line = widest.GetProperty("code").GetString();
        await jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{order}/assign-line", new { line });
        (await jefe.EditAsync(order, "T-101", "30", 1)).EnsureSuccessStatusCode();
        await ProduceAsync(jefe, quality, order);
        var lot = await quality.SendOkAsync(HttpMethod.Post, "/api/v1/lots", new { material = "TEL-DRI8", quantity = 3 });
        // More than there is of anything: the order waits, and says so.
        var waiting = await jefe.CreatedAsync(900_000);
        await jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{waiting}/reserve", new { });
        var raised = await hub.UntilAsync(c => Is(c, "alert-raised") && c.Data.GetProperty("subject").GetString() == waiting, 60);
        var id = raised.Data.GetProperty("id").GetInt64();
        await supervisor.SendOkAsync(HttpMethod.Post, $"/api/v1/alerts/{id}/acknowledge", new { note = "pedido" });
        await hub.UntilAsync(c => Is(c, "alert-changed") && c.Data.GetProperty("note").GetString() == "pedido");
        await hub.UntilAsync(c =>
            Is(c, "lot-changed") && c.Topic == "plant" && Says(c, "code", lot.GetProperty("code").GetString()!)
        );
        await hub.UntilAsync(c => Is(c, "line-load-changed") && c.Data.GetProperty("assignedKg").GetDecimal() > 0, 60);
        foreach (var (type, members) in Shown)
        {
            var told = await hub.UntilAsync(c => Is(c, type));
            foreach (var member in members)
                Assert.True(told.Data.TryGetProperty(member, out _), $"{type} without {member}: {told.Data}");
        }

        var ids = hub.Events("plant").Select(c => c.Id).ToList();
        Assert.Equal(ids.Order().Distinct(), ids);
    }

    /// <summary>Produces; what the demo plant happens to be out of is delivered first.</summary>
    private static async Task ProduceAsync(HttpClient jefe, HttpClient quality, string order)
    {
        var path = $"/api/v1/orders/{order}/produce-lots";
        using var first = await jefe.CommandAsync(HttpMethod.Post, path, new { backorder = false });
        if (first.IsSuccessStatusCode)
            return;
        var problem = await first.Content.ReadFromJsonAsync<JsonElement>();
        foreach (var shortage in problem.GetProperty("shortages").EnumerateArray())
        {
            var material = shortage.GetProperty("material").GetString();
            var lot = await quality.SendOkAsync(HttpMethod.Post, "/api/v1/lots", new { material, quantity = 500_000 });
            if (lot.GetProperty("status").GetString() == "Quarantine")
                await quality.SendOkAsync(
                    HttpMethod.Post,
                    $"/api/v1/lots/{lot.GetProperty("code").GetString()}/release",
                    new { }
                );
        }

        await jefe.SendOkAsync(HttpMethod.Post, path, new { backorder = false });
    }

    private static bool Is(HubCall call, string type) => call.Target == "Event" && call.Type == type;

    private static bool Says(HubCall call, string member, string value) =>
        call.Data.TryGetProperty(member, out var said) && said.ValueKind == JsonValueKind.String && said.GetString() == value;
}
