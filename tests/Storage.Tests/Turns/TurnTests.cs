using Manufactura.Storage.Turns;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests.Turns;

public sealed class TurnTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task One_has_the_turn_until_it_gives_it_back()
    {
        var mine = await TakeAsync(1, Never);
        Assert.NotNull(mine);
        Assert.Null(await TakeAsync(1, Never));
        await mine.DisposeAsync();
        await using var next = await TakeAsync(1, Never);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Who_shows_that_it_lives_keeps_the_turn_whoever_asks()
    {
        await using var mine = await TakeAsync(-2, Never);
        var hung = Beat * 20;
        for (var i = 0; i < 30; i++)
        {
            Assert.Null(await TakeAsync(-2, hung));
            await Task.Delay(Beat);
        }
        Assert.False(mine!.Lost.IsCancellationRequested);
        Assert.Equal(
            1,
            await mine.UseAsync(async c => (int)(await new NpgsqlCommand("select 1", c).ExecuteScalarAsync())!, default)
        );
    }

    [Fact]
    public async Task A_holder_that_hangs_loses_the_turn_to_the_next_who_asks()
    {
        // A session that holds the turn and does nothing more, as that of a process that was stopped in its tracks.
        await using var asleep = await postgres.DataSource.OpenConnectionAsync();
        await using (var take = new NpgsqlCommand("select pg_try_advisory_lock(77, 3)", asleep))
            Assert.Equal(true, await take.ExecuteScalarAsync());
        Assert.Null(await TakeAsync(3, Never));
        await using var next = await UntilTakenAsync(3, hung: TimeSpan.FromMilliseconds(1));
        await using var work = new NpgsqlCommand("select 1", asleep);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => work.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Who_has_lost_it_is_told_and_can_do_nothing_in_its_name()
    {
        await using var mine = await TakeAsync(4, Never);
        var session = await mine!.UseAsync(
            async c => (int)(await new NpgsqlCommand("select pg_backend_pid()", c).ExecuteScalarAsync())!,
            default
        );
        await using (var end = postgres.DataSource.CreateCommand($"select pg_terminate_backend({session})"))
            await end.ExecuteNonQueryAsync();
        await Task.Delay(TimeSpan.FromSeconds(20), mine.Lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(mine.Lost.IsCancellationRequested);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            mine.UseAsync(async c => await new NpgsqlCommand("select 1", c).ExecuteScalarAsync(), default)
        );
    }

    private Task<Turn?> TakeAsync(int key, TimeSpan hung) => Turn.TryTakeAsync(postgres.DataSource, 77, key, Beat, hung, default);

    private async Task<Turn> UntilTakenAsync(int key, TimeSpan hung)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await TakeAsync(key, hung) is { } turn)
                return turn;
            await Task.Delay(50);
        }
        throw new TimeoutException("The turn was not taken.");
    }
}
