using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>The same request, sent more than once.</summary>
public sealed class CommandTests(Workshop shop) : IClassFixture<Workshop>
{
    [Fact]
    public async Task An_explosion_sent_many_times_at_once_and_later_happens_once_and_answers_the_same()
    {
        var number = await shop.StartedAsync(60);
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 7), ("T2", "S", 3)), Workshop.By("ana"))).Ok();
        var context = Workshop.By("ana", $"POST /orders/{number}/produce-lots", "click-1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => shop.Order(number).ProduceLots(true, context)));
        var later = await shop.Order(number).ProduceLots(true, context);
        foreach (var answer in answers.Append(later))
        {
            Assert.Equal(answers[0].Ok().Orders.AsEnumerable(), answer.Ok().Orders);
            Assert.Equal(answers[0].Ok().JournalEntry, answer.Ok().JournalEntry);
        }

        Assert.Equal(2, await shop.AskAsync<long>("select count(*) from lot where production_order like $1 || '-0%'", number));
        Assert.Equal(
            1,
            await shop.AskAsync<long>("select count(*) from production_order where parent = $1 and kind = 'backorder'", number)
        );
        Assert.Equal(1, await shop.AskAsync<long>("select count(*) from journal_entry where reference = $1", number));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task A_command_that_found_nothing_to_do_is_answered_the_same_when_there_is_something()
    {
        await shop.ProductAsync("SHORT", stock: 0);
        var number = await shop.CreatedAsync(10, "SHORT");
        await shop.Order(number).Reserve(Workshop.By("ana"));
        var context = Workshop.By("ana", $"POST /orders/{number}/reserve", "k");
        var before = (await shop.Order(number).Reserve(context)).Ok();
        Assert.Equal(3, before.Shortages.Length);
        foreach (var component in new[] { "TELA", "BOTON", "HILO" })
            await shop.LotAsync($"SHORT-{component}", 1_000);
        var again = (await shop.Order(number).Reserve(context)).Ok();
        Assert.Equal(before.Shortages.AsEnumerable(), again.Shortages);
    }

    [Fact]
    public async Task The_same_key_on_two_nodes_at_once_happens_once()
    {
        await using var second = await shop.SecondHostAsync();
        for (var round = 0; round < 10; round++)
        {
            var number = await shop.StartedAsync(20);
            (await shop.Order(number).EditCells(await shop.OutstandingAsync(number), Workshop.By("ana"))).Ok();
            var context = Workshop.By("ana", $"POST /orders/{number}/produce-lots", "k");
            var answers = await Task.WhenAll(
                shop.Order(number).ProduceLots(true, context),
                shop.Order(number, second).ProduceLots(true, context)
            );
            Assert.Equal(answers[0].Ok().Lots.AsEnumerable(), answers[1].Ok().Lots);
            Assert.Equal(answers[0].Ok().JournalEntry, answers[1].Ok().JournalEntry);
        }

        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Another_body_under_a_used_key_is_refused_and_the_first_answer_stays()
    {
        var number = await shop.StartedAsync(60);
        Task<Interfaces.Answer<MatrixView>> Edit(decimal value) =>
            shop.Order(number)
                .EditCells(
                    Workshop.ToProduce(("T1", "M", value)),
                    Workshop.By("ana", $"PATCH /orders/{number}/matrix/cells", "k", $"{value}")
                );
        var first = (await Edit(4)).Ok();
        Assert.Equal("idempotency-key-reused", (await Edit(5)).Refused());
        var again = (await Edit(4)).Ok();
        Assert.Equal(first.Cells[0].Version, again.Cells[0].Version);
        Assert.Equal(4, (await shop.LoadAsync(number)).Matrix!.Find("T1", "M")!.ToProduce);
    }

    [Fact]
    public async Task A_key_belongs_to_one_person_and_one_call()
    {
        var number = await shop.StartedAsync(60);
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 4)), Workshop.By("ana", "a", "k"))).Ok();
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 5)), Workshop.By("beto", "a", "k"))).Ok();
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 6)), Workshop.By("ana", "b", "k"))).Ok();
        Assert.Equal(6, (await shop.LoadAsync(number)).Matrix!.Find("T1", "M")!.ToProduce);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_so_the_key_can_be_used_once_things_have_changed()
    {
        var number = await shop.CreatedAsync(10);
        var context = Workshop.By("ana", $"POST /orders/{number}/start", "k");
        Assert.NotNull((await shop.Order(number).Start(context)).Problem);
        (await shop.Order(number).Recalculate(null, Workshop.By("ana"))).Ok();
        (await shop.Order(number).ConfirmPlanning(Workshop.By("ana"))).Ok();
        (await shop.Order(number).Start(context)).Ok();
    }

    [Fact]
    public async Task Creating_with_a_used_key_answers_the_order_that_was_made()
    {
        var context = Workshop.By("ana", "POST /orders", "create-1");
        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.NextNumberAsync()));
        var answers = await Task.WhenAll(numbers.Select(n => shop.Order(n).Create(Workshop.Request(10), context)));
        var made = answers.Select(a => a.Ok().Number).Distinct().Single();
        Assert.Equal(1, await shop.AskAsync<long>("select count(*) from production_order where number = any($1)", [numbers]));
        Assert.Contains(made, numbers);
    }
}
