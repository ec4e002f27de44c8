using System.Globalization;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Materials;

public class ChooseLotsTests
{
    private const AllocationPolicy First = AllocationPolicy.SingleLotFirst;
    private const AllocationPolicy Split = AllocationPolicy.SplitFefo;
    private const AllocationPolicy Single = AllocationPolicy.SingleLot;

    // Lots as "code free days-to-expiry" ("-" never expires), in the order they were received.
    [Theory]
    [InlineData(First, 10, "A 4 20, B 12 30, C 50 40", "B 10", 0)]
    [InlineData(Split, 10, "A 4 20, B 12 30, C 50 40", "A 4, B 6", 0)]
    [InlineData(Single, 10, "A 4 20, B 12 30, C 50 40", "B 10", 0)]
    [InlineData(First, 10, "A 4 20, B 5 30, C 3 40", "A 4, B 5, C 1", 0)]
    [InlineData(Single, 10, "A 4 20, B 5 30, C 3 40", "", 10)]
    [InlineData(First, 20, "A 4 20, B 5 30", "A 4, B 5", 11)]
    [InlineData(First, 10, "A 10 -, B 10 400", "B 10", 0)]
    [InlineData(First, 10, "A 10 13, B 10 14", "B 10", 0)]
    [InlineData(First, 10, "A 10 30, B 10 30", "A 10", 0)]
    [InlineData(First, 10, "", "", 10)]
    [InlineData(First, 0, "A 10 30", "", 0)]
    public void The_policy_says_which_lots(AllocationPolicy policy, int need, string lots, string takes, int missing)
    {
        var choice = ChooseLots.ForReserving(need, Parse(lots), policy, Today, 14);

        Assert.Equal(takes, string.Join(", ", choice.Takes.Select(t => $"{t.Lot} {t.Quantity}")));
        Assert.Equal(missing, choice.Missing);
    }

    [Theory]
    [InlineData(-1, 0, false)]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(13, 14, false)]
    [InlineData(14, 14, true)]
    public void A_lot_must_be_good_today_and_until_the_margin(int daysLeft, int margin, bool qualifies) =>
        Assert.Equal(qualifies, ChooseLots.Qualifies(Parse($"A 1 {daysLeft}")[0], Today, margin));

    [Theory]
    [InlineData(LotStatus.Quarantine)]
    [InlineData(LotStatus.Rejected)]
    [InlineData(LotStatus.Depleted)]
    [InlineData(LotStatus.Expired)]
    public void Only_available_lots_are_candidates(LotStatus status) =>
        Assert.False(ChooseLots.Qualifies(Parse("A 5 90")[0] with { Status = status }, Today, 14));

    [Fact]
    public void Ties_go_to_the_first_received_and_then_to_the_code()
    {
        var lots = Parse("B 5 30, A 5 30");
        Assert.Equal("B", ChooseLots.ForReserving(5, lots, First, Today, 14).Takes[0].Lot);

        var together = lots.Select(l => l with { ReceivedAt = At });
        Assert.Equal("A", ChooseLots.ForReserving(5, together, First, Today, 14).Takes[0].Lot);
    }

    [Fact]
    public void Finishing_looks_at_lots_inside_the_margin_and_splits_whatever_the_policy()
    {
        var choice = ChooseLots.ForFinishing(10, Parse("A 4 1, B 12 30, C 9 0"), Today);

        Assert.Equal([("A", 4m), ("B", 6m)], choice.Takes.Select(t => (t.Lot, t.Quantity)));
    }

    [Fact]
    public void The_material_may_set_its_own_margin()
    {
        var material = Material("M", "M", MaterialKind.RawMaterial, 1);
        Assert.Equal(14, ChooseLots.MarginOf(material));
        Assert.Equal(3, ChooseLots.MarginOf(material with { MinShelfLifeDays = 3 }));
    }

    [Fact]
    public void Any_choice_is_exact_in_order_within_the_lots_and_the_same_however_the_lots_come()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var lots = Enumerable.Range(0, random.Next(0, 8)).Select(i => Any(random, i)).ToArray();
            var need = random.Next(1, 60) / 4m;
            foreach (var policy in Enum.GetValues<AllocationPolicy>())
            {
                var choice = ChooseLots.ForReserving(need, lots, policy, Today, 14);
                var because = $"seed {seed}, {policy}";

                Assert.True(choice.Taken + choice.Missing == need, because);
                var taken = choice.Takes.Select(t => (Take: t, Lot: lots.Single(l => l.Code == t.Lot))).ToArray();
                Assert.True(taken.All(t => t.Take.Quantity > 0 && t.Take.Quantity <= t.Lot.Free), because);
                Assert.True(taken.All(t => ChooseLots.Qualifies(t.Lot, Today, 14)), because);
                Assert.True(taken.Zip(taken.Skip(1)).All(p => ChooseLots.CompareFefo(p.First.Lot, p.Second.Lot) < 0), because);
                CheckPolicy(policy, need, lots, choice, because);

                random.Shuffle(lots);
                var again = ChooseLots.ForReserving(need, lots, policy, Today, 14);
                Assert.True(again.Takes.SequenceEqual(choice.Takes), because);
            }
        }
    }

    private static void CheckPolicy(AllocationPolicy policy, decimal need, LotCandidate[] lots, LotChoice choice, string because)
    {
        var good = lots.Where(l => ChooseLots.Qualifies(l, Today, 14)).ToArray();
        var oneCovers = good.Any(l => l.Free >= need);
        if (policy == AllocationPolicy.SingleLot)
            Assert.True(choice.Takes.Length == (oneCovers ? 1 : 0), because);
        else
            Assert.True(choice.Missing == Math.Max(0, need - good.Sum(l => l.Free)), because);
        if (policy == AllocationPolicy.SingleLotFirst && oneCovers)
            Assert.Single(choice.Takes);
        if (policy == AllocationPolicy.SplitFefo)
            // Strictly FEFO: a lot is touched only when all that come before are used up.
            Assert.True(
                choice.Takes.SkipLast(1).All(t => lots.Single(l => l.Code == t.Lot).Free == t.Quantity)
                    && good.Count(l => choice.Takes.Any(t => ChooseLots.CompareFefo(l, lots.Single(x => x.Code == t.Lot)) <= 0))
                        == choice.Takes.Length,
                because
            );
    }

    private static LotCandidate Any(Random random, int i) =>
        new(
            $"L{i}",
            random.Next(5) == 0 ? LotStatus.Quarantine : LotStatus.Available,
            "BOD-MP",
            random.Next(0, 40) / 4m,
            random.Next(4) == 0 ? null : Today.AddDays(random.Next(-5, 40)),
            At.AddDays(-random.Next(3))
        );

    private static LotCandidate[] Parse(string lots) =>
        [
            .. lots.Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(
                    (text, i) =>
                    {
                        var parts = text.Split(' ');
                        return new LotCandidate(
                            parts[0],
                            LotStatus.Available,
                            "BOD-MP",
                            decimal.Parse(parts[1], CultureInfo.InvariantCulture),
                            parts[2] == "-" ? null : Today.AddDays(int.Parse(parts[2], CultureInfo.InvariantCulture)),
                            At.AddMinutes(i)
                        );
                    }
                ),
        ];
}
