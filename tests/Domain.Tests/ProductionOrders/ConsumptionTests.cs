using System.Globalization;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class ConsumptionTests
{
    [Theory]
    [InlineData("1.5", "0", "3", 0, "5")]
    [InlineData("1.5", "3", "4", 0, "1")]
    [InlineData("0.1", "0", "1", 0, "1")]
    [InlineData("0.1", "1", "10", 0, "0")]
    [InlineData("0.1", "10", "11", 0, "1")]
    [InlineData("0.333", "0", "1", 2, "0.34")]
    [InlineData("0.333", "1", "3", 2, "0.66")]
    [InlineData("7", "0", "4", 0, "28")]
    public void It_is_BOM_times_produced_so_far_rounded_up_less_what_was_consumed_before(
        string perUnit,
        string before,
        string after,
        int precision,
        string expected
    ) => Assert.Equal(Number(expected), Consumption.Between(Number(perUnit), Number(before), Number(after), precision));

    [Fact]
    public void However_production_is_cut_up_it_consumes_what_one_production_would() =>
        Property.Holds(
            4_000,
            random =>
            {
                var precision = random.Next(4);
                var perUnit = random.Quantity(3, 4);
                decimal produced = 0;
                decimal consumed = 0;
                for (var step = 0; step < 20; step++)
                {
                    var next = produced + random.Quantity(3, 3);
                    var taken = Consumption.Between(perUnit, produced, next, precision);
                    Assert.True(taken >= 0 && Quantities.Fits(taken, precision));
                    (produced, consumed) = (next, consumed + taken);
                    var whole = Consumption.For([new("TELA", perUnit, "M")], produced, _ => precision).Single().Required;
                    Assert.Equal(whole, consumed);
                    Assert.True(consumed >= perUnit * produced && consumed - perUnit * produced < Property.Unit(precision));
                }
            }
        );

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
