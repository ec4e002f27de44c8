namespace Manufactura.Storage.Commits.Rows;

/// <summary>An inventory movement; <c>Quantity</c> is positive for types that end in _IN, else negative.</summary>
public sealed record MovementInsert(
    string Type,
    string Material,
    string Lot,
    string Location,
    decimal Quantity,
    string? Reference,
    string? Reason,
    string By,
    DateTimeOffset At
) : IRow;

/// <summary>
/// Withdraws the movements with this reference. With <c>Count</c>, missed unless exactly so many were still standing.
/// </summary>
public sealed record MovementWithdraw(string Reference, int? Count = null) : IRow;
