using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Sales;

/// <summary>A confirmed sale and, line by line, the draft order that each one asks for.</summary>
public sealed record ConfirmedSale(SalesOrder Sale, ImmutableArray<(string Material, OrderRequest Request)> Orders);

/// <summary>A cancelled sale and the numbers of its Draft and Planned orders, which are cancelled with it.</summary>
public sealed record CancelledSale(SalesOrder Sale, ImmutableArray<string> OrdersToCancel);

/// <summary>Whether what a sale needs is there.</summary>
public enum Supply
{
    Ready,
    Waiting,
}

/// <summary>Pending → Confirmed → Done | Cancelled. Nothing happens in the plant before a sale is confirmed.</summary>
public static class SalesRules
{
    /// <param name="materialOf">Null when there is no such material.</param>
    public static Decision<SalesOrder> Create(
        string number,
        string customer,
        DateOnly? dueDate,
        ImmutableArray<(string Material, decimal Quantity)> lines,
        Func<string, Material?> materialOf,
        string by,
        DateTimeOffset at
    )
    {
        if (lines.IsEmpty)
            return Refusal.Validation("La venta debe tener al menos una línea.", "A sale needs at least one line.");
        foreach (var (code, quantity) in lines)
        {
            if (materialOf(code) is not { } material)
                return Refusal.Validation($"No existe el material {code}.", $"Material {code} does not exist.");
            if (QuantityRules.Bad(quantity, material) is { } bad)
                return bad;
        }

        return new SalesOrder(
            number,
            SalesStatus.Pending,
            customer,
            dueDate,
            [.. lines.Select(l => new SalesLine(l.Material, l.Quantity.Plain()))],
            by,
            at
        );
    }

    /// <summary>
    /// One production order per line, with an empty pending matrix when the product has axes. Refused unless Pending.
    /// </summary>
    public static Decision<ConfirmedSale> Confirm(SalesOrder sale, Func<string, Material> materialOf)
    {
        if (sale.Status != SalesStatus.Pending)
            return Refusal.State("La orden de venta no está pendiente.", "The sales order is not pending.");
        return new ConfirmedSale(
            Next(sale, SalesStatus.Confirmed),
            [.. sale.Lines.Select(l => (l.Material, Request(sale, l, materialOf(l.Material))))]
        );
    }

    /// <summary>The sale with the numbers that its orders were given, in the sequence of its lines.</summary>
    public static SalesOrder WithOrders(SalesOrder sale, ImmutableArray<string> orders) =>
        orders.Length == sale.Lines.Length
            ? sale with
            {
                Lines = [.. sale.Lines.Select((l, i) => l with { ProductionOrder = orders[i] })],
            }
            : throw new ArgumentException("A sale has one order per line.", nameof(orders));

    /// <summary>Refused when it is closed, or when one of its orders has started, naming those.</summary>
    /// <param name="orders">All production orders of the sale, split ones and backorders too.</param>
    public static Decision<CancelledSale> Cancel(SalesOrder sale, IEnumerable<ProductionOrder> orders)
    {
        if (sale.Status is SalesStatus.Done or SalesStatus.Cancelled)
            return Refusal.State(
                "La orden de venta está terminada o cancelada.",
                "The sales order is already done or cancelled."
            );
        var open = orders.Where(o => o.Status != OrderStatus.Cancelled).ToArray();
        string[] started = [.. open.Where(o => o.Status is OrderStatus.InProgress or OrderStatus.Done).Select(o => o.Number)];
        if (started.Length > 0)
            return Refusal
                .State(
                    $"La venta no se puede cancelar: ya empezó la producción de {string.Join(", ", started)}.",
                    $"The sale cannot be cancelled: production of {string.Join(", ", started)} has started."
                )
                .With("orders", started);
        return new CancelledSale(Next(sale, SalesStatus.Cancelled), [.. open.Select(o => o.Number)]);
    }

    /// <summary>The sale as Done once all its orders are closed and not all were cancelled; null while it stays as it is.</summary>
    /// <param name="orders">All production orders of the sale, split ones and backorders too.</param>
    public static SalesOrder? AfterOrdersChanged(SalesOrder sale, IReadOnlyCollection<ProductionOrder> orders) =>
        sale.Status == SalesStatus.Confirmed && orders.All(o => !o.IsOpen) && orders.Any(o => o.Status == OrderStatus.Done)
            ? Next(sale, SalesStatus.Done)
            : null;

    /// <summary>Waiting while one of its open orders tried to reserve and fell short.</summary>
    public static Supply SupplyOf(IEnumerable<ProductionOrder> orders) =>
        orders.Any(o => o is { IsOpen: true, AwaitsMaterials: true }) ? Supply.Waiting : Supply.Ready;

    private static OrderRequest Request(SalesOrder sale, SalesLine line, Material product) =>
        new(
            line.Quantity,
            null,
            null,
            sale.DueDate,
            null,
            null,
            sale.Number,
            product.HasAxes ? new MatrixLayout([], [], []) : null
        );

    private static SalesOrder Next(SalesOrder sale, SalesStatus status) =>
        sale with
        {
            Status = status,
            Version = sale.Version + 1,
        };
}
