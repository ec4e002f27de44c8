using System.Collections.Immutable;

namespace Manufactura.Domain.Screens;

/// <summary>What a panel of a wall screen shows.</summary>
public enum PanelKind
{
    /// <summary>Per line: made today against the plan of today.</summary>
    LinesToday,

    /// <summary>Per line: kilograms assigned against the capacity of a shift.</summary>
    LineLoad,

    /// <summary>The matrix of one order, cell by cell.</summary>
    OrderMatrix,

    /// <summary>What somebody has to act on.</summary>
    Alerts,

    /// <summary>Lots that expire soon.</summary>
    ExpiringLots,

    /// <summary>Orders that wait for material.</summary>
    WaitingOrders,

    /// <summary>Today in three numbers.</summary>
    Totals,
}

/// <summary>
/// A panel and its place on the grid, columns and rows from 1. <paramref name="Page"/> from 1: pages take turns.
/// <paramref name="Subject"/>: the order of an <see cref="PanelKind.OrderMatrix"/>; null shows the one worked on last.
/// </summary>
public sealed record Panel(PanelKind Kind, int Page, int Column, int Row, int Width, int Height, string? Subject = null)
{
    /// <summary>Whether both would cover the same field of the same page.</summary>
    public bool Overlaps(Panel other) =>
        Page == other.Page
        && Column < other.Column + other.Width
        && other.Column < Column + Width
        && Row < other.Row + other.Height
        && other.Row < Row + Height;
}

/// <summary>A wall screen. <paramref name="RotationSeconds"/>: how long each page stands, 5 to 600.</summary>
public sealed record Screen(string Title, string Theme, int Columns, int Rows, int RotationSeconds, ImmutableArray<Panel> Panels)
{
    /// <summary>More cannot be read from 5 m.</summary>
    public const int MaxPanels = 7;

    /// <summary>Columns and rows of the grid, each.</summary>
    public const int MaxGrid = 6;

    /// <summary>The longest name and title, in characters.</summary>
    public const int MaxName = 40;

    /// <summary>The themes a screen may have.</summary>
    public static readonly ImmutableArray<string> Themes = ["dark", "light"];

    /// <summary>What a plant has before anybody designed a screen: lines, alerts, today, lots that expire.</summary>
    public static Screen Default { get; } =
        new(
            "Planta",
            "dark",
            6,
            6,
            30,
            [
                new(PanelKind.LinesToday, 1, 1, 1, 4, 4),
                new(PanelKind.Alerts, 1, 5, 1, 2, 4),
                new(PanelKind.Totals, 1, 1, 5, 3, 2),
                new(PanelKind.ExpiringLots, 1, 4, 5, 3, 2),
            ]
        );
}
