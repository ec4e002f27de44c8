using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class OrderNumbersTests
{
    [Theory]
    [InlineData("WO", 1, "WO-0001")]
    [InlineData("WO", 9999, "WO-9999")]
    [InlineData("WO", 10000, "WO-10000")]
    [InlineData("JE", 42, "JE-0042")]
    public void At_least_four_digits_growing_past_9999(string prefix, long number, string expected) =>
        Assert.Equal(expected, OrderNumbers.Format(prefix, number));

    [Theory]
    [InlineData("WO-0007", 1, "WO-0007-01")]
    [InlineData("WO-0007", 99, "WO-0007-99")]
    [InlineData("WO-0007", 100, "WO-0007-100")]
    [InlineData("WO-0007-R1", 1, "WO-0007-R1-01")]
    [InlineData("WO-0007-R12", 3, "WO-0007-R12-03")]
    public void Partial_orders_are_counted_under_their_order(string order, int index, string expected) =>
        Assert.Equal(expected, OrderNumbers.Partial(order, index));

    [Theory]
    [InlineData("WO-0007", "WO-0007-R1")]
    [InlineData("WO-0007-R1", "WO-0007-R2")]
    [InlineData("WO-0007-R9", "WO-0007-R10")]
    [InlineData("WO-10000-R99", "WO-10000-R100")]
    public void A_backorder_goes_on_in_the_chain(string order, string expected) =>
        Assert.Equal(expected, OrderNumbers.Backorder(order));
}
