using System.Collections.Immutable;
using Manufactura.Domain.Counts;
using Manufactura.Grains.Interfaces.Counts;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Grains.Tests.Books;

/// <summary>A physical count from its beginning to the adjustments that follow from it.</summary>
public sealed class CountTests(Workshop shop) : IClassFixture<Workshop>
{
    [Fact]
    public async Task Several_people_fill_a_count_and_only_differences_are_posted_under_its_number()
    {
        await shop.MaterialAsync("CT-A", 2, "pz", "RawMaterial");
        var (less, more, same, skipped) = (await LotAsync(10), await LotAsync(10), await LotAsync(10), await LotAsync(10));
        var number = await BeginAsync("CT-A");
        await Task.WhenAll(
            Count(number).Record([new(less, 7, 1)], Workshop.By("ana")),
            Count(number).Record([new(more, 12.5m, 1)], Workshop.By("beto")),
            Count(number).Record([new(same, 10, 1)], Workshop.By("ana"))
        );
        Assert.Equal("validation", (await Count(number).Record([new(more, 12.5m, null)], Workshop.By("beto"))).Refused());
        (await Count(number).Record([new(more, 12, 1)], Workshop.By("beto"))).Ok();
        // Pieces leave while people count; what was counted before and what is counted after both stay right.
        (await Lot(less).Scrap(2, "rotas", Workshop.By("ana"))).Ok();
        var posted = (await Count(number).Post(Workshop.By("ana"))).Ok();
        Assert.Equal(
            $"Inventario {number} contabilizado: 2 diferencias; 1 lotes sin contar quedan como estaban.",
            posted.Messages.Single().Es
        );
        Assert.Equal((5m, 12m, 10m, 10m), (await OnHand(less), await OnHand(more), await OnHand(same), await OnHand(skipped)));
        Assert.Equal(
            "ADJUSTMENT_IN 2.000,ADJUSTMENT_OUT -3.000",
            await shop.AskAsync<string>(
                "select string_agg(type || ' ' || quantity, ',' order by type) from inventory_movement where reference = $1",
                number
            )
        );
        Assert.Equal("invalid-state", (await Count(number).Post(Workshop.By("ana"))).Refused());
        Assert.Equal("invalid-state", (await Count(number).Record([new(same, 9, null)], Workshop.By("ana"))).Refused());
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Who_counts_again_what_somebody_else_counted_meanwhile_is_told_and_nothing_is_overwritten()
    {
        await shop.MaterialAsync("CT-B", 2, "pz", "RawMaterial");
        var lot = await LotAsync(10, "CT-B");
        var number = await BeginAsync("CT-B");
        (await Count(number).Record([new(lot, 8, 1)], Workshop.By("ana"))).Ok();
        var conflict = await Count(number).Record([new(lot, 9, 1)], Workshop.By("beto"));
        Assert.Equal("count-conflict", conflict.Refused());
        Assert.Contains("ana", conflict.Problem!.Es, StringComparison.Ordinal);
        Assert.Contains("\"counted\":8", conflict.Problem.DetailsJson!, StringComparison.Ordinal);
        // Without a version it is meant to overwrite; null takes a count back.
        (await Count(number).Record([new(lot, null, null)], Workshop.By("beto"))).Ok();
        Assert.Equal("invalid-state", (await Count(number).Post(Workshop.By("beto"))).Refused());
        (await Count(number).Cancel(Workshop.By("beto"))).Ok();
        Assert.Equal(10, await OnHand(lot));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task What_is_no_longer_covered_leaves_its_orders_and_too_much_gone_asks_for_a_recount()
    {
        await shop.PlainAsync("CT-P", new PlainProducts.Part("CT-C", 5, 2));
        var lot = await LotAsync(10, "CT-C");
        var other = await LotAsync(10, "CT-C");
        var order = await shop.RunningAsync("CT-P", 2);
        (await shop.Order(order).Reserve(Workshop.By("ana"))).Ok();
        var reserved = await shop.AskAsync<string>("select lot from allocation where production_order = $1", order);
        var (held, free) = reserved == lot ? (lot, other) : (other, lot);
        var number = await BeginAsync("CT-C");
        (await Count(number).Record([new(held, 6, 1), new(free, 1, 1)], Workshop.By("ana"))).Ok();
        // Counted at 1 of 10; then 4 leave: 9 too many are no longer there to be taken off.
        (await Lot(free).Scrap(4, "rotas", Workshop.By("ana"))).Ok();
        var refused = await Count(number).Post(Workshop.By("ana"));
        Assert.Equal("recount", refused.Refused());
        Assert.Contains(free, refused.Problem!.Es, StringComparison.Ordinal);
        Assert.Equal(10, await OnHand(held));
        (await Count(number).Record([new(free, 1, 2)], Workshop.By("ana"))).Ok();
        var posted = (await Count(number).Post(Workshop.By("ana"))).Ok();
        Assert.Equal([order], posted.Replanned.AsEnumerable());
        Assert.Equal((6m, 1m), (await OnHand(held), await OnHand(free)));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task A_lot_that_was_found_is_added_and_one_that_is_booked_elsewhere_is_not()
    {
        await shop.MaterialAsync("CT-D", 2, "pz", "RawMaterial");
        await shop.ExecuteAsync(
            "insert into location (code, name) values ('CT-2', 'Otra'); insert into event (type, subject, version, actor, data) values ('location-created', 'location:CT-2', 1, 'seed', '{}')"
        );
        var number = await BeginAsync("CT-D");
        var found = await LotAsync(3, "CT-D");
        (await Count(number).Record([new(found, 4, null)], Workshop.By("ana"))).Ok();
        var elsewhere = await LotAsync(3, "CT-D");
        (await Lot(elsewhere).Transfer("CT-2", null, Workshop.By("ana"))).Ok();
        var refused = await Count(number).Record([new(elsewhere, 3, null)], Workshop.By("ana"));
        Assert.Contains("está registrado en CT-2", refused.Problem!.Es, StringComparison.Ordinal);
        (await Count(number).Post(Workshop.By("ana"))).Ok();
        Assert.Equal(4, await OnHand(found));
        await shop.HoldsAsync();
    }

    private IStockCountGrain Count(string number) => shop.Host.Grains.GetGrain<IStockCountGrain>(number);

    private ILotGrain Lot(string code) => shop.Host.Grains.GetGrain<ILotGrain>(code);

    private Task<string> LotAsync(decimal quantity, string material = "CT-A") => shop.LotAsync(material, quantity);

    private async Task<string> BeginAsync(string material)
    {
        var numbers = shop.Host.Services.GetRequiredService<INumbers>();
        var number = NumberKind.StockCount.Text((await numbers.NextAsync(NumberKind.StockCount, 1))[0]);
        var begun = (await Count(number).Begin(new("BOD", material, false, null), Workshop.By("ana"))).Ok();
        Assert.Equal(CountStatus.Open, begun.Status);
        return number;
    }

    private Task<decimal> OnHand(string lot) => shop.AskAsync<decimal>("select on_hand from lot where code = $1", lot);
}
