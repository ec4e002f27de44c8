using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.Tests.Matrices;

public class LargestRemainderTests
{
    [Theory]
    [InlineData("10", new[] { 1, 1, 1 }, 0, "4 3 3")]
    [InlineData("11", new[] { 1, 1, 1 }, 0, "4 4 3")]
    [InlineData("100", new[] { 4, 4, 2 }, 0, "40 40 20")]
    [InlineData("101", new[] { 4, 4, 2 }, 0, "41 40 20")]
    [InlineData("103", new[] { 4, 4, 2 }, 0, "41 41 21")]
    [InlineData("1", new[] { 1, 2, 1 }, 0, "0 1 0")]
    [InlineData("1", new[] { 1, 1 }, 0, "1 0")]
    [InlineData("0", new[] { 5, 3 }, 0, "0 0")]
    [InlineData("1", new[] { 1, 1, 1 }, 3, "0.334 0.333 0.333")]
    [InlineData("0.5", new[] { 1, 1 }, 1, "0.3 0.2")]
    [InlineData("999999999999999", new[] { 1_000_000, 1 }, 0, "999999000000999 999999000")]
    [InlineData("999999999999999.999", new[] { 1, 1 }, 3, "500000000000000 499999999999999.999")]
    public void What_is_left_over_goes_to_the_largest_remainders_and_ties_to_the_earlier(
        string total,
        int[] weights,
        int precision,
        string parts
    ) =>
        Assert.Equal(
            parts,
            string.Join(' ', LargestRemainder.Split(Number(total), weights, precision).Select(p => p.ToString()))
        );

    [Fact]
    public void Any_total_is_split_exactly_with_each_part_less_than_one_unit_from_its_share() =>
        Property.Holds(
            100_000,
            random =>
            {
                var precision = random.Next(4);
                var unit = Property.Unit(precision);
                var total = random.Quantity(precision);
                var weights = Enumerable
                    .Range(0, random.Next(1, 12))
                    .Select(_ => random.Next(1, random.Next(2, 1_000_001)))
                    .ToArray();
                var parts = LargestRemainder.Split(total, weights, precision);
                var sum = (decimal)weights.Sum(w => (long)w);

                Assert.Equal(total, parts.Sum());
                for (var i = 0; i < weights.Length; i++)
                {
                    Assert.True(parts[i] >= 0 && parts[i] % unit == 0);
                    Assert.True(
                        Math.Abs(parts[i] - total / sum * weights[i]) < unit,
                        $"{total} over {weights[i]}/{sum}: {parts[i]}"
                    );
                }

                Assert.True(parts.SequenceEqual(LargestRemainder.Split(total, weights, precision)));
            }
        );

    [Fact]
    public void Of_equal_weights_the_earlier_never_gets_less() =>
        Property.Holds(
            4_000,
            random =>
            {
                var precision = random.Next(4);
                var parts = LargestRemainder.SplitEvenly(random.Quantity(precision), random.Next(1, 200), precision);
                Assert.Equal(parts.OrderDescending(), parts);
                Assert.True(parts[0] - parts[^1] <= Property.Unit(precision));
            }
        );

    [Fact]
    public void A_part_never_exceeds_the_quantity_that_is_its_weight() =>
        Property.Holds(
            4_000,
            random =>
            {
                var precision = random.Next(4);
                var weights = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Quantity(precision, 6)).ToArray();
                if (weights.Sum() == 0)
                    return;
                var total = LargestRemainder.Split(weights.Sum(), [random.Next(1, 100), random.Next(1, 100)], precision)[0];
                var parts = LargestRemainder.Split(total, weights, precision);
                Assert.Equal(total, parts.Sum());
                Assert.All(parts.Zip(weights), p => Assert.InRange(p.First, 0, p.Second));
            }
        );

    [Theory]
    [InlineData("1.5", 0)]
    [InlineData("-1", 0)]
    [InlineData("0.0001", 3)]
    public void A_total_that_does_not_fit_the_unit_is_a_bug_of_the_caller(string total, int precision) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Split(Number(total), [1, 2], precision));

    [Fact]
    public void Parts_carry_no_trailing_zeros() => Assert.Equal("2", LargestRemainder.SplitEvenly(4.000m, 2, 3)[0].ToString());

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
