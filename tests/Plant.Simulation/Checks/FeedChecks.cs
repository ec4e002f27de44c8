using System.Globalization;
using System.Text.Json;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;
using Manufactura.Storage.Feeds;
using Npgsql;

namespace Manufactura.Plant.Simulation.Checks;

/// <summary>
/// Compares the feed, as a screen saw it from the beginning, with the database: every event once and in order, and what the last event
/// of an order, cell, lot or alert shows is what stands there.
/// </summary>
internal sealed class FeedChecks(NpgsqlConnection books, Subscriber screen)
{
    private readonly List<string> broken = [];

    public async Task<IEnumerable<string>> LookAsync()
    {
        await EventsAsync();
        await ShownAsync("order-", OrderText, Sql.Text("shown_orders"));
        await ShownAsync("lot-changed", LotText, Sql.Text("shown_lots"));
        await ShownAsync("cell-changed", CellText, Sql.Text("shown_cells"));
        await ShownAsync("alert-", AlertText, Sql.Text("shown_alerts"));
        await ShownAsync("sales-order-", SaleText, "select number, concat_ws('|', number, status, version) from sales_order");
        await ShownAsync(
            "requisition-",
            RequisitionText,
            "select number, concat_ws('|', number, status, mail, version) from requisition"
        );
        return broken;
    }

    private async Task EventsAsync()
    {
        var there = await books.ListAsync(
            "select id, type, subject, actor, data::text from event order by id",
            r => $"{r.GetInt64(0)} {r.GetString(1)} {r.GetString(2)} {r.GetString(3)} {r.GetString(4)}"
        );
        var heard = screen.Heard.Select(e => $"{e.Id} {e.Type} {e.Subject} {e.Actor} {e.DataJson}").ToArray();
        for (var i = 0; i < Math.Max(there.Count, heard.Length); i++)
            if (there.ElementAtOrDefault(i) != heard.ElementAtOrDefault(i))
            {
                broken.Add(
                    $"Event {i + 1} of {there.Count}: in the books {there.ElementAtOrDefault(i)}, on the screen {heard.ElementAtOrDefault(i)}"
                );
                return;
            }
    }

    /// <summary>The last thing shown of each subject; what was never shown is passed over where <paramref name="text"/> has no name for it.</summary>
    private async Task ShownAsync(string types, Func<JsonElement, (string Key, string Text)?> text, string sql)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var e in screen.Heard.Where(e => e.Type.StartsWith(types, StringComparison.Ordinal)))
            if (text(JsonDocument.Parse(e.DataJson).RootElement) is { } one)
                shown[one.Key] = one.Text;
        foreach (var (key, stands) in await books.ListAsync(sql, r => (r.GetString(0), r.GetString(1))))
            if (shown.TryGetValue(key, out var seen) && seen != stands)
                broken.Add($"{key} was last shown as {seen} and stands as {stands}");
            else if (seen is null)
                broken.Add($"{key} stands as {stands} and was never shown");
    }

    private static (string, string)? OrderText(JsonElement e)
    {
        if (!e.TryGetProperty("allocations", out var all))
            return null;
        var reserved = all.EnumerateArray()
            .Where(a => Text(a, "state") == "Reserved")
            .Select(a => $"{Text(a, "lot")}={Text(a, "quantity")}")
            .Order(StringComparer.Ordinal);
        return (
            Text(e, "number"),
            Join(e, "number", "status", "matrixState", "quantity", "produced", "moved", "line", "awaitsMaterials")
                + "|"
                + string.Join(',', reserved)
        );
    }

    private static (string, string)? LotText(JsonElement e) =>
        (Text(e, "code"), Join(e, "code", "status", "onHand", "reserved", "location", "version"));

    private static (string, string)? CellText(JsonElement e) =>
        (
            $"{Text(e, "order")} {Text(e, "x")} {Text(e, "y")}",
            Join(e, "order", "x", "y", "planned", "toProduce", "produced", "moved", "version")
        );

    private static (string, string)? AlertText(JsonElement e) =>
        (Text(e, "id"), Join(e, "id", "kind", "state", "role", "version"));

    private static (string, string)? SaleText(JsonElement e) => (Text(e, "number"), Join(e, "number", "status", "version"));

    private static (string, string)? RequisitionText(JsonElement e) =>
        (Text(e, "number"), Join(e, "number", "status", "mail", "version"));

    private static string Join(JsonElement e, params ReadOnlySpan<string> names)
    {
        var texts = new List<string>();
        foreach (var name in names)
            texts.Add(Text(e, name));
        return string.Join('|', texts);
    }

    private static string Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.Number => value.GetDecimal().ToString("0.###", CultureInfo.InvariantCulture),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => value.GetString() ?? "",
            }
            : "";
}
