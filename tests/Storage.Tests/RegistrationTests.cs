using Manufactura.Storage.Commits;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Migrations;
using Manufactura.Storage.Tests.Commits;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Manufactura.Storage.Tests;

public sealed class RegistrationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task What_a_registered_log_commits_a_registered_feed_tells()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddPlantStorage(postgres.ConnectionString);
        using var host = builder.Build();
        await host.Services.GetRequiredService<Migrator>().RunAsync();
        Assert.True(await host.Services.GetRequiredService<SchemaState>().IsCurrentAsync());
        var feed = host.Services.GetRequiredService<IFeed>();
        using var reading = feed.Subscribe();
        await host.StartAsync();
        while (feed.LastReadAt is null)
        {
            await Task.Yield();
        }
        await host.Services.GetRequiredService<ICommitLog>().CommitAsync(Plant.Unit(Plant.Event("order:WO-0001", 3)));
        Assert.True(await reading.WaitAsync());
        Assert.True(reading.TryRead(out var told));
        Assert.Equal(("tested", "order:WO-0001", 3, "ana"), (told.Type, told.Subject, told.Version!.Value, told.Actor));
        Assert.Equal(told.Id, feed.LastEventId);
        await host.StopAsync();
        Assert.False(await reading.WaitAsync());
        Assert.False(reading.Overflowed);
    }
}
