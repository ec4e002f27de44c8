using Manufactura.Storage.Feeds;
using Manufactura.Storage.Tests.Commits;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Manufactura.Storage.Tests.Feeds;

public sealed class RetentionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Old_events_go_by_partitions_and_who_would_resume_from_them_is_told()
    {
        using var feed = new Feed(postgres.DataSource, TimeProvider.System, NullLogger<Feed>.Instance);
        var retention = new EventRetention(postgres.DataSource);
        await InsertAsync(postgres.ConnectionString, "old", "2026-01-01", 100);
        await InsertAsync(postgres.ConnectionString, "mixed", "2026-02-01", 5_000_001);
        await InsertAsync(postgres.ConnectionString, "new", "2026-03-01", 5_000_002);
        await InsertAsync(postgres.ConnectionString, "newest", "2026-03-02", 12_000_000);
        Assert.False((await feed.ReadAfterAsync(0)).TooOld);

        Assert.Equal(4_999_999, await retention.DropEventsBeforeAsync(new DateTimeOffset(2026, 2, 15, 0, 0, 0, TimeSpan.Zero)));

        Assert.True((await feed.ReadAfterAsync(0)).TooOld);
        Assert.True((await feed.ReadAfterAsync(4_999_998)).TooOld);
        var page = await feed.ReadAfterAsync(4_999_999);
        Assert.Equal(["mixed", "new", "newest"], page.Events.Select(e => e.Subject));
        Assert.False(page.TooOld);
    }

    [Fact]
    public async Task There_is_always_room_for_millions_of_events()
    {
        var (_, connectionString) = await PostgresFixture.CreateDatabaseAsync();
        await using var source = PlantDataSource.Create(connectionString);
        var retention = new EventRetention(source);
        await InsertAsync(connectionString, "far", "2026-04-01", 14_900_000);
        await retention.EnsureRoomAsync();
        await InsertAsync(connectionString, "farther", "2026-04-01", 24_999_999);
        await retention.EnsureRoomAsync();
        await retention.EnsureRoomAsync();
        await InsertAsync(connectionString, "farthest", "2026-04-01", 39_999_998);
    }

    [Fact]
    public async Task Answers_of_old_commands_are_forgotten()
    {
        await using var log = Plant.Log(postgres.DataSource);
        await log.CommitAsync(Plant.Command("old", "1", Plant.Event("x")));
        var retention = new EventRetention(postgres.DataSource);
        Assert.Equal(0, await retention.ForgetCommandsOlderThanAsync(TimeSpan.FromHours(1)));
        await PostgresFixture.ExecuteAsync(postgres.ConnectionString, "update command set at = now() - interval '2 hours'");
        Assert.Equal(1, await retention.ForgetCommandsOlderThanAsync(TimeSpan.FromHours(1)));
        Assert.Null(await log.FindAsync(Plant.Key("old")));
    }

    private static Task InsertAsync(string connectionString, string subject, string at, long id) =>
        PostgresFixture.ExecuteAsync(
            connectionString,
            $"select setval('event_id', {id - 1}); insert into event (at, type, subject, actor, data) values ('{at}', 't', '{subject}', 'ana', '{{}}')"
        );
}
