using Manufactura.Storage.GrainRuntime;
using Manufactura.Storage.Tests.Commits;
using Manufactura.Tests.Shared;

namespace Manufactura.Storage.Tests;

public sealed class GrainRuntimeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task State_is_written_only_over_the_version_that_was_read()
    {
        var rows = new GrainStateRows(postgres.DataSource);
        Assert.Null(await rows.ReadAsync("screen", "a"));
        Assert.Equal(1, await rows.WriteAsync("screen", "a", """{"x":1}""", null));
        Assert.Null(await rows.WriteAsync("screen", "a", """{"x":2}""", null));
        Assert.Equal(2, await rows.WriteAsync("screen", "a", """{"x":3}""", 1));
        Assert.Null(await rows.WriteAsync("screen", "a", """{"x":4}""", 1));
        Assert.Equal(new GrainStateRow("""{"x": 3}""", 2), await rows.ReadAsync("screen", "a"));
        Assert.False(await rows.ClearAsync("screen", "a", 1));
        Assert.True(await rows.ClearAsync("screen", "a", 2));
        Assert.Null(await rows.ReadAsync("screen", "a"));
    }

    [Fact]
    public async Task Reminders_are_kept_with_when_they_last_fired()
    {
        var rows = new ReminderRows(postgres.DataSource);
        await rows.UpsertAsync("plant", "expiry", Plant.Now, TimeSpan.FromDays(1));
        await rows.UpsertAsync("order", "late", Plant.Now, TimeSpan.FromHours(2));
        await rows.FiredAsync("plant", "expiry", Plant.Now.AddDays(1));
        Assert.Equal(2, (await rows.ReadAsync()).Count);
        Assert.Equal(
            new ReminderRow("plant", "expiry", Plant.Now, TimeSpan.FromDays(1), Plant.Now.AddDays(1)),
            Assert.Single(await rows.ReadAsync("plant"))
        );
        Assert.True(await rows.DeleteAsync("plant", "expiry"));
        Assert.False(await rows.DeleteAsync("plant", "expiry"));
    }
}
