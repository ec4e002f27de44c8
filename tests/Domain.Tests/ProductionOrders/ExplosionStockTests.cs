using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class ExplosionStockTests
{
    [Fact]
    public void Each_partial_order_consumes_and_produces_under_its_own_number()
    {
        var stock = Explode(Shirts(10, 10, 10, 10), [Lot("T1", "TELA", 20), Lot("T2", "TELA", 20)]).Outcome;

        Assert.Equal(
            [
                ("WO-0007-01", "T1", -15m),
                ("WO-0007-01", "WO-0007-01", 10m),
                ("WO-0007-02", "T1", -5m),
                ("WO-0007-02", "T2", -10m),
                ("WO-0007-02", "WO-0007-02", 10m),
            ],
            stock.Movements.Select(m => (m.Reference!, m.Lot, m.Quantity))
        );
        Assert.Equal("M", stock.Products[1].Attributes["TALLA"]);
        Assert.Equal("R", stock.Products[1].Attributes["TONO"]);
        Assert.Equal("WO-0007-02", stock.Products[1].ProductionOrder);
    }

    [Fact]
    public void The_shortage_is_of_all_partial_orders_together()
    {
        var refusal = Explode(Shirts(10, 10, 10, 10), [Lot("T1", "TELA", 20)]).Refusal;

        Assert.Equal("Stock insuficiente para terminar producción (Tela: requiere 30, disponible 20).", refusal?.Es);
    }

    [Fact]
    public void The_backorder_takes_over_the_reservations_of_its_share_and_the_rest_is_released()
    {
        var order = Shirts(10, 10, 6, 0).Reserving("T1", "TELA", 35);

        var stock = Explode(order, [Lot("T1", "TELA", 40, reserved: 35)]).Outcome;

        var backorder = stock.Explosion.Backorder!;
        Assert.Equal("WO-0007-R1", backorder.Number);
        Same([new Allocation("T1", "TELA", 21, AllocationState.Reserved)], backorder.Allocations);
        Same([new Allocation("T1", "TELA", 5, AllocationState.Reserved)], stock.Released);
        Assert.Equal(9, stock.Explosion.Order.Allocations.Single(a => a.State == AllocationState.Consumed).Quantity);
        Assert.DoesNotContain(stock.Explosion.Order.Allocations, a => a.State == AllocationState.Reserved);
    }

    [Fact]
    public void Without_a_backorder_what_is_left_stays_reserved_for_the_order()
    {
        var order = Shirts(10, 10, 6, 0).Reserving("T1", "TELA", 30);

        var stock = Explode(order, [Lot("T1", "TELA", 30, reserved: 30)], withBackorder: false).Outcome;

        Assert.Equal(21, Allocations.ReservedOf(stock.Explosion.Order.Allocations, "TELA"));
        Assert.Empty(stock.Released);
    }

    [Fact]
    public void Consumption_over_many_partial_orders_never_exceeds_the_lots_and_is_exact()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (s, m) = (random.Next(1, 40), random.Next(1, 40));
            ImmutableArray<Lot> lots =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 6))
                    .Select(i => Lot($"T{i}", "TELA", random.Next(1, 60), 0, Today.AddDays(random.Next(-3, 60)))),
            ];
            var order = Shirts(s, m, random.Next(1, s + 1), random.Next(0, m + 1));
            if (lots.FirstOrDefault(l => !l.IsExpired(Today)) is { } mine)
            {
                var reserved = random.Next(1, (int)mine.OnHand + 1);
                order = order.Reserving(mine.Code, "TELA", reserved);
                lots = lots.Replace(mine, Lot(mine.Code, "TELA", mine.OnHand, reserved, mine.ExpiresOn));
            }

            var usable = lots.Where(l => !l.IsExpired(Today)).Sum(l => l.OnHand);
            var need = order.Matrix!.Cells.Sum(c => c.ToProduce) * 1.5m;
            var decision = Explode(order, lots);

            Assert.True((decision.Refusal is null) == (usable >= need), $"seed {seed}");
            if (decision.Refusal is not null)
                continue;
            Assert.True(decision.Outcome.Uses.Sum(u => u.Quantity) == need, $"seed {seed}");
            // Consume throws when a lot is asked for more than it has.
            Assert.True(lots.After(decision.Outcome.Uses).Sum(l => l.OnHand) == lots.Sum(l => l.OnHand) - need, $"seed {seed}");
            Assert.DoesNotContain(decision.Outcome.Uses, u => lots.Single(l => l.Code == u.Lot).IsExpired(Today));
        }
    }

    internal static Decision<ExplosionStock> Explode(ProductionOrder order, ImmutableArray<Lot> lots, bool withBackorder = true)
    {
        var explosion = ProduceLots.Decide(order, withBackorder, c => MaterialOf(c).Precision, "BOD-PT", "jefe", At).Outcome;
        return ConsumeExplosion.Decide(order, explosion, null, lots, MaterialOf, Today, At);
    }
}
