using System.Collections.Immutable;
using Manufactura.Domain.Matrices;
using Manufactura.Grains.Interfaces.Requisitions;

namespace Manufactura.Grains.Interfaces.ProductionOrders;

[GenerateSerializer, Immutable, Alias("manufactura.CurvePoint")]
public sealed record CurvePoint([property: Id(0)] string Value, [property: Id(1)] int Proportion);

/// <summary>Chosen values and curve; empty lists give a pending matrix without cells.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.MatrixChoice")]
public sealed record MatrixChoice(
    [property: Id(0)] ImmutableArray<string> XValues,
    [property: Id(1)] ImmutableArray<string> YValues,
    [property: Id(2)] ImmutableArray<CurvePoint> Curve
);

/// <summary>A new order, by material (the newest active BOM is taken, if there is one) or by BOM.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.CreateOrder")]
public sealed record CreateOrderCommand(
    [property: Id(0)] string? Material,
    [property: Id(1)] string? Bom,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] string? OriginLocation,
    [property: Id(4)] string? DestinationLocation,
    [property: Id(5)] DateOnly? DueDate,
    [property: Id(6)] int? Priority,
    [property: Id(7)] string? Observations,
    [property: Id(8)] MatrixChoice? Matrix
);

/// <summary>One cell as somebody wants it; <paramref name="Version"/> is the one that was seen, null overwrites.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.CellChange")]
public sealed record CellChange(
    [property: Id(0)] string X,
    [property: Id(1)] string Y,
    [property: Id(2)] CellField Field,
    [property: Id(3)] decimal Value,
    [property: Id(4)] int? Version
);

[GenerateSerializer, Immutable, Alias("manufactura.CellChanges")]
public sealed record CellChanges([property: Id(0)] ImmutableArray<CellChange> Cells);

/// <summary><paramref name="Quantity"/> null moves all that is reserved of <paramref name="From"/>.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.AllocationMove")]
public sealed record AllocationMove(
    [property: Id(0)] string From,
    [property: Id(1)] string To,
    [property: Id(2)] decimal? Quantity,
    [property: Id(3)] string Reason
);

/// <summary>One production order; the key is its number. Refusals are answers, nothing changed then.</summary>
[Alias("manufactura.IProductionOrder")]
public interface IProductionOrderGrain : IGrainWithStringKey
{
    /// <summary>Makes the order of this number; the number was drawn for this request alone.</summary>
    [Alias("Create")]
    Task<Answer<OrderView>> Create(CreateOrderCommand command, CommandContext context);

    /// <summary>Distributes the total over the matrix; null keeps values and curve. Only while pending.</summary>
    [Alias("Recalculate")]
    Task<Answer<MatrixView>> Recalculate(MatrixChoice? choice, CommandContext context);

    /// <summary>All edits or none; answers the changed cells, or the conflicts.</summary>
    [Alias("EditCells")]
    Task<Answer<MatrixView>> EditCells(CellChanges changes, CommandContext context);

    [Alias("ConfirmPlanning")]
    Task<Answer<OrderAnswer>> ConfirmPlanning(CommandContext context);

    [Alias("Start")]
    Task<Answer<OrderAnswer>> Start(CommandContext context);

    /// <summary>"Producir Lotes": explodes what is to be produced; outstanding goes to a backorder or stays.</summary>
    [Alias("ProduceLots")]
    Task<Answer<LotsProduced>> ProduceLots(bool backorder, CommandContext context);

    /// <summary>"Terminar": consumes the components and puts the product into stock; orders without a matrix.</summary>
    [Alias("Finish")]
    Task<Answer<OrderAnswer>> Finish(CommandContext context);

    /// <summary>"Cancelar": any status → Cancelled, with everything taken back, or refused naming where a produced lot was used.</summary>
    [Alias("Cancel")]
    Task<Answer<OrderAnswer>> Cancel(CommandContext context);

    /// <summary>"Deshacer": takes the last explosion back under the rule of cancelling.</summary>
    [Alias("UndoExplosion")]
    Task<Answer<OrderAnswer>> UndoExplosion(CommandContext context);

    /// <summary>Reserves by policy what is missing of the order's materials; what falls short is answered and waited for.</summary>
    [Alias("Reserve")]
    Task<Answer<ReserveAnswer>> Reserve(CommandContext context);

    /// <summary>
    /// Asks the suppliers for what an order that fell short still lacks and nobody was asked for yet: one requisition per material.
    /// Refused with <c>nothing-to-requisition</c> when there is nothing of the kind.
    /// </summary>
    [Alias("RequisitionLacks")]
    Task<Answer<OrderRequisitions>> RequisitionLacks(CommandContext context);

    /// <summary>Gives all reservations back, or those of one material.</summary>
    [Alias("Unreserve")]
    Task<Answer<OrderAnswer>> Unreserve(string? material, CommandContext context);

    /// <summary>Moves a reservation to another lot by hand, with a reason.</summary>
    [Alias("MoveAllocation")]
    Task<Answer<OrderAnswer>> MoveAllocation(AllocationMove move, CommandContext context);

    /// <summary>Told after the fact that a backorder of this order was closed; becomes Done when nothing is left.</summary>
    [Alias("ChainClosed")]
    Task ChainClosed(string backorder);

    /// <summary>
    /// Puts the order on a line; one that exceeds its capacity is divided when <paramref name="split"/> says so. Here and below:
    /// refused when the order is no longer where it was <paramref name="seen"/>; null is unconditional.
    /// </summary>
    [Alias("AssignLine")]
    Task<Answer<LineAssigned>> AssignLine(string line, bool split, CommandContext context, SeenOn? seen = null);

    /// <summary>Takes the order off its line.</summary>
    [Alias("UnassignLine")]
    Task<Answer<OrderAnswer>> UnassignLine(CommandContext context, SeenOn? seen = null);

    /// <summary>"Dividir todo" as it would be done now; nothing changes.</summary>
    [Alias("ProposeSplit")]
    Task<Answer<SplitPlan>> ProposeSplit();

    /// <summary>Carries an approved division out, all or nothing.</summary>
    [Alias("SplitAll")]
    Task<Answer<OrderDivided>> SplitAll(SplitPlan plan, CommandContext context, SeenOn? seen = null);

    /// <summary>Merges <paramref name="split"/>, which was divided from this order and was <paramref name="seen"/> there, back into it.</summary>
    [Alias("UndoSplit")]
    Task<Answer<OrderAnswer>> UndoSplit(string split, CommandContext context, SeenOn? seen = null);
}
