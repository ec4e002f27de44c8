using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Sales;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Sales;

/// <summary>Turns sales orders into the rows that a unit of work writes.</summary>
internal static class SalesRows
{
    public static void Insert(this UnitOfWork work, SalesOrder s, string actor)
    {
        work.Add(new SalesOrderInsert(s.Number, s.Status.ToString(), s.Customer, s.DueDate, s.CreatedBy, s.CreatedAt, s.Version));
        for (var i = 0; i < s.Lines.Length; i++)
            work.Add(new SalesLineInsert(s.Number, i + 1, s.Lines[i].Material, s.Lines[i].Quantity));
        work.Add(Event("sales-order-created", SalesOrderView.Of(s, [], Supply.Ready), actor));
    }

    /// <summary>The row, the lines that got an order, and the event that shows the sale as it then stands.</summary>
    public static void Update(this UnitOfWork work, SalesOrder before, SalesOrder after, SalesOrderView view, string actor)
    {
        work.Add(new SalesOrderUpdate(after.Number, before.Version, after.Status.ToString(), after.Customer, after.DueDate));
        for (var i = 0; i < after.Lines.Length; i++)
            if (after.Lines[i].ProductionOrder != before.Lines[i].ProductionOrder)
                work.Add(new SalesLineUpdate(after.Number, i + 1, after.Lines[i].ProductionOrder));
        work.Add(Event("sales-order-changed", view, actor));
    }

    public static SalesOrder Of(SalesOrderRow row) =>
        new(
            row.Number,
            Enum.Parse<SalesStatus>(row.Status),
            row.Customer,
            row.DueDate,
            [.. row.Lines.Select(l => new SalesLine(l.Material, l.Quantity, l.ProductionOrder))],
            row.CreatedBy,
            row.CreatedAt,
            row.Version
        );

    public static SalesOrderView View(SalesOrder sale, IReadOnlyCollection<ProductionOrder> orders) =>
        SalesOrderView.Of(sale, [.. orders.Select(o => o.Number)], SalesRules.SupplyOf(orders));

    private static EventInsert Event(string type, SalesOrderView sale, string actor) =>
        new(type, "sales-order:" + sale.Number, null, sale.Version, actor, MessageJson.Serialize(sale));
}
