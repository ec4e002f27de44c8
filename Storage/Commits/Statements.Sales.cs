using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Storage.Commits;

internal static partial class Statements
{
    private static Statement[] Sales() =>
        [
            new Statement<SalesOrderUpdate>()
                .Key(r => r.Number)
                .Int(r => r.ExpectedVersion)
                .Text(r => r.Status)
                .Text(r => r.Customer)
                .Date(r => r.DueDate),
            new Statement<SalesOrderInsert>()
                .Key(r => r.Number)
                .Text(r => r.Status)
                .Text(r => r.Customer)
                .Date(r => r.DueDate)
                .Text(r => r.CreatedBy)
                .Instant(r => r.CreatedAt)
                .Int(r => r.Version),
        ];

    private static Statement[] SalesLines() =>
        [
            new Statement<SalesLineInsert>()
                .Key(r => Join(r.SalesOrder, r.Position))
                .Text(r => r.SalesOrder)
                .Int(r => r.Position)
                .Text(r => r.Material)
                .Number(r => r.Quantity)
                .Text(r => r.ProductionOrder),
            new Statement<SalesLineUpdate>()
                .Key(r => Join(r.SalesOrder, r.Position))
                .Text(r => r.SalesOrder)
                .Int(r => r.Position)
                .Text(r => r.ProductionOrder),
        ];

    private static Statement[] Requisitions() =>
        [
            new Statement<RequisitionUpdate>()
                .Key(r => r.Number)
                .Int(r => r.ExpectedVersion)
                .Text(r => r.Status)
                .Text(r => r.Mail),
            new Statement<RequisitionInsert>()
                .Key(r => r.Number)
                .Text(r => r.Supplier)
                .Text(r => r.Status)
                .Text(r => r.Mail)
                .Text(r => r.SalesOrder)
                .Text(r => r.ProductionOrder)
                .Text(r => r.CreatedBy)
                .Instant(r => r.CreatedAt)
                .Int(r => r.Version),
            new Statement<RequisitionLineInsert>()
                .Key(r => Join(r.Requisition, r.Position))
                .Text(r => r.Requisition)
                .Int(r => r.Position)
                .Text(r => r.Material)
                .Number(r => r.Quantity)
                .Date(r => r.TargetDate),
        ];
}
