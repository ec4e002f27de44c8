namespace Manufactura.Storage.Commits.Rows;

/// <summary>
/// An inventory movement; <c>Quantity</c> is positive for types that end in _IN, else negative. <c>UnitCost</c> is what one unit cost
/// then, null where that is not known.
/// </summary>
public sealed record MovementInsert(
    string Type,
    string Material,
    string Lot,
    string Location,
    decimal Quantity,
    string? Reference,
    string? Reason,
    string By,
    DateTimeOffset At,
    decimal? UnitCost = null
) : IRow;

/// <summary>
/// Withdraws the movements with this reference. With <c>Count</c>, missed unless exactly so many were still standing.
/// </summary>
public sealed record MovementWithdraw(string Reference, int? Count = null) : IRow;
