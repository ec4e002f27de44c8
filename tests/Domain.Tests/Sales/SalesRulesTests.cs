using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Sales;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Sales;

public class SalesRulesTests
{
    [Fact]
    public void Confirming_asks_for_one_order_per_line_with_an_empty_matrix_where_the_product_has_axes()
    {
        var confirmed = SalesRules.Confirm(Sale(), MaterialOf).Outcome;

        Assert.Equal(SalesStatus.Confirmed, confirmed.Sale.Status);
        Assert.Equal(
            [("SILLA", 10m, false), ("CAMISA", 5m, true)],
            confirmed.Orders.Select(o => (o.Material, o.Request.Quantity, o.Request.Matrix is not null))
        );
        Assert.All(confirmed.Orders, o => Assert.Equal(("SO-0001", Today.AddDays(9)), (o.Request.SalesOrder, o.Request.DueDate)));
        var numbered = SalesRules.WithOrders(confirmed.Sale, ["WO-0001", "WO-0002"]);
        Assert.Equal(["WO-0001", "WO-0002"], numbered.Lines.Select(l => l.ProductionOrder));
    }

    [Theory]
    [InlineData(SalesStatus.Confirmed)]
    [InlineData(SalesStatus.Done)]
    [InlineData(SalesStatus.Cancelled)]
    public void Only_a_pending_sale_is_confirmed(SalesStatus status) =>
        Assert.Equal("invalid-state", SalesRules.Confirm(Sale() with { Status = status }, MaterialOf).Refusal?.Code);

    [Theory]
    [InlineData("SILLA", 1.5)]
    [InlineData("SILLA", 0)]
    [InlineData("NADA", 1)]
    public void A_line_needs_a_known_material_and_a_quantity_of_its_unit(string material, decimal quantity) =>
        Assert.Equal("validation", Create((material, quantity)).Refusal?.Code);

    [Fact]
    public void A_sale_needs_a_line() => Assert.Equal("validation", Create().Refusal?.Code);

    [Fact]
    public void Cancelling_cancels_what_has_not_started()
    {
        var cancelled = SalesRules
            .Cancel(
                Sale() with
                {
                    Status = SalesStatus.Confirmed,
                },
                [Order("A", OrderStatus.Draft), Order("B", OrderStatus.Planned), Order("C", OrderStatus.Cancelled)]
            )
            .Outcome;

        Assert.Equal(SalesStatus.Cancelled, cancelled.Sale.Status);
        Same(["A", "B"], cancelled.OrdersToCancel);
    }

    [Theory]
    [InlineData(OrderStatus.InProgress)]
    [InlineData(OrderStatus.Done)]
    public void Cancelling_is_refused_when_an_order_has_started_naming_it(OrderStatus status)
    {
        var refusal = SalesRules
            .Cancel(
                Sale() with
                {
                    Status = SalesStatus.Confirmed,
                },
                [Order("WO-0001", OrderStatus.Draft), Order("WO-0002", status)]
            )
            .Refusal;

        Assert.Equal("La venta no se puede cancelar: ya empezó la producción de WO-0002.", refusal?.Es);
    }

    [Theory]
    [InlineData(SalesStatus.Done)]
    [InlineData(SalesStatus.Cancelled)]
    public void A_closed_sale_is_not_cancelled(SalesStatus status) =>
        Assert.NotNull(SalesRules.Cancel(Sale() with { Status = status }, []).Refusal);

    [Theory]
    [InlineData(OrderStatus.Done, OrderStatus.Done, true)]
    [InlineData(OrderStatus.Done, OrderStatus.Cancelled, true)]
    [InlineData(OrderStatus.Done, OrderStatus.InProgress, false)]
    [InlineData(OrderStatus.Cancelled, OrderStatus.Cancelled, false)]
    public void A_sale_is_done_when_its_orders_are(OrderStatus first, OrderStatus second, bool done) =>
        Assert.Equal(
            done,
            SalesRules.AfterOrdersChanged(Sale() with { Status = SalesStatus.Confirmed }, [Order("A", first), Order("B", second)])
                is { Status: SalesStatus.Done }
        );

    [Fact]
    public void A_sale_waits_while_an_open_order_waits()
    {
        var waiting = Order("A", OrderStatus.Draft) with { AwaitsMaterials = true };

        Assert.Equal(Supply.Waiting, SalesRules.SupplyOf([waiting, Order("B", OrderStatus.Draft)]));
        Assert.Equal(Supply.Ready, SalesRules.SupplyOf([waiting with { Status = OrderStatus.Cancelled }]));
    }

    private static ProductionOrder Order(string number, OrderStatus status) => Chairs() with { Number = number, Status = status };

    private static SalesOrder Sale() => Create(("SILLA", 10), ("CAMISA", 5)).Outcome;

    private static Decision<SalesOrder> Create(params (string, decimal)[] lines) =>
        SalesRules.Create(
            "SO-0001",
            "CLIENTE",
            Today.AddDays(9),
            [.. lines],
            c => c == "NADA" ? null : MaterialOf(c),
            "vendedor",
            At
        );
}
