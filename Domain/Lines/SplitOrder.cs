using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>
/// One order made two: together they have the units, the cells and the reserved quantities of the one. Written in one step.
/// </summary>
public sealed record OrderSplit(ProductionOrder Order, ProductionOrder Rest);

/// <summary>Dividing an order that has not started (flujo-planificacion-de-ordenes 4).</summary>
public static class SplitOrder
{
    /// <param name="keepUnits">What stays on the order, above zero and below its quantity.</param>
    /// <param name="number">Number of the new order.</param>
    /// <param name="precisionOf">Decimals of a material's unit, for the product and its components.</param>
    public static Decision<OrderSplit> Decide(
        ProductionOrder order,
        decimal keepUnits,
        string number,
        Func<string, int> precisionOf,
        string by,
        DateTimeOffset at
    )
    {
        if (NotSplittable(order) is { } no)
            return no;
        if (keepUnits <= 0 || keepUnits >= order.Quantity)
            return Refusal.Validation(
                $"Para dividir {order.Number} debe quedar más de 0 y menos de {order.Quantity.Text()}.",
                $"To divide {order.Number}, more than 0 and less than {order.Quantity.Text()} must stay."
            );
        var precision = precisionOf(order.Material);
        if (!Quantities.Fits(keepUnits, precision))
            return Refusal.Validation(
                $"La cantidad de {order.Material} admite como máximo {precision} decimales.",
                $"The quantity of {order.Material} takes at most {precision} decimals."
            );
        var rest = order.Quantity - keepUnits;
        var matrix = order.Matrix is { } m ? SplitMatrix.Share(m, keepUnits, rest, precision, by, at) : default;
        var (kept, given) = SplitAllocations.Share(order.Allocations, keepUnits, rest, precisionOf);
        return new OrderSplit(
            order with
            {
                Quantity = keepUnits.Plain(),
                Matrix = matrix.Kept,
                Allocations = kept,
                UpdatedAt = at,
            },
            Rest(order, number, rest.Plain(), by, at) with
            {
                Matrix = matrix.Given,
                Allocations = given,
            }
        );
    }

    internal static Refusal? NotSplittable(ProductionOrder order) =>
        AssignLine.NotAssignable(order)
        ?? (
            order.Status == OrderStatus.InProgress || order.Produced > 0 || order.Moved > 0
                ? Refusal.State(
                    $"La orden {order.Number} ya está en proceso: no se puede dividir.",
                    $"Order {order.Number} is already in progress: it cannot be divided."
                )
                : null
        );

    private static ProductionOrder Rest(ProductionOrder order, string number, decimal quantity, string by, DateTimeOffset at)
    {
        var origin = $"Dividida desde OP {order.Number}";
        return new ProductionOrder
        {
            Number = number,
            Kind = OrderKind.Split,
            Parent = order.Number,
            // A planned order whose matrix is still pending could never confirm its planning.
            Status = order.Matrix is { State: MatrixState.Pending } ? OrderStatus.Draft : OrderStatus.Planned,
            Material = order.Material,
            Bom = order.Bom,
            BomLines = order.BomLines,
            Quantity = quantity,
            OriginLocation = order.OriginLocation,
            DestinationLocation = order.DestinationLocation,
            SalesOrder = order.SalesOrder,
            DueDate = order.DueDate,
            Priority = order.Priority,
            Observations = order.Observations is { } text ? $"{text}\n{origin}" : origin,
            AwaitsMaterials = order.AwaitsMaterials,
            CreatedBy = by,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }
}
