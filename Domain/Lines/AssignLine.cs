using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>The order on its line; <paramref name="Rest"/> is the new order with what did not fit, null when all of it did.</summary>
public sealed record Assignment(ProductionOrder Order, ProductionOrder? Rest, decimal CapacityUnits);

/// <summary>Assigning an order to a compatible line, dividing it on request when it exceeds the line's capacity.</summary>
public static class AssignLine
{
    /// <param name="compatibility">How the line knows the product; null when it does not.</param>
    /// <param name="position">Where in the line's queue it goes (<see cref="LineQueue.NextPosition"/>); kept when it is there already.</param>
    /// <param name="splitInto">Number for the new order when the division was confirmed, else null; unused when the order fits.</param>
    /// <param name="precisionOf">Decimals of a material's unit, for the product and its components.</param>
    public static Decision<Assignment> Decide(
        ProductionOrder order,
        ProductionLine line,
        Material product,
        LineCompatibility? compatibility,
        decimal position,
        string? splitInto,
        Func<string, int> precisionOf,
        string by,
        DateTimeOffset at
    )
    {
        if (NotAssignable(order) is { } no)
            return no;
        var capacity = LineCapacity.Of(line, product, compatibility);
        if (capacity.Refusal is { } refusal)
            return refusal;
        var units = capacity.Outcome;
        if (LineCapacity.Demand(order) <= units)
            return new Assignment(On(order, line, position, at), null, units);
        if (splitInto is null || order.Status == OrderStatus.InProgress)
            return ExceedsCapacity(order, units);
        var split = SplitOrder.Decide(order, units, splitInto, precisionOf, by, at);
        return split.Refusal is { } bad
            ? bad
            : new Assignment(On(split.Outcome.Order, line, position, at), split.Outcome.Rest, units);
    }

    /// <summary>Why no line at all can be written on the order; null when one can.</summary>
    public static Refusal? NotAssignable(ProductionOrder order) =>
        order.Kind == OrderKind.Partial
            ? Refusal.State(
                $"La orden parcial {order.Number} ya se produjo: no se asigna a una línea.",
                $"Partial order {order.Number} is already produced: it is not assigned to a line."
            )
        : order.IsOpen ? null
        : order.Status == OrderStatus.Done
            ? Refusal.State(
                $"La orden {order.Number} está Terminada: no se asigna a una línea.",
                $"Order {order.Number} is done: it is not assigned to a line."
            )
        : Refusal.State(
            $"La orden {order.Number} está Cancelada: no se asigna a una línea.",
            $"Order {order.Number} is cancelled: it is not assigned to a line."
        );

    internal static ProductionOrder On(ProductionOrder order, ProductionLine line, decimal position, DateTimeOffset at) =>
        order with
        {
            Line = line.Code,
            LinePosition = order.Line == line.Code ? order.LinePosition ?? position : position,
            UpdatedAt = at,
        };

    private static Refusal ExceedsCapacity(ProductionOrder order, decimal units)
    {
        var es = $"La orden excede la capacidad de la línea ({units.Text()} unidades).";
        var en = $"The order exceeds the line's capacity ({units.Text()} units).";
        var started = order.Status == OrderStatus.InProgress;
        return new Refusal(
            "exceeds-capacity",
            RefusalKind.Conflict,
            started ? es + " Ya está en proceso y no se puede dividir." : es + " ¿Desea dividirla?",
            started ? en + " It is in progress and cannot be divided." : en + " Divide it?"
        )
            .With("capacityUnits", units)
            .With("remainder", (LineCapacity.Demand(order) - units).Plain())
            .With("splittable", !started);
    }
}
