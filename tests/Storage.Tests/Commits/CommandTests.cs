using Manufactura.Storage.Commits;
using Manufactura.Tests.Shared;

namespace Manufactura.Storage.Tests.Commits;

public sealed class CommandTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => Plant.SeedAsync(postgres.DataSource);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_same_key_on_two_nodes_at_once_has_one_effect_and_one_answer()
    {
        await using var one = Plant.Log(postgres.DataSource);
        await using var other = Plant.Log(postgres.DataSource);
        await one.CommitAsync(Plant.Unit(Plant.Lot("TWICE", 1000)));
        for (var n = 0; n < 40; n++)
        {
            var results = await Task.WhenAll(
                one.CommitAsync(Plant.Command($"k{n}", "\"from one\"", Plant.Reserve("TWICE", 1))),
                other.CommitAsync(Plant.Command($"k{n}", "\"from other\"", Plant.Reserve("TWICE", 1)))
            );
            var winner = Array.FindIndex(results, r => r is CommitResult.Committed);
            Assert.Equal(
                new CommitResult.Known(winner == 0 ? "\"from one\"" : "\"from other\"", SameBody: true),
                results[1 - winner]
            );
        }
        Assert.Equal(40m, await Plant.AskAsync<decimal>(postgres.DataSource, "select reserved from lot where code = 'TWICE'"));
    }

    [Fact]
    public async Task The_same_key_many_times_in_one_batch_is_done_once()
    {
        await using var log = Plant.Log(postgres.DataSource);
        await log.CommitAsync(Plant.Unit(Plant.Lot("BATCH", 1000)));
        var results = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(n => log.CommitAsync(Plant.Command("same", $"{n}", Plant.Reserve("BATCH", 1))))
        );
        Assert.Single(results.OfType<CommitResult.Committed>());
        Assert.Single(results.OfType<CommitResult.Known>().Distinct());
        Assert.Equal(1m, await Plant.AskAsync<decimal>(postgres.DataSource, "select reserved from lot where code = 'BATCH'"));
    }

    [Fact]
    public async Task Another_body_under_a_used_key_is_told()
    {
        await using var log = Plant.Log(postgres.DataSource);
        Assert.Null(await log.FindAsync(Plant.Key("body")));
        await log.CommitAsync(Plant.Command("body", "1", Plant.Event("body")));
        Assert.Equal(new CommitResult.Known("1", SameBody: true), await log.FindAsync(Plant.Key("body")));
        Assert.Equal(new CommitResult.Known("1", SameBody: false), await log.FindAsync(Plant.Key("body", "other")));
        var again = new UnitOfWork { Command = Plant.Key("body", "other"), AnswerJson = "2" };
        Assert.Equal(new CommitResult.Known("1", SameBody: false), await log.CommitAsync(again));
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await using var log = Plant.Log(postgres.DataSource);
        Assert.IsType<CommitResult.Missed>(await log.CommitAsync(Plant.Command("later", "1", Plant.Update("WO-LATER", 1))));
        await log.CommitAsync(Plant.Unit(Plant.Order("WO-LATER")));
        Assert.IsType<CommitResult.Committed>(await log.CommitAsync(Plant.Command("later", "1", Plant.Update("WO-LATER", 1))));
    }

    [Fact]
    public async Task A_command_without_an_answer_is_a_bug()
    {
        await using var log = Plant.Log(postgres.DataSource);
        await Assert.ThrowsAsync<ArgumentException>(() => log.CommitAsync(new UnitOfWork { Command = Plant.Key("none") }));
    }
}
