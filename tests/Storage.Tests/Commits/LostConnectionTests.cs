using Manufactura.Storage.Commits;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Manufactura.Storage.Tests.Commits;

public sealed class LostConnectionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => Plant.SeedAsync(postgres.DataSource);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Killing_the_backend_again_and_again_neither_loses_nor_doubles_a_unit()
    {
        await using var log = Plant.Log(postgres.DataSource);
        await log.CommitAsync(Plant.Unit(Plant.Lot("KILL", 1_000_000)));
        using var stop = new CancellationTokenSource();
        var committed = 0;
        var callers = Enumerable.Range(0, 16).Select(_ => CallAsync());
        var work = Task.WhenAll(callers);
        for (var n = 0; n < 15; n++)
        {
            var before = Volatile.Read(ref committed);
            await KillLaneAsync();
            while (Volatile.Read(ref committed) < before + 20)
            {
                await Task.Delay(1);
            }
        }
        await stop.CancelAsync();
        await work;
        Assert.Equal(
            committed,
            await Plant.AskAsync<decimal>(postgres.DataSource, "select reserved from lot where code = 'KILL'")
        );

        async Task CallAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.IsType<CommitResult.Committed>(
                    await log.CommitAsync(Plant.Unit(Plant.Reserve("KILL", 1)), CancellationToken.None)
                );
                Interlocked.Increment(ref committed);
            }
        }
    }

    [Fact]
    public async Task Without_a_database_callers_are_told_so_in_bounded_time()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Port = 1 };
        await using var source = PlantDataSource.Create(nowhere.ConnectionString);
        await using var log = new CommitLog(source, NullLogger.Instance, TimeSpan.FromMilliseconds(300));
        var calls = Enumerable.Range(0, 5).Select(n => log.CommitAsync(Plant.Unit(Plant.Event($"x{n}")))).ToList();
        foreach (var call in calls)
        {
            var told = await Assert.ThrowsAsync<PlantUnavailableException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.False(told.OutcomeUnknown);
        }
        await Assert.ThrowsAsync<PlantUnavailableException>(() => log.FindAsync(Plant.Key("x")));
    }

    [Fact]
    public async Task A_waiting_unit_can_be_cancelled_and_is_then_never_written()
    {
        await using var log = Plant.Log(postgres.DataSource);
        await log.CommitAsync(Plant.Unit(Plant.Event("warm")));
        await using var holder = await postgres.DataSource.OpenConnectionAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_xact_lock(7701)", holder);
        await hold.ExecuteNonQueryAsync();
        var writing = log.CommitAsync(Plant.Unit(Plant.Event("writing")));
        while (!await Plant.AskAsync<bool>(postgres.DataSource, "select exists (select from pg_locks where not granted)"))
        {
            await Task.Yield();
        }
        using var giveUp = new CancellationTokenSource();
        var waiting = log.CommitAsync(Plant.Unit(Plant.Event("waiting")), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await holding.CommitAsync();
        await writing;
        await log.CommitAsync(Plant.Unit(Plant.Event("after")));
        Assert.Equal(0L, await Plant.AskAsync<long>(postgres.DataSource, "select count(*) from event where subject = 'waiting'"));
    }

    // SIGTERM of the backend at whatever it is doing: sometimes between COMMIT and its answer.
    private Task KillLaneAsync() =>
        PostgresFixture.ExecuteAsync(
            postgres.ConnectionString,
            "select pg_terminate_backend(pid) from pg_stat_activity "
                + "where datname = current_database() and pid <> pg_backend_pid() and query like '%lane_turn%' or query like '%pg_notify%' and pid <> pg_backend_pid()"
        );
}
