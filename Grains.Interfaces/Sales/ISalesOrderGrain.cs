using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Sales;
using Manufactura.Grains.Interfaces.Requisitions;

namespace Manufactura.Grains.Interfaces.Sales;

/// <summary>One product that was sold; quantity above zero in its unit.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.SalesLineData")]
public sealed record SalesLineData([property: Id(0)] string Material, [property: Id(1)] decimal Quantity);

[GenerateSerializer, Immutable, Alias("manufactura.CreateSalesOrder")]
public sealed record CreateSalesOrderCommand(
    [property: Id(0)] string Customer,
    [property: Id(1)] DateOnly? DueDate,
    [property: Id(2)] ImmutableArray<SalesLineData> Lines
);

[GenerateSerializer, Immutable, Alias("manufactura.SalesLineView")]
public sealed record SalesLineView(
    [property: Id(0)] string Material,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] string? ProductionOrder
);

/// <summary>What was reserved of a lot for an order of the sale.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.SaleAllocation")]
public sealed record SaleAllocationView(
    [property: Id(0)] string Order,
    [property: Id(1)] string Material,
    [property: Id(2)] string Lot,
    [property: Id(3)] decimal Quantity,
    [property: Id(4)] AllocationState State
);

/// <summary>
/// A sales order as api.md shows it. The answer of confirming also has what was reserved and what was requisitioned; both are empty
/// elsewhere.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.SalesOrderView")]
public sealed record SalesOrderView(
    [property: Id(0)] string Number,
    [property: Id(1)] SalesStatus Status,
    [property: Id(2)] string Customer,
    [property: Id(3)] DateOnly? DueDate,
    [property: Id(4)] ImmutableArray<SalesLineView> Lines,
    [property: Id(5)] ImmutableArray<string> Orders,
    [property: Id(6)] string Supply,
    [property: Id(7)] int Version,
    [property: Id(8)] string CreatedBy,
    [property: Id(9)] DateTimeOffset CreatedAt,
    [property: Id(10)] ImmutableArray<SaleAllocationView> Allocations,
    [property: Id(11)] ImmutableArray<RequisitionView> Requisitions
)
{
    public static SalesOrderView Of(SalesOrder s, ImmutableArray<string> orders, Supply supply) =>
        new(
            s.Number,
            s.Status,
            s.Customer,
            s.DueDate,
            [.. s.Lines.Select(l => new SalesLineView(l.Material, l.Quantity, l.ProductionOrder))],
            orders,
            MessageJson.Name(supply),
            s.Version,
            s.CreatedBy,
            s.CreatedAt,
            [],
            []
        );
}

/// <summary>
/// One sales order; the key is its number. Refusals: <c>not-found</c>, <c>validation</c>, <c>invalid-state</c>; nothing changed then.
/// </summary>
[Alias("manufactura.ISalesOrder")]
public interface ISalesOrderGrain : IGrainWithStringKey
{
    /// <summary>Makes the sale of this number, pending; the number was drawn for this request alone.</summary>
    [Alias("Create")]
    Task<Answer<SalesOrderView>> Create(CreateSalesOrderCommand command, CommandContext context);

    /// <summary>Creates an order per line, reserves its materials, requisitions what is missing: all of it or nothing.</summary>
    [Alias("Confirm")]
    Task<Answer<SalesOrderView>> Confirm(CommandContext context);

    /// <summary>Cancels it with its Draft and Planned orders; refused when one has started.</summary>
    [Alias("Cancel")]
    Task<Answer<SalesOrderView>> Cancel(CommandContext context);

    /// <summary>Told after the fact that one of its orders was closed; becomes Done when all are.</summary>
    [Alias("OrdersChanged")]
    Task OrdersChanged();
}
