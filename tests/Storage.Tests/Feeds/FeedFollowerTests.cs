using Manufactura.Storage.Feeds;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Manufactura.Storage.Tests.Feeds;

public sealed class FeedFollowerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Reader = "test";
    private readonly FeedCursor cursor = new(postgres.DataSource);

    [Fact]
    public async Task What_came_before_and_after_is_read_in_order_once_and_the_place_is_kept()
    {
        using var real = new Feed(postgres.DataSource, TimeProvider.System, NullLogger<Feed>.Instance);
        var feed = new CountedFeed(real);
        await using (var place = await TakeAsync())
        {
            await InsertAsync("a", "b", "c");
            await real.StartAsync(CancellationToken.None);
            using var follower = await FeedFollower.StartAsync(feed, place, CancellationToken.None);
            await InsertAsync("d");

            Assert.Equal(["a", "b"], await ReadAsync(follower, 2, page: 2));
            Assert.Equal(["c", "d"], await ReadAsync(follower, 2));
            var reads = feed.Reads;
            for (var n = 0; n < 20; n++)
            {
                await InsertAsync($"e{n}");
                Assert.Equal([$"e{n}"], await ReadAsync(follower, 1));
            }
            Assert.Equal(reads, feed.Reads);
        }

        await InsertAsync("f");
        await using var again = await TakeAsync();
        using var next = await FeedFollower.StartAsync(feed, again, CancellationToken.None);
        await InsertAsync("g");
        Assert.Equal(["f", "g"], await ReadAsync(next, 2));
        await real.StopAsync(CancellationToken.None);
        while (await next.WaitAsync(CancellationToken.None))
        {
            Assert.Empty((await next.ReadAsync(100, CancellationToken.None)).Events);
        }
    }

    [Fact]
    public async Task Who_fails_with_a_page_is_given_it_again()
    {
        using var feed = new Feed(postgres.DataSource, TimeProvider.System, NullLogger<Feed>.Instance);
        await feed.StartAsync(CancellationToken.None);
        await using var place = await TakeAsync();
        using (var failing = await FeedFollower.StartAsync(feed, place, CancellationToken.None))
        {
            await InsertAsync("lost");
            await failing.WaitAsync(CancellationToken.None);
            Assert.Single((await failing.ReadAsync(10, CancellationToken.None)).Events);
        }

        using var follower = await FeedFollower.StartAsync(feed, place, CancellationToken.None);
        Assert.Equal(["lost"], await ReadAsync(follower, 1));
        await feed.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Who_comes_after_events_were_dropped_is_told_and_goes_on_behind_them()
    {
        var (_, connectionString) = await PostgresFixture.CreateDatabaseAsync();
        await using var source = PlantDataSource.Create(connectionString);
        await PostgresFixture.ExecuteAsync(
            connectionString,
            """
            insert into event (at, type, subject, actor, data) values ('2026-01-01', 't', 'old', 'ana', '{}');
            select setval('event_id', 5000000);
            insert into event (at, type, subject, actor, data) values ('2026-01-02', 't', 'old', 'ana', '{}'), (now(), 't', 'kept', 'ana', '{}')
            """
        );
        await new EventRetention(source).DropEventsBeforeAsync(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        using var feed = new Feed(source, TimeProvider.System, NullLogger<Feed>.Instance);
        await feed.StartAsync(CancellationToken.None);
        await using var place = (await new FeedCursor(source).TryTakeAsync(Reader, CancellationToken.None))!;
        using var follower = await FeedFollower.StartAsync(feed, place, CancellationToken.None);

        Assert.True(await follower.WaitAsync(CancellationToken.None));
        var page = await follower.ReadAsync(10, CancellationToken.None);
        Assert.True(page.TooOld);
        await follower.MoveAsync(page, CancellationToken.None);
        Assert.Equal(feed.LastEventId, place.LastEvent);
        await PostgresFixture.ExecuteAsync(
            connectionString,
            "insert into event (type, subject, actor, data) values ('t', 'new', 'ana', '{}'); select pg_notify('feed', '')"
        );
        Assert.Equal(["new"], await ReadAsync(follower, 1));
        await feed.StopAsync(CancellationToken.None);
    }

    /// <summary>Reads until there are as many, and moves the place behind each page.</summary>
    private static async Task<string[]> ReadAsync(FeedFollower follower, int count, int page = 100)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var subjects = new List<string>();
        while (subjects.Count < count)
        {
            Assert.True(await follower.WaitAsync(limit.Token));
            var read = await follower.ReadAsync(page, limit.Token);
            subjects.AddRange(read.Events.Select(e => e.Subject));
            await follower.MoveAsync(read, limit.Token);
        }
        return [.. subjects];
    }

    private async Task<FeedPlace> TakeAsync() => (await cursor.TryTakeAsync(Reader, CancellationToken.None))!;

    private Task InsertAsync(params string[] subjects) =>
        PostgresFixture.ExecuteAsync(
            postgres.ConnectionString,
            "insert into event (type, subject, actor, data) values "
                + string.Join(", ", subjects.Select(s => $"('t', '{s}', 'ana', '{{}}')"))
                + "; select pg_notify('feed', '')"
        );

    /// <summary>The real feed, which tells how often somebody read the database by it.</summary>
    private sealed class CountedFeed(Feed feed) : IFeed
    {
        public int Reads { get; private set; }

        public long LastEventId => feed.LastEventId;

        public DateTimeOffset? LastReadAt => feed.LastReadAt;

        public Task PlacedAsync(CancellationToken ct = default) => feed.PlacedAsync(ct);

        public Task NextReadAsync(CancellationToken ct = default) => feed.NextReadAsync(ct);

        public FeedSubscription Subscribe(int capacity = 10_000) => feed.Subscribe(capacity);

        public Task<EventPage> ReadAfterAsync(
            long afterId,
            IReadOnlyCollection<string>? subjects = null,
            int limit = 1000,
            CancellationToken ct = default
        )
        {
            Reads++;
            return feed.ReadAfterAsync(afterId, subjects, limit, ct);
        }
    }
}
