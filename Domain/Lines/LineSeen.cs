using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>The line on which somebody saw the order whom they want to move; null: on none.</summary>
public sealed record LineSeen(string? Line)
{
    /// <summary>
    /// Why the move is not made: the order is not where it was seen, because somebody else was faster. Null when it is there, or
    /// when nothing was said of where it was seen.
    /// </summary>
    /// <param name="by">Who put it where it is, as far as that is known.</param>
    public static Refusal? Moved(ProductionOrder order, LineSeen? seen, string? by, DateTimeOffset? at) =>
        seen is null || seen.Line == order.Line
            ? null
            : new Refusal("line-conflict", RefusalKind.Conflict, Spanish(order, seen, by), English(order, seen, by))
                .With("current", order.Line)
                .With("by", by)
                .With("at", at);

    private static string Spanish(ProductionOrder order, LineSeen seen, string? by)
    {
        var who = by ?? "otra persona";
        return (seen.Line, order.Line) switch
        {
            (null, { } now) => $"La orden {order.Number} ya está en la línea {now}: la asignó {who}.",
            ({ } before, null) => $"La orden {order.Number} ya no está en la línea {before}: la retiró {who}.",
            var (before, now) => $"La orden {order.Number} ya no está en la línea {before}: {who} la pasó a {now}.",
        };
    }

    private static string English(ProductionOrder order, LineSeen seen, string? by)
    {
        var who = by ?? "somebody else";
        return (seen.Line, order.Line) switch
        {
            (null, { } now) => $"Order {order.Number} is already on line {now}: assigned by {who}.",
            ({ } before, null) => $"Order {order.Number} is no longer on line {before}: taken off by {who}.",
            var (before, now) => $"Order {order.Number} is no longer on line {before}: {who} moved it to {now}.",
        };
    }
}
