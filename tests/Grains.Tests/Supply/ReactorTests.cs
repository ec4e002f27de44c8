using System.Collections.Concurrent;
using Manufactura.Silo.Reactions;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>Whatever goes wrong with one event, the plant goes on.</summary>
public sealed class ReactorTests : IAsyncLifetime
{
    private readonly SupplyPlant plant = new();

    public Task InitializeAsync() => plant.InitializeAsync();

    public Task DisposeAsync() => plant.DisposeAsync();

    [Theory]
    [InlineData("select 1 / 0", 1)] // Wrong for ever.
    [InlineData("do $$ begin raise exception using errcode = '55P03'; end $$", 5)] // A lock that is never had: some tries.
    [InlineData("do $$ begin raise exception using errcode = '57P03'; end $$", 8)] // A server that comes back: as many as it takes.
    public async Task A_statement_that_fails_holds_up_nothing_for_longer_than_it_can_help(string sql, int tries)
    {
        var bad = new Stumbling(plant.Database, sql, until: 8);
        plant.Extras = services => services.AddSingleton<IReaction>(bad);
        var host = await plant.StartAsync();

        await LotAsync(host, "STUMBLE", "WOOD", 10, release: false);
        await LotAsync(host, "W-1", "WOOD", 10, release: false);

        await UntilAsync(() => Task.FromResult(bad.Heard.Contains("lot:W-1")), "the next event is reacted to", 60);
        Assert.Equal(tries, bad.Tries);
    }

    /// <summary>Fails with what the database says at every event of one lot, up to so many times.</summary>
    private sealed class Stumbling(NpgsqlDataSource database, string sql, int until) : IReaction
    {
        private int tries;

        public int Tries => tries;

        public ConcurrentQueue<string> Heard { get; } = new();

        public async Task OnAsync(PlantEvent e, CancellationToken ct)
        {
            Heard.Enqueue(e.Subject);
            if (e.Subject != "lot:STUMBLE" || Interlocked.Increment(ref tries) >= until)
                return;
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
