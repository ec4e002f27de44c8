using System.Globalization;
using Manufactura.Domain.Lines;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

public class AssignLineTests
{
    [Theory]
    [InlineData("150", "0.5", "300")]
    [InlineData("150", "0.7", "214")]
    [InlineData("0.999", "0.333", "3")]
    [InlineData("0.998", "0.333", "2")]
    [InlineData("100", "100", "1")]
    [InlineData("100", "100.001", "0")]
    [InlineData("999999999999999.999", "0.001", "999999999999999999")]
    public void Capacity_is_whole_units_rounded_down(string capacityKg, string unitWeightKg, string units) =>
        Assert.Equal(Number(units), LineCapacity.Units(Number(capacityKg), Number(unitWeightKg)));

    [Theory]
    [InlineData(1)]
    [InlineData(299)]
    [InlineData(300)]
    public void An_order_that_fits_gets_the_line_and_keeps_its_quantity(int quantity)
    {
        foreach (var splitInto in new[] { null, "WO-0008" })
        {
            var done = Assign(Given.Order(quantity), splitInto: splitInto).Outcome;
            Assert.Equal(("L1", 4, quantity), (done.Order.Line, done.Order.LinePosition, done.Order.Quantity));
            Assert.Null(done.Rest);
        }
    }

    [Fact]
    public void An_order_that_exceeds_the_capacity_is_asked_about_and_not_changed()
    {
        var refusal = Assign(Given.Order(1000)).Refusal!;
        Assert.Equal(("exceeds-capacity", RefusalKind.Conflict), (refusal.Code, refusal.Kind));
        Assert.Equal("La orden excede la capacidad de la línea (300 unidades). ¿Desea dividirla?", refusal.Es);
        Assert.Equal((300m, 700m), (refusal.Details!["capacityUnits"], refusal.Details["remainder"]));
    }

    [Fact]
    public void With_the_split_confirmed_the_order_keeps_the_capacity_and_a_new_one_has_the_rest()
    {
        var done = Assign(Given.Order(1000, OrderStatus.Planned), splitInto: "WO-0008").Outcome;
        Assert.Equal(("WO-0007", "L1", 300), (done.Order.Number, done.Order.Line, done.Order.Quantity));
        Assert.Equal(("WO-0008", null, 700), (done.Rest!.Number, done.Rest.Line, done.Rest.Quantity));
    }

    public static TheoryData<string, ProductionLine, Material, LineCompatibility?, string> Refused =>
        new()
        {
            { "line-inactive", Given.Line(active: false), Given.Shirt(), Given.Makes(), "La línea L1 está inactiva." },
            { "line-incompatible", Given.Line(), Given.Shirt(), null, "La línea L1 no es compatible con el producto CAMISA." },
            {
                "line-incompatible",
                Given.Line(),
                Given.Shirt(),
                Given.Makes("L2"),
                "La línea L1 no es compatible con el producto CAMISA."
            },
            {
                "unit-weight-missing",
                Given.Line(),
                Given.Shirt(unitWeightKg: null),
                Given.Makes(),
                "El producto CAMISA no tiene peso unitario: no se puede calcular la capacidad de la línea."
            },
            {
                "unit-weight-missing",
                Given.Line(),
                Given.Shirt(unitWeightKg: 0),
                Given.Makes(),
                "El producto CAMISA no tiene peso unitario: no se puede calcular la capacidad de la línea."
            },
            {
                "unit-too-heavy",
                Given.Line(150),
                Given.Shirt(unitWeightKg: 150.5m),
                Given.Makes(),
                "Una unidad de CAMISA pesa 150.5 kg, más que la capacidad de la línea L1 (150 kg)."
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_line_that_cannot_make_it_is_refused_with_a_sentence(
        string code,
        ProductionLine line,
        Material product,
        LineCompatibility? compatibility,
        string sentence
    )
    {
        var refusal = AssignLine
            .Decide(Given.Order(5), line, product, compatibility, 1, "WO-0008", Given.Precision, Given.Ana, Given.T1)
            .Refusal!;
        Assert.Equal((code, RefusalKind.Rule, sentence), (refusal.Code, refusal.Kind, refusal.Es));
    }

    [Theory]
    [InlineData(OrderStatus.Draft, OrderKind.Main, null)]
    [InlineData(OrderStatus.Planned, OrderKind.Backorder, null)]
    [InlineData(OrderStatus.Planned, OrderKind.Split, null)]
    [InlineData(OrderStatus.InProgress, OrderKind.Main, null)]
    [InlineData(OrderStatus.Done, OrderKind.Main, "La orden WO-0007 está Terminada: no se asigna a una línea.")]
    [InlineData(OrderStatus.Cancelled, OrderKind.Main, "La orden WO-0007 está Cancelada: no se asigna a una línea.")]
    [InlineData(OrderStatus.Done, OrderKind.Partial, "La orden parcial WO-0007 ya se produjo: no se asigna a una línea.")]
    public void Only_an_open_order_is_assigned(OrderStatus status, OrderKind kind, string? sentence)
    {
        var refusal = Assign(Given.Order(5, status) with { Kind = kind }).Refusal;
        Assert.Equal(sentence, refusal?.Es);
        Assert.Equal(sentence is null ? null : "invalid-state", refusal?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("WO-0008")]
    public void An_order_in_progress_is_assigned_but_never_divided(string? splitInto)
    {
        Assert.Equal("L1", Assign(Given.Order(300, OrderStatus.InProgress), splitInto: splitInto).Outcome.Order.Line);
        var refusal = Assign(Given.Order(301, OrderStatus.InProgress), splitInto: splitInto).Refusal!;
        Assert.Equal("exceeds-capacity", refusal.Code);
        Assert.Equal(
            "La orden excede la capacidad de la línea (300 unidades). Ya está en proceso y no se puede dividir.",
            refusal.Es
        );
    }

    [Fact]
    public void Of_an_order_in_progress_only_what_is_outstanding_has_to_fit()
    {
        var order = Given.WithMatrix(OrderStatus.InProgress, MatrixState.Progress, [200, 200]).ToProduce(("A", "28", 100));
        var rest = ProduceLots.Decide(order, false, Given.Precision, null, Given.Ana, Given.T1).Outcome.Order;
        Assert.Equal("exceeds-capacity", Assign(order).Refusal?.Code);
        Assert.Equal((300, "L1"), (rest.Outstanding, Assign(rest).Outcome.Order.Line));
    }

    [Fact]
    public void Assigned_again_to_its_line_an_order_keeps_its_place_in_the_queue()
    {
        var first = Assign(Given.Order(5)).Outcome.Order;
        Assert.Equal(4, Assign(first, position: 9).Outcome.Order.LinePosition);
        Assert.Equal(9, Assign(first with { Line = "L2" }, position: 9).Outcome.Order.LinePosition);
    }

    private static Decision<Assignment> Assign(ProductionOrder order, decimal position = 4, string? splitInto = null) =>
        AssignLine.Decide(
            order,
            Given.Line(),
            Given.Shirt(),
            Given.Makes(),
            position,
            splitInto,
            Given.Precision,
            Given.Luis,
            Given.T1
        );

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
