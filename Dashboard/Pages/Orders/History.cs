using System.Text.Json;
using Manufactura.Dashboard.Texts;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.Localization;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>One line of an order's history.</summary>
public sealed record HistoryLine(DateTimeOffset At, string Actor, string Text);

/// <summary>Tells the events of an order in plain sentences.</summary>
public static class History
{
    /// <summary>Cell edits of one person within this time are one line.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(2);

    /// <summary>Cells that are named in one line; the rest is counted.</summary>
    private const int Named = 4;

    /// <param name="events">Of one order, oldest first.</param>
    public static IReadOnlyList<HistoryLine> Tell(IReadOnlyList<EventRow> events, IStringLocalizer<OrdersTexts> texts)
    {
        var lines = new List<HistoryLine>();
        JsonElement? before = null;
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            if (e.Type == "cell-changed")
            {
                var until = i;
                while (until + 1 < events.Count && Continues(events[until], events[until + 1]))
                    until++;
                // Cells that a recalculation or an explosion changed are part of its own line.
                if (!events.Any(other => other.Version == e.Version && other.Type is "matrix-recalculated" or "lots-produced"))
                    lines.Add(new(events[until].At, e.Actor, Cells([.. events.Skip(i).Take(until - i + 1)], texts)));
                i = until;
                continue;
            }

            if (e.Type is "order-created" or "order-changed")
            {
                var sentence = e.Type == "order-created" ? Created(e.Data, texts) : Changed(before, e.Data, texts);
                before = e.Data;
                if (sentence is not null)
                    lines.Add(new(e.At, e.Actor, sentence));
                continue;
            }

            lines.Add(new(e.At, e.Actor, Other(e, texts)));
        }

        return lines;
    }

    private static bool Continues(EventRow e, EventRow next) =>
        next.Type == e.Type && next.Actor == e.Actor && next.At - e.At <= Together;

    private static string Created(JsonElement order, IStringLocalizer<OrdersTexts> texts) =>
        texts["HistoryCreated", Show.Quantity(Number(order, "quantity")), Text(order, "material") ?? ""];

    /// <summary>What differs from the last time; null where nothing that a person would ask about does.</summary>
    private static string? Changed(JsonElement? before, JsonElement now, IStringLocalizer<OrdersTexts> texts)
    {
        var parts = new List<string>();
        void Differs(string member, Func<string, string> sentence)
        {
            var value = Text(now, member);
            if (before is { } was && Text(was, member) != value)
                parts.Add(value is null ? texts[$"HistoryNo_{member}"] : sentence(value));
        }

        Differs("status", status => texts["HistoryStatus", texts[$"Status{status}"].Value]);
        Differs("line", line => texts["HistoryLine", line]);
        Differs("dueDate", due => texts["HistoryDue", due]);
        if (before is { } earlier)
        {
            foreach (var member in new[] { "quantity", "produced", "moved", "priority" })
                if (Number(earlier, member) != Number(now, member))
                    parts.Add(
                        texts[$"History_{member}", Show.Quantity(Number(earlier, member)), Show.Quantity(Number(now, member))]
                    );
            if (Reserved(earlier) != Reserved(now))
                parts.Add(texts["HistoryReserved", Reserved(now)]);
        }

        return parts.Count == 0 ? null : string.Join(" ", parts);
    }

    private static string Cells(IReadOnlyList<EventRow> events, IStringLocalizer<OrdersTexts> texts)
    {
        var last = events.GroupBy(e => (Text(e.Data, "x"), Text(e.Data, "y"))).Select(g => g.Last().Data).ToList();
        var names = last.Take(Named).Select(c => $"{Text(c, "x")} / {Text(c, "y")} → {Show.Quantity(Value(c))}");
        var list = string.Join(", ", names) + (last.Count > Named ? texts["HistoryMore", last.Count - Named].Value : "");
        return texts[last.Count == 1 ? "HistoryCell" : "HistoryCells", last.Count, list];
    }

    // While planning to-produce is zero everywhere; afterwards planned stands still.
    private static decimal Value(JsonElement cell) =>
        Number(cell, "toProduce") is > 0 and var now ? now : Number(cell, "planned");

    private static string Other(EventRow e, IStringLocalizer<OrdersTexts> texts)
    {
        if (e.Type == "lots-produced")
        {
            var lots = e.Data.TryGetProperty("lots", out var list) ? list.GetArrayLength() : 0;
            var residual = Text(e.Data, "backorder");
            return texts["HistoryProduced", lots] + (residual is null ? "" : " " + texts["HistoryResidual", residual]);
        }

        var known = texts[$"History_{e.Type}"];
        return known.ResourceNotFound ? e.Type.Replace('-', ' ') : known.Value;
    }

    private static int Reserved(JsonElement order) =>
        order.TryGetProperty("allocations", out var all) && all.ValueKind == JsonValueKind.Array
            ? all.EnumerateArray().Count(a => Text(a, "state") == "Reserved")
            : 0;

    private static string? Text(JsonElement e, string member) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static decimal Number(JsonElement e, string member) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDecimal()
            : 0;
}
