using System.Globalization;
using Manufactura.Dashboard.Pages.Orders;

namespace Manufactura.Dashboard.Tests.Pages;

public sealed class TypedQuantityTests
{
    [Theory]
    [InlineData("es", "1.200,5", "1200.5")]
    [InlineData("es", "1200", "1200")]
    [InlineData("es", "1.200", "1200")]
    [InlineData("es", "1.5", "1.5")]
    [InlineData("es", "0,125", "0.125")]
    [InlineData("es", ",5", "0.5")]
    [InlineData("es", "1 200", "1200")]
    [InlineData("es", "1.200.000", "1200000")]
    [InlineData("es", "1,200,000", "1200000")]
    [InlineData("en", "1,200.5", "1200.5")]
    [InlineData("en", "1.200", "1.2")]
    [InlineData("en", "1,5", "1.5")]
    public void Is_read_as_people_write_it(string language, string typed, string expected) =>
        Assert.Equal(
            decimal.Parse(expected, CultureInfo.InvariantCulture),
            TypedQuantity.Read(typed, CultureInfo.GetCultureInfo(language))
        );

    [Theory]
    [InlineData("es", "")]
    [InlineData("es", "doce")]
    [InlineData("es", "-3")]
    [InlineData("es", "1e3")]
    [InlineData("es", "NaN")]
    [InlineData("es", "1,2,3")]
    [InlineData("es", "1.20.0")]
    [InlineData("en", "1.2.3")]
    [InlineData("es", "1000000000000000000000000000000")]
    [InlineData("es", "٣")]
    public void What_is_no_quantity_is_none(string language, string typed) =>
        Assert.Null(TypedQuantity.Read(typed, CultureInfo.GetCultureInfo(language)));
}
