using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>Confirming the planning and starting: Draft → Planned → InProgress.</summary>
public static class PlanOrder
{
    /// <summary>"Confirmar Planificación": Draft → Planned, and the matrix pending → planned if its cells add up to the order.</summary>
    public static Decision<ProductionOrder> Confirm(ProductionOrder order, DateTimeOffset at)
    {
        if (order.Status != OrderStatus.Draft)
            return NotDraft();
        if (order.Matrix is not { } matrix)
            return order with { Status = OrderStatus.Planned, UpdatedAt = at };
        if (MatrixRules.MissingProportion(matrix) is { } missing)
            return missing;
        var difference = order.Quantity - matrix.PlannedTotal;
        if (difference != 0)
            return new Refusal(
                "cells-do-not-add-up",
                RefusalKind.Rule,
                difference > 0
                    ? $"A la matriz le faltan {difference.Text()} unidades para llegar al total de {order.Quantity.Text()}."
                    : $"La matriz suma {(-difference).Text()} unidades más que el total de {order.Quantity.Text()}.",
                difference > 0
                    ? $"The matrix lacks {difference.Text()} units of the total of {order.Quantity.Text()}."
                    : $"The matrix has {(-difference).Text()} units more than the total of {order.Quantity.Text()}."
            ).With("difference", difference);
        return order with { Status = OrderStatus.Planned, Matrix = matrix with { State = MatrixState.Planned }, UpdatedAt = at };
    }

    /// <summary>"Iniciar": accepted from Draft and Planned; a matrix must have its planning confirmed first.</summary>
    public static Decision<ProductionOrder> Start(ProductionOrder order, DateTimeOffset at)
    {
        if (order.Status is not (OrderStatus.Draft or OrderStatus.Planned))
            return NotDraft();
        if (order.Matrix is { State: MatrixState.Pending })
            return Refusal.State(
                "La planificación de la matriz debe confirmarse antes de iniciar.",
                "The matrix's planning must be confirmed before the order starts."
            );
        return order with
        {
            Status = OrderStatus.InProgress,
            Matrix = order.Matrix is { } m ? m with { State = MatrixState.Progress } : null,
            StartedAt = at,
            UpdatedAt = at,
        };
    }

    private static Refusal NotDraft() => Refusal.State("La orden no está en estado Borrador.", "The order is not in draft.");
}
