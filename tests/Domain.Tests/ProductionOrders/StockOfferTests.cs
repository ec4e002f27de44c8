using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

public sealed class StockOfferTests
{
    // Who went away short (need, origin, policy), and whether a later one (need, origin) is still asked about.
    [Theory]
    [InlineData(AllocationPolicy.SplitFefo, 5, null, 1, null, false)]
    [InlineData(AllocationPolicy.SplitFefo, 5, null, 1, "A", false)]
    [InlineData(AllocationPolicy.SingleLotFirst, 5, "A", 1, "A", false)]
    [InlineData(AllocationPolicy.SingleLotFirst, 5, "A", 1, "B", true)]
    [InlineData(AllocationPolicy.SingleLotFirst, 5, "A", 1, null, true)]
    [InlineData(AllocationPolicy.SingleLot, 5, null, 5, null, false)]
    [InlineData(AllocationPolicy.SingleLot, 5, null, 6, "A", false)]
    [InlineData(AllocationPolicy.SingleLot, 5, null, 4, null, true)]
    public void Where_somebody_went_away_short_nothing_is_left_for_whoever_comes_later(
        AllocationPolicy policy,
        int need,
        string? origin,
        int laterNeed,
        string? laterOrigin,
        bool asked
    )
    {
        var offer = new StockOffer(["TELA"]);
        Assert.True(offer.IsFor(From(origin), Need(need)));

        offer.Note(From(origin), Need(need), Cloth(policy), new([], need));

        Assert.Equal(asked, offer.IsFor(From(laterOrigin), Need(laterNeed)));
        Assert.Equal(policy != AllocationPolicy.SingleLot && origin is null, offer.IsOver);
    }

    [Fact]
    public void Who_got_all_or_is_bound_to_lots_of_its_own_says_nothing_of_what_is_left()
    {
        var offer = new StockOffer(["TELA"]);

        offer.Note(From(null), Need(5), Cloth(AllocationPolicy.SplitFefo), new([new("L", 5)], 0));
        offer.Note(From(null), Need(5) with { HeldLots = ["L"] }, Cloth(AllocationPolicy.SingleLot), new([], 5));

        Assert.True(offer.IsFor(From(null), Need(5)));
    }

    [Fact]
    public void Only_what_is_on_offer_and_lacking_is_asked_about()
    {
        var offer = new StockOffer(["TELA"]);

        Assert.False(offer.IsFor(From(null), Need(5) with { Component = "BOTON" }));
        Assert.False(offer.IsFor(From(null), Need(0)));
        Assert.True(new StockOffer([]).IsOver);
    }

    [Fact]
    public void The_most_urgent_comes_first()
    {
        var order = Given.Order(1);
        ProductionOrder[] queue =
        [
            order with
            {
                Number = "soon",
                DueDate = new DateOnly(2026, 11, 30),
                Priority = 9,
            },
            order with
            {
                Number = "high",
                Priority = 1,
            },
            order with
            {
                Number = "old",
                CreatedAt = Given.T0.AddMinutes(-1),
            },
            order with
            {
                Number = "a",
            },
            order with
            {
                Number = "b",
            },
            order with
            {
                Number = "whenever",
                DueDate = null,
                Priority = 1,
            },
        ];

        Assert.Equal(queue.Select(o => o.Number), queue.Reverse().Order(Urgency.First).Select(o => o.Number));
    }

    private static ProductionOrder From(string? origin) => Given.Order(1) with { OriginLocation = origin };

    private static MaterialNeed Need(decimal missing) => new("TELA", missing, 0, missing, []);

    private static Material Cloth(AllocationPolicy policy) => Given.Shirt() with { Code = "TELA", AllocationPolicy = policy };
}
