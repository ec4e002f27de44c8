using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class CreateOrderTests
{
    private static readonly OrderRequest Request = new(10, null, null, null, null, null, null, null);
    private static readonly AxisValues Axes = new(["A", "B"], ["28", "30"]);

    [Fact]
    public void A_new_order_is_a_draft_with_its_own_copy_of_the_recipe()
    {
        var recipe = new Recipe("BOM-1", "CAMISA", [new("TELA", 1.5m, "M")]);
        var order = Create(Request with { Quantity = 10.000m, Observations = " " }, recipe: recipe).Outcome;
        Assert.Equal((OrderStatus.Draft, OrderKind.Main, 5, 1), (order.Status, order.Kind, order.Priority, order.Version));
        Assert.Equal(("10", "BOM-1", "TELA"), (order.Quantity.ToString(), order.Bom, order.BomLines.Single().Component));
        Assert.Null(order.Observations);
        Assert.Null(order.Matrix);
    }

    public static TheoryData<string, OrderRequest> Refused =>
        new()
        {
            { "quantity zero", Request with { Quantity = 0 } },
            { "quantity negative", Request with { Quantity = -1 } },
            { "a fraction of a piece", Request with { Quantity = 1.5m } },
            { "beyond decimal(18,3)", Request with { Quantity = 1_000_000_000_000_000m } },
            { "priority zero", Request with { Priority = 0 } },
            { "priority too large", Request with { Priority = 1_000_001 } },
            { "observations too long", Request with { Observations = new string('x', 2001) } },
            { "unknown X value", Request with { Matrix = new(["Z"], ["28"], []) } },
            { "unknown Y value", Request with { Matrix = new(["A"], ["99"], []) } },
            { "X value twice", Request with { Matrix = new(["A", "A"], ["28"], []) } },
            { "proportion zero", Request with { Matrix = new(["A"], ["28"], [new("28", 0)]) } },
            { "proportion negative", Request with { Matrix = new(["A"], ["28"], [new("28", -4)]) } },
            { "curve twice", Request with { Matrix = new(["A"], ["28"], [new("28", 1), new("28", 2)]) } },
            { "curve of a value not chosen", Request with { Matrix = new(["A"], ["28"], [new("30", 1)]) } },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_no_plant_can_make_is_refused(string why, OrderRequest request)
    {
        var refusal = Create(request).Refusal;
        Assert.True(refusal is { Code: "validation", Kind: RefusalKind.Rule }, why);
    }

    [Fact]
    public void A_requirement_that_no_quantity_can_hold_is_refused_instead_of_overflowing_later()
    {
        var recipe = new Recipe("BOM-1", "CAMISA", [new("TELA", 900_000_000_000_000m, "M")]);
        var refusal = Create(Request with { Quantity = 900_000_000_000_000m }, recipe: recipe).Refusal!;
        Assert.Equal("La cantidad requiere demasiado de TELA: 10^15 o más.", refusal.Es);
    }

    [Fact]
    public void A_matrix_starts_pending_with_its_cells_at_zero_in_row_order()
    {
        var matrix = Create(Request with { Matrix = new(["B", "A"], ["30", "28"], [new("28", 3)]) }).Outcome.Matrix!;
        Assert.Equal(MatrixState.Pending, matrix.State);
        Assert.Equal(["B/30", "B/28", "A/30", "A/28"], matrix.Cells.Select(c => $"{c.X}/{c.Y}"));
        Assert.All(matrix.Cells, c => Assert.Equal((0m, 1), (c.Planned, c.Version)));
        Assert.Equal([null, 3], matrix.Y.Select(y => y.Proportion));
    }

    [Fact]
    public void A_product_without_axes_takes_no_matrix()
    {
        var plain = Given.Shirt() with { YAttribute = null };
        var request = Request with { Matrix = new(["A"], ["28"], []) };
        var decision = CreateOrder.Decide("WO-0001", request, plain, null, null, Given.Ana, Given.T0);
        Assert.Equal("no-axes", decision.Refusal?.Code);
    }

    private static Decision<ProductionOrder> Create(OrderRequest request, Recipe? recipe = null) =>
        CreateOrder.Decide("WO-0001", request, Given.Shirt(), recipe, Axes, Given.Ana, Given.T0);
}
