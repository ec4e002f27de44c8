using Manufactura.Tests.Shared;

namespace Manufactura.Storage.Tests;

public sealed class NumbersTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Numbers_are_unique_and_rise_for_each_caller()
    {
        var numbers = new Numbers(postgres.DataSource);
        var taken = new List<long>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 16),
            async (_, ct) =>
            {
                var mine = new List<long>();
                for (var n = 1; n <= 20; n++)
                {
                    mine.AddRange(await numbers.NextAsync(NumberKind.ProductionOrder, n, ct));
                }
                Assert.Equal(mine.Order(), mine);
                lock (taken)
                {
                    taken.AddRange(mine);
                }
            }
        );
        Assert.Equal(16 * 210, taken.Distinct().Count());
    }

    [Theory]
    [InlineData(NumberKind.ProductionOrder, 7, "WO-0007")]
    [InlineData(NumberKind.SalesOrder, 10000, "SO-10000")]
    [InlineData(NumberKind.Requisition, 9999, "RQ-9999")]
    [InlineData(NumberKind.JournalEntry, 123456, "JE-123456")]
    [InlineData(NumberKind.Lot, 1, "LT-0001")]
    public async Task Numbers_have_at_least_four_digits(NumberKind kind, long number, string text)
    {
        Assert.Equal(text, kind.Text(number));
        Assert.Equal(3, (await new Numbers(postgres.DataSource).NextAsync(kind, 3)).Length);
    }
}
