using System.Collections.Immutable;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Screens;

/// <summary>A line on a wall screen. <paramref name="Plan"/>: units to be made today; without an order none is named.</summary>
public sealed record LinePanelRow(
    string Code,
    string Name,
    string? Order,
    string? Product,
    decimal Produced,
    decimal Plan,
    decimal AssignedKg,
    decimal CapacityKg
);

/// <summary>The lines of a plant.</summary>
public sealed record LinesPanel(IReadOnlyList<LinePanelRow> Lines);

/// <summary>One order and its matrix; both null where no matrix is being made.</summary>
public sealed record MatrixPanel(string? Order, string? Product, MatrixView? Matrix);

/// <summary>An alert with both its texts, as its events carry it.</summary>
public sealed record AlertPanelRow(
    long Id,
    string Kind,
    string Severity,
    string Subject,
    string Cause,
    string Role,
    string State,
    string Es,
    string En,
    DateTimeOffset RaisedAt,
    string? AcknowledgedBy,
    DateTimeOffset? EscalatedAt,
    int Version
)
{
    public static AlertPanelRow Of(AlertRow a) =>
        new(
            a.Id,
            a.Kind,
            a.Severity,
            a.Subject,
            a.Cause,
            a.Role,
            a.State,
            a.TextEs,
            a.TextEn,
            a.RaisedAt,
            a.AcknowledgedBy,
            a.EscalatedAt,
            a.Version
        );
}

/// <summary>Standing alerts.</summary>
public sealed record AlertsPanel(IReadOnlyList<AlertPanelRow> Alerts);

/// <summary>Lots that expire within <paramref name="Days"/> days.</summary>
public sealed record ExpiringPanel(int Days, IReadOnlyList<ExpiringLot> Lots);

/// <summary>Orders that wait for material, the most urgent of <paramref name="Total"/>.</summary>
public sealed record WaitingPanel(IReadOnlyList<ScreenOrder> Orders, long Total);

/// <summary>Today in numbers: units made and planned on the lines, open orders.</summary>
public sealed record TotalsPanel(decimal Produced, decimal Plan, long Open, long InProgress, long Overdue);
