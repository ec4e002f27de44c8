using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>Turns orders into the rows that a unit of work writes.</summary>
internal static class OrderRows
{
    /// <summary>A new order with its cells and its <c>order-created</c> event.</summary>
    public static void Insert(this UnitOfWork work, ProductionOrder o, string actor)
    {
        work.Add(
            new OrderInsert(
                o.Number,
                o.Status.ToString(),
                o.Material,
                o.Quantity,
                o.CreatedBy,
                o.CreatedAt,
                o.UpdatedAt,
                OrderView.Name(o.Kind),
                o.Parent,
                o.Matrix is { } m ? MatrixView.Name(m.State) : null,
                o.Bom,
                OrderJson.BomLines(o.BomLines),
                OrderJson.AxesOf(o.Matrix),
                o.Produced,
                o.Moved,
                o.OriginLocation,
                o.DestinationLocation,
                o.Line,
                o.LinePosition,
                o.SalesOrder,
                o.DueDate,
                o.Priority,
                o.Observations,
                o.Partials,
                o.AwaitsMaterials,
                o.Version,
                o.StartedAt,
                o.FinishedAt
            )
        );
        foreach (var c in o.Matrix?.Cells ?? [])
            work.Add(
                new CellInsert(o.Number, c.X, c.Y, c.Planned, c.ToProduce, c.Produced, c.Moved, c.SetBy, c.SetAt, c.Version)
            );
        work.Add(OrderEvents.Created(o, actor));
    }

    /// <summary>
    /// The difference between two states of one order: the row if <paramref name="after"/> is another version, the cells that
    /// were added, changed or taken away. Events are the command's own.
    /// </summary>
    public static void Update(this UnitOfWork work, ProductionOrder before, ProductionOrder after)
    {
        work.Add(
            new OrderUpdate(
                after.Number,
                before.Version,
                after.Status.ToString(),
                after.Matrix is { } m ? MatrixView.Name(m.State) : null,
                OrderJson.AxesOf(after.Matrix),
                after.Quantity,
                after.Produced,
                after.Moved,
                after.OriginLocation,
                after.DestinationLocation,
                after.Line,
                after.LinePosition,
                after.SalesOrder,
                after.DueDate,
                after.Priority,
                after.Observations,
                OrderJson.BomLines(after.BomLines),
                after.Partials,
                after.AwaitsMaterials,
                after.UpdatedAt,
                after.StartedAt,
                after.FinishedAt
            )
        );
        // Here, where every change of an order passes, so that no line is left without being told.
        if (before.Line is not null && before.Line != after.Line)
            work.Add(OrderEvents.LeftLine(before, after));
        foreach (var c in ChangedCells(before, after))
            if (before.Matrix?.Find(c.X, c.Y) is { } was)
                work.Add(
                    new CellUpdate(
                        after.Number,
                        c.X,
                        c.Y,
                        was.Version,
                        c.Planned,
                        c.ToProduce,
                        c.Produced,
                        c.Moved,
                        c.Version,
                        c.SetBy,
                        c.SetAt
                    )
                );
            else
                work.Add(
                    new CellInsert(
                        after.Number,
                        c.X,
                        c.Y,
                        c.Planned,
                        c.ToProduce,
                        c.Produced,
                        c.Moved,
                        c.SetBy,
                        c.SetAt,
                        c.Version
                    )
                );
        foreach (var c in before.Matrix?.Cells ?? [])
            if (after.Matrix?.Find(c.X, c.Y) is null)
                work.Add(new CellDelete(after.Number, c.X, c.Y, c.Version));
    }

    /// <summary>The cells of <paramref name="after"/> that are new or have another version.</summary>
    public static IEnumerable<Cell> ChangedCells(ProductionOrder before, ProductionOrder after) =>
        before.Matrix is { } was && after.Matrix is { } now && was.Cells.Length == now.Cells.Length && SameAxes(was, now)
            ? now.Cells.Where((c, i) => !ReferenceEquals(c, was.Cells[i]) && c.Version != was.Cells[i].Version)
            : (after.Matrix?.Cells ?? []).Where(c => before.Matrix?.Find(c.X, c.Y)?.Version != c.Version);

    public static bool SameAxes(Matrix a, Matrix b) => a.X.SequenceEqual(b.X) && a.Y.SequenceEqual(b.Y);
}
