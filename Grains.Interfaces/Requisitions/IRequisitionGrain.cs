using System.Collections.Immutable;
using Manufactura.Domain.Requisitions;

namespace Manufactura.Grains.Interfaces.Requisitions;

[GenerateSerializer, Immutable, Alias("manufactura.RequisitionLineView")]
public sealed record RequisitionLineView(
    [property: Id(0)] string Material,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] DateOnly? TargetDate
);

/// <summary>A requisition as api.md shows it; <paramref name="Mail"/> in lower case.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.RequisitionView")]
public sealed record RequisitionView(
    [property: Id(0)] string Number,
    [property: Id(1)] string? Supplier,
    [property: Id(2)] RequisitionStatus Status,
    [property: Id(3)] ImmutableArray<RequisitionLineView> Lines,
    [property: Id(4)] string Mail,
    [property: Id(5)] string? SalesOrder,
    [property: Id(6)] string? ProductionOrder,
    [property: Id(7)] int Version,
    [property: Id(8)] string CreatedBy,
    [property: Id(9)] DateTimeOffset CreatedAt
)
{
    public static RequisitionView Of(Requisition r) =>
        new(
            r.Number,
            r.Supplier,
            r.Status,
            [.. r.Lines.Select(l => new RequisitionLineView(l.Material, l.Quantity, l.TargetDate))],
            MessageJson.Name(r.Mail),
            r.SalesOrder,
            r.ProductionOrder,
            r.Version,
            r.CreatedBy,
            r.CreatedAt
        );
}

/// <summary>The requisitions that were made for an order.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.OrderRequisitions")]
public sealed record OrderRequisitions([property: Id(0)] ImmutableArray<RequisitionView> Requisitions);

/// <summary>One requisition; the key is its number. Refusals: <c>not-found</c>, <c>invalid-state</c>; nothing changed then.</summary>
[Alias("manufactura.IRequisition")]
public interface IRequisitionGrain : IGrainWithStringKey
{
    /// <summary>The supervisor lets one go that is over the threshold; its mail is queued if there is an address.</summary>
    [Alias("Approve")]
    Task<Answer<RequisitionView>> Approve(CommandContext context);

    /// <summary>A person confirms that the supplier delivers.</summary>
    [Alias("Confirm")]
    Task<Answer<RequisitionView>> Confirm(CommandContext context);

    /// <summary>Any but received; a mail that has not gone out stays.</summary>
    [Alias("Cancel")]
    Task<Answer<RequisitionView>> Cancel(CommandContext context);

    /// <summary>Queues a mail that failed, or one that was held for want of an address that there is now.</summary>
    [Alias("SendAgain")]
    Task<Answer<RequisitionView>> SendAgain(CommandContext context);
}
