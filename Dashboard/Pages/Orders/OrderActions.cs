using Manufactura.Dashboard.Access;
using Manufactura.Domain.Access;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>What can be done with an order from its page or the board.</summary>
public enum OrderActionKind
{
    Recalculate,
    Confirm,
    Start,
    Produce,
    Finish,
    Undo,
    Cancel,
}

/// <summary>An action and, where it is not possible now, the key of the sentence that says why.</summary>
public sealed record OrderAction(OrderActionKind Kind, string? WhyNot)
{
    /// <summary>Whether it can be done now.</summary>
    public bool Possible => WhyNot is null;

    /// <summary>The call of the API under the order's address.</summary>
    public string Call =>
        Kind switch
        {
            OrderActionKind.Recalculate => "matrix/recalculate",
            OrderActionKind.Confirm => "confirm-planning",
            OrderActionKind.Start => "start",
            OrderActionKind.Produce => "produce-lots",
            OrderActionKind.Finish => "finish",
            OrderActionKind.Undo => "undo-explosion",
            _ => "cancel",
        };
}

/// <summary>
/// Which actions a page offers. Only so that nobody presses what would be refused: the order itself decides, and its refusal is shown
/// as it comes.
/// </summary>
public static class OrderActions
{
    /// <summary>All actions that make sense for this order, in the order of its life.</summary>
    public static IReadOnlyList<OrderAction> For(ProductionOrder order, CurrentUser user) =>
        [.. Kinds(order).Select(kind => new OrderAction(kind, user.May(Needs(kind)) ? WhyNot(kind, order) : "WhyRole"))];

    /// <summary>The step that comes next in the order's life; null where there is none.</summary>
    public static OrderActionKind? Next(ProductionOrder order) =>
        order.Status switch
        {
            OrderStatus.Draft when order.Matrix is { Cells.IsEmpty: true } => OrderActionKind.Recalculate,
            OrderStatus.Draft when order.Matrix is not null => OrderActionKind.Confirm,
            OrderStatus.Draft or OrderStatus.Planned => OrderActionKind.Start,
            OrderStatus.InProgress => order.Matrix is null ? OrderActionKind.Finish : OrderActionKind.Produce,
            _ => null,
        };

    /// <summary>The action that moving an order to another column of the board means; null where there is none.</summary>
    public static OrderActionKind? For(string from, string to, bool matrix) =>
        (from, to) switch
        {
            ("Draft", "Planned") => OrderActionKind.Confirm,
            ("Draft" or "Planned", "InProgress") => OrderActionKind.Start,
            ("InProgress", "Done") => matrix ? OrderActionKind.Produce : OrderActionKind.Finish,
            ("Draft" or "Planned" or "InProgress" or "Done", "Cancelled") => OrderActionKind.Cancel,
            _ => null,
        };

    /// <summary>What somebody needs to be allowed.</summary>
    public static Permission Needs(OrderActionKind kind) =>
        kind switch
        {
            OrderActionKind.Recalculate or OrderActionKind.Confirm => Permission.PlanOrders,
            OrderActionKind.Start => Permission.StartOrders,
            OrderActionKind.Produce => Permission.ProduceLots,
            OrderActionKind.Finish => Permission.FinishOrders,
            _ => Permission.CancelOrders,
        };

    private static IEnumerable<OrderActionKind> Kinds(ProductionOrder order)
    {
        if (order.Matrix is not null)
            yield return OrderActionKind.Recalculate;
        yield return OrderActionKind.Confirm;
        yield return OrderActionKind.Start;
        yield return order.Matrix is null ? OrderActionKind.Finish : OrderActionKind.Produce;
        if (order.Matrix is not null)
            yield return OrderActionKind.Undo;
        yield return OrderActionKind.Cancel;
    }

    private static string? WhyNot(OrderActionKind kind, ProductionOrder order)
    {
        var pending = order.Matrix is { State: MatrixState.Pending };
        return kind switch
        {
            OrderActionKind.Cancel => order.Status == OrderStatus.Cancelled ? "WhyCancelled"
            : order.Kind == OrderKind.Partial ? "WhyPartial"
            : null,
            OrderActionKind.Undo => order is { Status: OrderStatus.InProgress or OrderStatus.Done, Produced: > 0 }
                ? null
                : "WhyNothingToUndo",
            _ when !order.IsOpen => "WhyClosed",
            OrderActionKind.Recalculate => order.Status == OrderStatus.Draft ? null : "WhyNotPending",
            OrderActionKind.Confirm => order.Status == OrderStatus.Draft ? null : "WhyConfirmed",
            OrderActionKind.Start => order.Status == OrderStatus.InProgress ? "WhyStarted"
            : pending ? "WhyConfirmFirst"
            : null,
            _ => order.Status == OrderStatus.InProgress ? null : "WhyNotStarted",
        };
    }
}
