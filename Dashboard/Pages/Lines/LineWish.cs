namespace Manufactura.Dashboard.Pages.Lines;

/// <summary>What somebody chose in an order's dialog.</summary>
public enum LineWishKind
{
    Assign,
    First,
    Earlier,
    Later,
    Off,
    SplitAll,
    Undo,
}

/// <summary>The choice, with the line to assign to or the order to merge into.</summary>
public sealed record LineWish(LineWishKind Kind, string? Code = null);
