using Manufactura.Domain.Accounting;

namespace Manufactura.Grains.Interfaces.Accounting;

/// <summary>An account of the chart; kind is Asset by default.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.AccountData")]
public sealed record AccountData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Name,
    [property: Id(2)] AccountKind? Kind = null
);

/// <summary>
/// Which accounts productions are booked on (null: none, so that entries fail until there is one) and the last day of the closed
/// period (null: none is closed).
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.AccountingData")]
public sealed record AccountingData(
    [property: Id(0)] string? FinishedGoodsAccount,
    [property: Id(1)] string? RawMaterialsAccount,
    [property: Id(2)] DateOnly? ClosedThrough = null
);
