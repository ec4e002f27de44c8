using System.Collections.Immutable;

namespace Manufactura.Grains.Interfaces.ProductionOrders;

/// <summary>An order on its line; <paramref name="Rest"/> is the new order with what did not fit, null when all of it did.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.LineAssigned")]
public sealed record LineAssigned(
    [property: Id(0)] OrderView Order,
    [property: Id(1)] OrderView? Rest,
    [property: Id(2)] decimal CapacityUnits,
    [property: Id(3)] ImmutableArray<Sentence> Messages
);

/// <summary>The line on which somebody saw the order whom they want to move; null: on none. Not there any more: refused.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.SeenOn")]
public sealed record SeenOn([property: Id(0)] string? Line);

/// <summary>
/// One part of a division: so many units on that line. A proposal says when they would be made, as the queues stand; what is
/// approved need not.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.SplitPart")]
public sealed record SplitPart(
    [property: Id(0)] string Line,
    [property: Id(1)] decimal Units,
    [property: Id(2)] DateTimeOffset? Start = null,
    [property: Id(3)] DateTimeOffset? End = null
);

/// <summary>A division as proposed or approved, in the order in which the parts are to be made.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.SplitPlan")]
public sealed record SplitPlan([property: Id(0)] ImmutableArray<SplitPart> Parts);

/// <summary>A division carried out: the order with its first part and the new orders with the others.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.OrderDivided")]
public sealed record OrderDivided(
    [property: Id(0)] OrderView Order,
    [property: Id(1)] ImmutableArray<OrderView> Parts,
    [property: Id(2)] ImmutableArray<Sentence> Messages
);
