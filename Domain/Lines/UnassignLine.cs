using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>Taking an open order off its line; it is free to be assigned again.</summary>
public static class UnassignLine
{
    public static Decision<ProductionOrder> Decide(ProductionOrder order, DateTimeOffset at) =>
        AssignLine.NotAssignable(order) is { } no ? no
        : order.Line is null
            ? Refusal.State($"La orden {order.Number} no está en ninguna línea.", $"Order {order.Number} is not on a line.")
        : order with { Line = null, LinePosition = null, UpdatedAt = at };
}
