using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Tests.Supply;
using Microsoft.Extensions.Hosting;
using Npgsql;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Alerts;

/// <summary>A day of the plant's clock in which ten thousand conditions come and go: each crossing is one alert, none is missing.</summary>
public sealed class FlappingTests : IAsyncLifetime
{
    private const int Conditions = 10_000;
    private const int Hours = 24;
    private const int FlipsPerHour = 1_000;

    /// <summary>These cross several times while nobody looks.</summary>
    private const int Restless = 200;

    private readonly SupplyPlant plant = new();
    private readonly Random random = new(20_261_127);
    private readonly bool[] low = new bool[Conditions];
    private readonly int[] fell = new int[Conditions];
    private readonly int[] rose = new int[Conditions];

    public async Task InitializeAsync()
    {
        await plant.InitializeAsync();
        await plant.ExecuteAsync(
            $"""
            insert into material (code, name, kind, unit, min_stock)
            select 'F' || i, 'Material ' || i, 'RawMaterial', 'm', 10 from generate_series(0, {Conditions - 1}) i;
            insert into lot (code, material, status, quantity, on_hand, location, received_at)
            select 'F' || i, 'F' || i, 'Available', 20, 20, 'BOD', now() from generate_series(0, {Conditions - 1}) i;
            analyze
            """
        );
    }

    public Task DisposeAsync() => plant.DisposeAsync();

    [Fact]
    public async Task Of_ten_thousand_conditions_that_come_and_go_for_a_day_none_is_told_twice_and_none_is_lost()
    {
        var host = await plant.StartAsync();
        for (var hour = 0; hour < Hours; hour++)
        {
            var flipped = Enumerable.Range(0, FlipsPerHour).Select(_ => random.Next(Restless, Conditions)).Distinct().ToArray();
            foreach (var i in flipped)
                Count(i);
            await WriteAsync(flipped);
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var restless = Enumerable.Range(0, Restless).Where(_ => random.Next(2) == 0).ToArray();
                foreach (var i in restless)
                    Count(i);
                await WriteAsync(restless);
            }

            await SettledAsync($"hour {hour}");
            if (hour % 3 == 2)
                await plant.ExecuteAsync(TakeSome);
            plant.Clock.Advance(TimeSpan.FromHours(1));
            await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Wake();
        }

        await CountsAsync();
    }

    private void Count(int i)
    {
        low[i] = !low[i];
        (low[i] ? fell : rose)[i]++;
    }

    /// <summary>What the plant has of these now, committed with its events as the plant would.</summary>
    private async Task WriteAsync(int[] flipped)
    {
        await using var command = plant.Database.CreateCommand(
            """
            with now as (
                update lot l set on_hand = u.on_hand, version = l.version + 1
                from unnest($1::text[], $2::numeric[]) as u (code, on_hand)
                where l.code = u.code
                returning l.code, l.version, l.on_hand
            )
            insert into event (type, subject, also, version, actor, data)
            select 'lot-changed', 'lot:' || code, 'material:' || code, version, 'test',
                jsonb_build_object('code', code, 'material', code, 'status', 'Available', 'available', on_hand)
            from now
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = flipped.Select(i => $"F{i}").ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = flipped.Select(i => low[i] ? 5m : 20m).ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until exactly what is low has an alert that stands.</summary>
    private async Task SettledAsync(string when)
    {
        var expected = Enumerable
            .Range(0, Conditions)
            .Where(i => low[i])
            .Select(i => $"F{i}")
            .Order(StringComparer.Ordinal)
            .ToArray();
        await UntilAsync(
            async () => expected.SequenceEqual(await StandingAsync()),
            $"what is low is told, at {when}",
            seconds: 120
        );
    }

    private async Task<List<string>> StandingAsync() =>
        [
            .. await plant.AskAsync<string[]>(
                "select coalesce(array_agg(subject order by subject), '{}') from alert where kind = 'low-stock' and state <> 'cleared' and subject like 'F%'"
            ),
        ];

    private async Task CountsAsync()
    {
        var raised = new Dictionary<string, (int All, int Cleared)>(StringComparer.Ordinal);
        await using (
            var command = plant.Database.CreateCommand(
                "select subject, count(*)::int, (count(*) filter (where state = 'cleared'))::int from alert where subject like 'F%' group by 1"
            )
        )
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                raised[reader.GetString(0)] = (reader.GetInt32(1), reader.GetInt32(2));
        for (var i = Restless; i < Conditions; i++)
            Assert.Equal((fell[i], rose[i]), raised.GetValueOrDefault($"F{i}"));
        for (var i = 0; i < Restless; i++)
            Assert.InRange(raised.GetValueOrDefault($"F{i}").All, low[i] ? 1 : 0, fell[i]);
        Assert.True(fell.Sum() > Hours * FlipsPerHour / 3);
        // Each raising and each change has its one event, and who was not attended within eight hours was escalated, once.
        Assert.Equal(0, await plant.AskAsync<long>(Untold));
        Assert.Equal(0, await plant.AskAsync<long>(Unescalated(plant.Clock.GetUtcNow())));
        Assert.True(await plant.AskAsync<long>("select count(*) from alert where escalated_at is not null") > 100);
    }

    private const string TakeSome = """
        with taken as (
            update alert set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 'ana', version = version + 1
            where state = 'active' and id % 3 = 0
            returning id, version, alert as a
        )
        insert into event (type, subject, version, actor, data)
        select 'alert-changed', 'alert:' || id, version, 'ana', alert_json(a) from taken
        """;

    private const string Untold = """
        select count(*)
        from alert a
        left join (
            select subject, count(*) filter (where type = 'alert-raised') as raised, count(*) filter (where type = 'alert-changed') as changed
            from event where subject like 'alert:%' group by subject
        ) e on e.subject = 'alert:' || a.id
        where e.raised is distinct from 1 or e.changed is distinct from a.version - 1
        """;

    private static string Unescalated(DateTimeOffset now) =>
        $"""
            select count(*) from alert
            where (state = 'active' and escalated_at is null and raised_at <= '{now.AddHours(-8).AddMinutes(-5):O}')
                or (escalated_at < raised_at + interval '8 hours')
            """;
}
