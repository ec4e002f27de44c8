namespace Manufactura.Grains.Tests.Orders;

/// <summary>Productions that are taken back.</summary>
public sealed class TakeBackTests(Workshop shop) : IClassFixture<Workshop>
{
    [Fact]
    public async Task What_a_production_consumed_counts_as_released_once_it_is_taken_back()
    {
        await shop.ProductAsync("BACK", stock: 0);
        var cloth = await shop.LotAsync("BACK-TELA", 100);
        await shop.LotAsync("BACK-BOTON", 1000);
        await shop.LotAsync("BACK-HILO", 1000);
        var number = await shop.StartedAsync(80, "BACK");
        // The first explosion takes a part of the reservation, the second the rest of it and some that nobody had reserved.
        await shop.ReserveAsync(number, cloth, 6);
        await ExplodeAsync(number, 4);
        await ExplodeAsync(number, 8);
        Assert.Equal(15, await ConsumedAsync(number, cloth));

        (await shop.Order(number).UndoExplosion(Workshop.By("ana"))).Ok();
        Assert.Equal(5, await ConsumedAsync(number, cloth));
        await shop.HoldsAsync();

        (await shop.Order(number).Cancel(Workshop.By("ana"))).Ok();
        Assert.Equal(0, await ConsumedAsync(number, cloth));
        Assert.Equal(100, await shop.AskAsync<decimal>("select on_hand from lot where code = $1", cloth));
        await shop.HoldsAsync();
    }

    private async Task ExplodeAsync(string number, decimal quantity)
    {
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", quantity)), Workshop.By("ana"))).Ok();
        (await shop.Order(number).ProduceLots(false, Workshop.By("ana"))).Ok();
    }

    private Task<decimal> ConsumedAsync(string order, string lot) =>
        shop.AskAsync<decimal>(
            "select coalesce(sum(quantity), 0) from allocation where production_order = $1 and lot = $2 and state = 'Consumed'",
            order,
            lot
        );
}
