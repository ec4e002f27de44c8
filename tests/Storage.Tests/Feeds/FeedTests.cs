using System.Diagnostics;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Tests.Commits;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit.Abstractions;

namespace Manufactura.Storage.Tests.Feeds;

public sealed class FeedTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>,
        IAsyncLifetime,
        IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly NpgsqlDataSource source = postgres.DataSource;
    private readonly Feed feed = new(postgres.DataSource, TimeProvider.System, NullLogger<Feed>.Instance);

    public async Task InitializeAsync()
    {
        await feed.StartAsync(CancellationToken.None);
        while (feed.LastReadAt is null)
        {
            await Task.Yield();
        }
    }

    public Task DisposeAsync() => feed.StopAsync(CancellationToken.None);

    public void Dispose() => feed.Dispose();

    [Fact]
    public async Task A_late_commit_is_never_skipped()
    {
        using var reading = feed.Subscribe();
        await using var early = await source.OpenConnectionAsync();
        await using var late = await source.OpenConnectionAsync();
        await using var started = await early.BeginTransactionAsync();
        await ExecuteAsync(early, "select pg_current_xact_id()");
        await using var second = await late.BeginTransactionAsync();
        await InsertAsync(late, "second");
        await second.CommitAsync();
        await InsertAsync(early, "first");
        Assert.Equal("second", (await NextAsync(reading)).Subject);
        await started.CommitAsync();
        Assert.Equal("first", (await NextAsync(reading)).Subject);
    }

    [Fact]
    public async Task Ids_are_in_commit_order_because_a_writer_waits_for_the_one_before()
    {
        using var reading = feed.Subscribe();
        await using var one = await source.OpenConnectionAsync();
        await using var other = await source.OpenConnectionAsync();
        await using var held = await one.BeginTransactionAsync();
        await InsertAsync(one, "held");
        var waiting = InsertAsync(other, "waiting");
        await WaitsForLockAsync(other.ProcessID);
        Assert.False(waiting.IsCompleted);
        await held.CommitAsync();
        await waiting;
        Assert.Equal("held", (await NextAsync(reading)).Subject);
        Assert.Equal("waiting", (await NextAsync(reading)).Subject);
    }

    [Fact]
    public async Task Hundreds_of_concurrent_writers_are_read_whole_and_in_order()
    {
        using var reading = feed.Subscribe();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (n, ct) =>
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                await InsertAsync(connection, $"many:{n}");
            }
        );
        var seen = new List<PlantEvent>();
        while (seen.Count < 400)
        {
            seen.Add(await NextAsync(reading));
        }
        Assert.Equal(seen.OrderBy(e => e.Id), seen);
        Assert.Equal(400, seen.Select(e => e.Subject).Distinct().Count());
    }

    [Fact]
    public async Task A_slow_reader_is_told_once_and_holds_up_nobody()
    {
        using var slow = feed.Subscribe(capacity: 5);
        using var quick = feed.Subscribe();
        for (var n = 0; n < 20; n++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await InsertAsync(connection, $"slow:{n}");
        }
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal($"slow:{n}", (await NextAsync(quick)).Subject);
        }
        for (var n = 0; n < 5; n++)
        {
            Assert.True(slow.TryRead(out var plantEvent));
            Assert.Equal($"slow:{n}", plantEvent.Subject);
        }
        Assert.False(await slow.WaitAsync());
        Assert.True(slow.Overflowed);
        Assert.False(quick.Overflowed);
    }

    [Fact]
    public async Task It_goes_on_where_it_was_after_its_connection_was_killed()
    {
        using var reading = feed.Subscribe();
        await PostgresFixture.ExecuteAsync(
            postgres.ConnectionString,
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        );
        await PostgresFixture.ExecuteAsync(
            postgres.ConnectionString,
            "insert into event (type, subject, actor, data) values ('t', 'after', 'ana', '{}'), ('t', 'after2', 'ana', '{}')"
        );
        Assert.Equal("after", (await NextAsync(reading)).Subject);
        Assert.Equal("after2", (await NextAsync(reading)).Subject);
    }

    [Fact]
    public async Task What_was_missed_can_be_read_by_topic()
    {
        var after = feed.LastEventId;
        await PostgresFixture.ExecuteAsync(
            postgres.ConnectionString,
            """
            insert into event (type, subject, also, actor, data) values
                ('t', 'lot:1', 'material:A', 'ana', '{}'), ('t', 'lot:2', 'material:B', 'ana', '{}'), ('t', 'lot:1', 'material:B', 'ana', '{}')
            """
        );
        var page = await feed.ReadAfterAsync(after, ["lot:1", "material:B"]);
        Assert.Equal(["lot:1", "lot:2", "lot:1"], page.Events.Select(e => e.Subject));
        Assert.Equal(["lot:1", "lot:1"], (await feed.ReadAfterAsync(after, ["lot:1"])).Events.Select(e => e.Subject));
        Assert.Single((await feed.ReadAfterAsync(page.Events[1].Id, ["lot:1", "material:B"])).Events);
        Assert.Equal(2, (await feed.ReadAfterAsync(after, null, 2)).Events.Count);
    }

    [Fact]
    public async Task From_commit_to_subscriber_takes_milliseconds()
    {
        await using var log = Plant.Log(source);
        using var reading = feed.Subscribe();
        var taken = new List<double>();
        for (var n = 0; n < 60; n++)
        {
            await log.CommitAsync(Plant.Unit(Plant.Event($"latency:{n}")));
            var committed = Stopwatch.GetTimestamp();
            await NextAsync(reading);
            taken.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }
        taken.Sort();
        output.WriteLine($"commit acknowledged → subscriber: p50 {taken[30]:0.00} ms, p95 {taken[57]:0.00} ms");
        Assert.True(taken[30] < 250, "the notification does not wake the feed");
    }

    private static async Task<PlantEvent> NextAsync(FeedSubscription reading)
    {
        using var limit = new CancellationTokenSource(Patience);
        Assert.True(await reading.WaitAsync(limit.Token));
        Assert.True(reading.TryRead(out var plantEvent));
        return plantEvent;
    }

    private async Task WaitsForLockAsync(int process)
    {
        while (!await Plant.AskAsync<bool>(source, $"select exists (select from pg_locks where pid = {process} and not granted)"))
        {
            await Task.Yield();
        }
    }

    private static Task InsertAsync(NpgsqlConnection connection, string subject) =>
        ExecuteAsync(
            connection,
            $"insert into event (type, subject, actor, data) values ('t', '{subject}', 'ana', '{{}}'); select pg_notify('feed', '')"
        );

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
