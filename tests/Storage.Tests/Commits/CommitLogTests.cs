using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests.Commits;

public sealed class CommitLogTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly NpgsqlDataSource source = postgres.DataSource;
    private readonly CommitLog log = Plant.Log(postgres.DataSource);

    public Task InitializeAsync() => Plant.SeedAsync(source);

    public async Task DisposeAsync() => await log.DisposeAsync();

    [Fact]
    public async Task A_hot_lot_is_given_out_to_the_last_piece_and_never_beyond()
    {
        await CommittedAsync(Plant.Unit(Plant.Lot("HOT", 1000)));
        var granted = 0;
        var refused = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 64),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, ct) =>
            {
                for (var n = 0; n < 20; n++)
                {
                    var result = await log.CommitAsync(Plant.Unit(Plant.Reserve("HOT", 1)), ct);
                    Interlocked.Increment(ref result is CommitResult.Committed ? ref granted : ref refused);
                }
            }
        );
        Assert.Equal(1000, granted);
        Assert.Equal(280, refused);
        Assert.Equal(1000m, await Plant.AskAsync<decimal>(source, "select reserved from lot where code = 'HOT'"));
        Assert.Equal("Depleted", await Plant.AskAsync<string>(source, "select status from lot where code = 'HOT'"));
    }

    [Fact]
    public async Task Every_version_of_a_lot_has_exactly_one_event_with_its_values()
    {
        await CommittedAsync(Plant.Unit(Plant.Lot("V", 500)));
        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => log.CommitAsync(Plant.Unit(Plant.Reserve("V", 1), Plant.Event("x"))))
        );
        var version = await Plant.AskAsync<int>(source, "select version from lot where code = 'V'");
        var events = "from event where subject = 'lot:V' and type = 'lot-changed'";
        Assert.Equal(version, await Plant.AskAsync<long>(source, $"select count(*) {events}"));
        Assert.Equal(version, await Plant.AskAsync<long>(source, $"select count(distinct version) {events}"));
        Assert.Equal(
            """{"code": "V", "onHand": 500, "reason": "tested", "status": "Available", "version": %, "location": "BOD", "material": "STEEL", "quantity": 500, "reserved": 200, "available": 300, "expiresOn": null}""".Replace(
                "%",
                version.ToString()
            ),
            await Plant.AskAsync<string>(source, $"select data::text {events} order by id desc limit 1")
        );
        Assert.Equal("material:STEEL", await Plant.AskAsync<string>(source, $"select also {events} order by id desc limit 1"));
    }

    [Fact]
    public async Task Guilty_units_are_refused_and_do_not_disturb_the_others()
    {
        await CommittedAsync(Plant.Unit(Plant.Lot("G", 100_000)));
        var before = await AttemptsAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(n => log.CommitAsync(GuiltyAt(n))));
        for (var n = 0; n < results.Length; n++)
        {
            Assert.IsType(n % 100 == 0 ? typeof(CommitResult.Missed) : typeof(CommitResult.Committed), results[n]);
        }
        Assert.Equal(1980m, await Plant.AskAsync<decimal>(source, "select reserved from lot where code = 'G'"));
        Assert.Equal(1980L, await Plant.AskAsync<long>(source, "select count(*) from production_order where number like 'G-%'"));
        Assert.InRange(await AttemptsAsync() - before, 4, 100);
    }

    // Each kind of guilt in turn: a version, a lot, a duplicate, a foreign key, a check.
    private static UnitOfWork GuiltyAt(int n) =>
        (n % 100, n / 100 % 5) switch
        {
            (0, 0) => Plant.Unit(Plant.Order($"G-{n}"), Plant.Reserve("G", 1), Plant.Update("NONE", 7)),
            (0, 1) => Plant.Unit(Plant.Order($"G-{n}"), Plant.Reserve("G", 200_000)),
            (0, 2) => Plant.Unit(Plant.Order($"G-{n - 1}"), Plant.Reserve("G", 1)),
            (0, 3) => Plant.Unit(Plant.Order($"G-{n}") with { Material = "NOTHING" }, Plant.Reserve("G", 1)),
            (0, _) => Plant.Unit(Plant.Order($"G-{n}") with { Quantity = -1 }, Plant.Reserve("G", 1)),
            _ => Plant.Unit(Plant.Order($"G-{n}"), Plant.Reserve("G", 1)),
        };

    // Transactions tried, the refused ones included: the number in a lane's row counts both.
    private async Task<decimal> AttemptsAsync() => await Plant.AskAsync<decimal>(source, "select sum(batch) from commit_lane");

    private async Task CommittedAsync(UnitOfWork unit) => Assert.IsType<CommitResult.Committed>(await log.CommitAsync(unit));
}
