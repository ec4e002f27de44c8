using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>
/// The events of an order. Each carries the values to show; the one with the order's version is the audit record of that
/// change, so every version has exactly one kind of event.
/// </summary>
internal static class OrderEvents
{
    private sealed record Cells(
        string Order,
        string X,
        string Y,
        decimal Planned,
        decimal ToProduce,
        decimal Produced,
        decimal Moved,
        int Version,
        string By,
        DateTimeOffset At
    );

    public static EventInsert Created(ProductionOrder o, string actor) =>
        new("order-created", Topic(o.Number), Also(o), o.Version, actor, MessageJson.Serialize(OrderView.Of(o)));

    /// <summary>The order's row as it now stands.</summary>
    public static EventInsert Changed(ProductionOrder o, string actor) =>
        new("order-changed", Topic(o.Number), Also(o), o.Version, actor, MessageJson.Serialize(OrderView.Of(o)));

    /// <summary>Tells the line that an order was taken off; the order's own event names only where it is now.</summary>
    public static EventInsert LeftLine(ProductionOrder before, ProductionOrder after) =>
        new(
            "order-left-line",
            "line:" + before.Line,
            Topic(before.Number),
            null,
            "system",
            MessageJson.Serialize(
                new
                {
                    order = before.Number,
                    line = before.Line,
                    to = after.Line,
                }
            )
        );

    /// <summary>One <c>cell-changed</c> per cell.</summary>
    public static void AddCells(this UnitOfWork work, ProductionOrder o, IEnumerable<Cell> cells, string actor)
    {
        foreach (var c in cells)
        {
            var data = new Cells(o.Number, c.X, c.Y, c.Planned, c.ToProduce, c.Produced, c.Moved, c.Version, c.SetBy, c.SetAt);
            work.Add(new EventInsert("cell-changed", Topic(o.Number), null, o.Version, actor, MessageJson.Serialize(data)));
        }
    }

    /// <summary>The whole matrix anew: other values or another distribution.</summary>
    public static EventInsert Recalculated(ProductionOrder o, MatrixView matrix, string actor) =>
        new(
            "matrix-recalculated",
            Topic(o.Number),
            null,
            o.Version,
            actor,
            MessageJson.Serialize(new { order = o.Number, matrix })
        );

    public static EventInsert LotsProduced(ProductionOrder o, LotsProduced produced, string actor) =>
        new(
            "lots-produced",
            Topic(o.Number),
            Also(o),
            o.Version,
            actor,
            MessageJson.Serialize(
                new
                {
                    order = o.Number,
                    orders = produced.Orders,
                    lots = produced.Lots,
                    backorder = produced.Backorder,
                    movements = produced.Movements,
                    journalEntry = produced.JournalEntry,
                    produced = o.Produced,
                    moved = o.Moved,
                    outstanding = o.Outstanding,
                    status = o.Status,
                }
            )
        );

    /// <summary>What was reserved, of which lots, and what is short.</summary>
    public static EventInsert MaterialsReserved(
        ProductionOrder o,
        IEnumerable<Allocation> added,
        IEnumerable<ShortageView> shortages,
        string actor
    ) =>
        new(
            "materials-reserved",
            Topic(o.Number),
            null,
            o.Version,
            actor,
            MessageJson.Serialize(
                new
                {
                    order = o.Number,
                    added = added.Select(a => new AllocationView(a.Material, a.Lot, a.Quantity, a.State)),
                    shortages,
                    awaitsMaterials = o.AwaitsMaterials,
                }
            )
        );

    /// <summary>A reservation moved to another lot by hand, with who and why.</summary>
    public static EventInsert AllocationMoved(
        ProductionOrder o,
        string from,
        string to,
        string material,
        decimal quantity,
        string reason,
        string actor
    ) =>
        new(
            "allocation-moved",
            Topic(o.Number),
            $"lot:{from} lot:{to}",
            o.Version,
            actor,
            MessageJson.Serialize(
                new
                {
                    order = o.Number,
                    from,
                    to,
                    material,
                    quantity,
                    reason,
                }
            )
        );

    private static string Topic(string number) => "order:" + number;

    private static string? Also(ProductionOrder o) => o.Line is null ? null : "line:" + o.Line;
}
