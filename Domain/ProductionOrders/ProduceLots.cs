using System.Collections.Immutable;
using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>One produced cell: a lot and a partial order of the same number, and what it takes of each component.</summary>
public sealed record ProducedCell(
    string Number,
    string X,
    string Y,
    decimal Quantity,
    ImmutableArray<(string Component, decimal Quantity)> Consumption
);

/// <summary>All that one explosion changes; written in one step or not at all.</summary>
public sealed record Explosion(
    ProductionOrder Order,
    ImmutableArray<ProducedCell> Produced,
    ImmutableArray<ProductionOrder> Partials,
    ProductionOrder? Backorder
);

/// <summary>"Producir Lotes" (hu-003): explodes the quantities to produce of a matrix in progress.</summary>
public static class ProduceLots
{
    /// <param name="withBackorder">Whether a residual order takes all that stays outstanding; false leaves it on this order.</param>
    /// <param name="backorderNumber">The residual's number where the usual one is taken by a cancelled order; else null.</param>
    /// <param name="defaultLocation">The plant's default; fills in the origin or destination that the order lacks.</param>
    public static Decision<Explosion> Decide(
        ProductionOrder order,
        bool withBackorder,
        Func<string, int> precisionOf,
        string? defaultLocation,
        string by,
        DateTimeOffset at,
        string? backorderNumber = null
    )
    {
        if (order.Status != OrderStatus.InProgress || order.Matrix is not { State: MatrixState.Progress } matrix)
            return Refusal.State(
                "Solo se producen lotes de una orden en proceso con la matriz En Ejecución.",
                "Lots are produced only from an order in progress whose matrix is in execution."
            );
        if (Located(order, defaultLocation) is not { } located)
            return new Refusal(
                "no-location",
                RefusalKind.Rule,
                "No hay ubicación de inventario por defecto: configure una.",
                "There is no default inventory location: configure one."
            );
        order = located;
        var cells = matrix.Cells.ToBuilder();
        var produced = ImmutableArray.CreateBuilder<ProducedCell>();
        var soFar = order.Produced;
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            if (cell.ToProduce <= 0)
                continue;
            var number = OrderNumbers.Partial(order.Number, order.Partials + produced.Count + 1);
            produced.Add(
                new(number, cell.X, cell.Y, cell.ToProduce, Consumed(order, soFar, soFar + cell.ToProduce, precisionOf))
            );
            soFar += cell.ToProduce;
            cells[i] = Changed(cell, by, at) with { Produced = cell.Produced + cell.ToProduce, ToProduce = 0 };
        }

        if (produced.Count == 0)
            return new Refusal(
                "nothing-to-produce",
                RefusalKind.Rule,
                "No hay cantidades a producir en la matriz.",
                "There is nothing to produce in the matrix."
            );

        var backorder = withBackorder ? MoveOutstanding(order, matrix, cells, backorderNumber, by, at) : null;
        var after = Close(order, matrix with { Cells = cells.ToImmutable() }, soFar, at) with
        {
            Partials = order.Partials + produced.Count,
        };
        ImmutableArray<ProductionOrder> partials = [.. produced.Select(p => Partial(after, p, by, at))];
        return new Explosion(after, produced.ToImmutable(), partials, backorder);
    }

    /// <summary>The order once its backorder chain is closed: Done if nothing is outstanding here; null when it stays as it is.</summary>
    public static ProductionOrder? AfterChainClosed(ProductionOrder order, DateTimeOffset at) =>
        order is { Status: OrderStatus.InProgress, Outstanding: 0, Moved: > 0, Matrix: { } m }
            ? order with
            {
                Status = OrderStatus.Done,
                Matrix = m with { State = MatrixState.Done },
                FinishedAt = at,
                UpdatedAt = at,
            }
            : null;

    /// <summary>"At finish only the missing one is filled in with the default"; null when one is missing and there is no default.</summary>
    private static ProductionOrder? Located(ProductionOrder order, string? defaultLocation) =>
        (order.OriginLocation ?? defaultLocation, order.DestinationLocation ?? defaultLocation) is ({ } origin, { } destination)
            ? order with
            {
                OriginLocation = origin,
                DestinationLocation = destination,
            }
            : null;

    private static ImmutableArray<(string, decimal)> Consumed(
        ProductionOrder order,
        decimal before,
        decimal after,
        Func<string, int> precisionOf
    ) =>
        [
            .. order
                .BomLines.Select(l =>
                    (l.Component, Quantity: Consumption.Between(l.Quantity, before, after, precisionOf(l.Component)))
                )
                .Where(c => c.Quantity > 0),
        ];

    private static Cell Changed(Cell cell, string by, DateTimeOffset at) =>
        cell with
        {
            Version = cell.Version + 1,
            SetBy = by,
            SetAt = at,
        };

    /// <summary>Moves every cell above zero to a residual order; null when nothing is outstanding.</summary>
    private static ProductionOrder? MoveOutstanding(
        ProductionOrder order,
        Matrix matrix,
        ImmutableArray<Cell>.Builder cells,
        string? number,
        string by,
        DateTimeOffset at
    )
    {
        var moved = ImmutableArray.CreateBuilder<Cell>(cells.Count);
        for (var i = 0; i < cells.Count; i++)
        {
            var outstanding = Math.Max(0, cells[i].Outstanding);
            moved.Add(new Cell(cells[i].X, cells[i].Y, outstanding, 0, 0, 0, 1, by, at));
            if (outstanding == 0)
                continue;
            // A cell that was just produced already has its next version.
            var next = cells[i].Version == matrix.Cells[i].Version ? Changed(cells[i], by, at) : cells[i];
            cells[i] = next with { Moved = next.Moved + outstanding };
        }

        var quantity = moved.Sum(c => c.Planned);
        if (quantity == 0)
            return null;
        return new ProductionOrder
        {
            Number = number ?? OrderNumbers.Backorder(order.Number),
            Kind = OrderKind.Backorder,
            Parent = order.Number,
            Status = OrderStatus.Planned,
            Material = order.Material,
            Bom = order.Bom,
            BomLines = order.BomLines,
            Quantity = quantity,
            OriginLocation = order.OriginLocation,
            DestinationLocation = order.DestinationLocation,
            Matrix = matrix with { State = MatrixState.Planned, Cells = moved.MoveToImmutable() },
            SalesOrder = order.SalesOrder,
            DueDate = order.DueDate,
            Priority = order.Priority,
            Observations = $"Residual de {order.Number}",
            AwaitsMaterials = order.AwaitsMaterials,
            CreatedBy = by,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    private static ProductionOrder Close(ProductionOrder order, Matrix matrix, decimal produced, DateTimeOffset at)
    {
        var moved = matrix.Cells.Sum(c => c.Moved);
        var done = moved == 0 && matrix.Cells.All(c => c.Outstanding <= 0);
        return order with
        {
            Matrix = done ? matrix with { State = MatrixState.Done } : matrix,
            Status = done ? OrderStatus.Done : order.Status,
            Produced = produced,
            Moved = moved,
            UpdatedAt = at,
            FinishedAt = done ? at : order.FinishedAt,
            AwaitsMaterials = order.AwaitsMaterials && moved == 0 && !done,
        };
    }

    private static ProductionOrder Partial(ProductionOrder order, ProducedCell cell, string by, DateTimeOffset at) =>
        new()
        {
            Number = cell.Number,
            Kind = OrderKind.Partial,
            Parent = order.Number,
            Status = OrderStatus.Done,
            Material = order.Material,
            Bom = order.Bom,
            BomLines = order.BomLines,
            Quantity = cell.Quantity,
            Produced = cell.Quantity,
            OriginLocation = order.OriginLocation,
            DestinationLocation = order.DestinationLocation,
            Line = order.Line,
            SalesOrder = order.SalesOrder,
            DueDate = order.DueDate,
            Priority = order.Priority,
            Lots = [cell.Number],
            CreatedBy = by,
            CreatedAt = at,
            UpdatedAt = at,
            StartedAt = order.StartedAt,
            FinishedAt = at,
        };
}
