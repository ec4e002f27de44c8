using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests.Commits;

public sealed class PremiseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateOnly Tomorrow = Plant.Today.AddDays(1);
    private readonly NpgsqlDataSource source = postgres.DataSource;
    private readonly CommitLog log = Plant.Log(postgres.DataSource);

    public Task InitializeAsync() => Plant.SeedAsync(source);

    public async Task DisposeAsync() => await log.DisposeAsync();

    [Fact]
    public async Task A_missed_premise_changes_nothing_and_names_its_rows()
    {
        await CommittedAsync(Plant.Order("WO-1"), Plant.Lot("L-1", 10));
        var before = await FingerprintAsync();
        var missed = Assert.IsType<CommitResult.Missed>(
            await log.CommitAsync(
                Plant.Unit(
                    Plant.Update("WO-1", 1),
                    Plant.Order("WO-2"),
                    Plant.Reserve("L-1", 3),
                    Plant.Event("order:WO-1"),
                    new CellUpdate("WO-1", "azul", "M", 4, 1, 1, 0, 0, 5, "ana", Plant.Now)
                )
            )
        );
        Assert.Equal("CellUpdate", missed.Premise);
        Assert.Equal("WO-1\u001fazul\u001fM", Assert.Single(missed.Keys));
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task Of_two_writers_that_saw_the_same_version_one_is_refused()
    {
        for (var n = 0; n < 20; n++)
        {
            await CommittedAsync(Plant.Order($"WO-R{n}"));
            var results = await Task.WhenAll(
                log.CommitAsync(Plant.Unit(Plant.Update($"WO-R{n}", 1, "Planned"))),
                log.CommitAsync(Plant.Unit(Plant.Update($"WO-R{n}", 1, "Cancelled")))
            );
            Assert.Single(results.OfType<CommitResult.Committed>());
            Assert.Equal("OrderUpdate", Assert.Single(results.OfType<CommitResult.Missed>()).Premise);
        }
    }

    [Fact]
    public async Task A_row_written_twice_by_one_unit_is_a_bug_that_harms_nobody_else()
    {
        await CommittedAsync(Plant.Order("WO-B"));
        var twice = log.CommitAsync(Plant.Unit(Plant.Update("WO-B", 1), Plant.Update("WO-B", 1)));
        var once = log.CommitAsync(Plant.Unit(Plant.Update("WO-B", 1)));
        await Assert.ThrowsAsync<ArgumentException>(() => twice);
        Assert.IsType<CommitResult.Committed>(await once);
    }

    public static TheoryData<string, decimal, decimal, int, LotUse, decimal, decimal, string?> Uses() =>
        new()
        {
            // status, on hand, reserved, days to expiry (0 none), use, Δ on hand, Δ reserved → status after, or null: refused
            { "Available", 10, 0, 0, LotUse.Free, 0, 4, "Available" },
            { "Available", 10, 0, 0, LotUse.Free, 0, 10, "Depleted" },
            { "Available", 10, 0, 0, LotUse.Free, 0, 10.001m, null },
            { "Available", 10, 4, 0, LotUse.Free, -6, 0, "Depleted" },
            { "Available", 10, 4, 0, LotUse.Free, -7, 0, null },
            { "Available", 10, 0, 1, LotUse.Free, 0, 1, "Available" },
            { "Available", 10, 0, -1, LotUse.Free, 0, 1, null },
            { "Quarantine", 10, 0, 0, LotUse.Free, 0, 1, null },
            { "Rejected", 10, 0, 0, LotUse.Free, 0, 1, null },
            { "Depleted", 10, 10, 0, LotUse.Own, -4, -4, "Depleted" },
            { "Depleted", 10, 10, 0, LotUse.Own, -11, -11, null },
            { "Depleted", 10, 10, -1, LotUse.Own, -4, -4, null },
            { "Expired", 10, 10, -1, LotUse.Own, -4, -4, null },
            { "Depleted", 10, 10, 0, LotUse.Any, 0, -4, "Available" },
            { "Expired", 10, 10, -1, LotUse.Any, 0, -10, "Expired" },
            { "Quarantine", 10, 0, 0, LotUse.Any, -10, 0, "Quarantine" },
            { "Available", 10, 0, 0, LotUse.Any, -10, 0, "Depleted" },
            { "Depleted", 0, 0, 0, LotUse.Any, 5, 0, "Available" },
            { "Available", 10, 2, 0, LotUse.Any, 0, -3, null },
            { "Available", 10, 2, 0, LotUse.Any, -9, 0, null },
        };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_lot_gives_what_its_use_allows(
        string status,
        decimal onHand,
        decimal reserved,
        int days,
        LotUse use,
        decimal changeOnHand,
        decimal changeReserved,
        string? after
    )
    {
        var code = $"U-{Guid.NewGuid():N}";
        DateOnly? expires =
            days == 0 ? null
            : days > 0 ? Tomorrow
            : Plant.Today;
        await CommittedAsync(Plant.Lot(code, onHand, status, expires) with { Reserved = reserved });
        var result = await log.CommitAsync(Plant.Unit(new LotChange(code, changeOnHand, changeReserved, use, Plant.Today)));
        Assert.Equal(after is not null, result is CommitResult.Committed);
        Assert.Equal(after ?? status, await Plant.AskAsync<string>(source, $"select status from lot where code = '{code}'"));
        Assert.Equal(after is null ? 1 : 2, await Plant.AskAsync<int>(source, $"select version from lot where code = '{code}'"));
    }

    [Fact]
    public async Task A_decision_on_a_lot_and_a_reservation_of_it_never_stand_under_one_version()
    {
        await CommittedAsync(Plant.Lot("D", 10));
        var results = await Task.WhenAll(
            log.CommitAsync(Plant.Unit(Plant.Reserve("D", 1))),
            log.CommitAsync(Plant.Unit(new LotStatusChange("D", 1, "Rejected"))),
            log.CommitAsync(Plant.Unit(Plant.Reserve("D", 1)))
        );
        var committed = results.Count(r => r is CommitResult.Committed);
        Assert.Equal(
            await Plant.AskAsync<int>(source, "select version from lot where code = 'D'"),
            await Plant.AskAsync<long>(source, "select count(*) from event where subject = 'lot:D'")
        );
        Assert.InRange(committed, 1, 2);
    }

    [Fact]
    public async Task A_lot_inserted_and_changed_at_once_has_one_version_and_one_event()
    {
        await CommittedAsync(Plant.Lot("N", 10), Plant.Reserve("N", 4), new LotEvent("N", "eva", "because"));
        Assert.Equal(1, await Plant.AskAsync<int>(source, "select version from lot where code = 'N'"));
        Assert.Equal(
            "eva because 4",
            await Plant.AskAsync<string>(
                source,
                "select concat_ws(' ', actor, data ->> 'reason', data ->> 'reserved') from event where subject = 'lot:N'"
            )
        );
    }

    private async Task CommittedAsync(params IRow[] rows) =>
        Assert.IsType<CommitResult.Committed>(await log.CommitAsync(Plant.Unit(rows)));

    private Task<string> FingerprintAsync() =>
        Plant.AskAsync<string>(
            source,
            "select concat_ws(',', (select string_agg(o::text, ';' order by id) from production_order o), "
                + "(select string_agg(l::text, ';' order by code) from lot l), (select count(*) from event))"
        );
}
