namespace Manufactura.Storage.Commits.Rows;

/// <summary>A new allocation. Missed if the order has an open one of this lot already.</summary>
public sealed record AllocationInsert(
    string ProductionOrder,
    string Lot,
    string Material,
    decimal Quantity,
    string State,
    string By,
    DateTimeOffset At,
    DateTimeOffset? SettledAt = null
) : IRow;

/// <summary>Adds to the open allocation of this order and lot, or opens it.</summary>
public sealed record AllocationAdd(
    string ProductionOrder,
    string Lot,
    string Material,
    decimal Quantity,
    string By,
    DateTimeOffset At
) : IRow;

/// <summary>
/// Ends the open allocation as Consumed or Released. Missed unless it has exactly <c>Quantity</c>. With <c>Part</c> only so much is
/// recorded in that state; what became of the rest is another row's.
/// </summary>
public sealed record AllocationSettle(
    string ProductionOrder,
    string Lot,
    decimal Quantity,
    string State,
    DateTimeOffset SettledAt,
    decimal? Part = null
) : IRow;

/// <summary>Takes from the open allocation. Missed unless something is left.</summary>
public sealed record AllocationReduce(string ProductionOrder, string Lot, decimal Quantity) : IRow;

/// <summary>
/// What was consumed of a lot last counts as released: its production was taken back. Missed unless the latest consumptions of this order
/// and lot are exactly <c>Quantity</c>.
/// </summary>
public sealed record AllocationReturn(string ProductionOrder, string Lot, decimal Quantity, DateTimeOffset At) : IRow;
