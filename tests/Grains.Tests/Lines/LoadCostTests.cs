using System.Diagnostics;
using Manufactura.Grains.Interfaces.Lines;
using Xunit.Abstractions;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>What a line's load costs, by the length of its queue.</summary>
public sealed class LoadCostTests(LineFixture plant, ITestOutputHelper output) : IClassFixture<LineFixture>
{
    [Fact]
    public async Task The_load_of_five_thousand_queued_orders_costs_what_fifty_cost()
    {
        // Three orders to a shift: the long queue reaches as far ahead as anything is foretold.
        await plant.LineAsync("SHORT", 30, ["P"]);
        await plant.LineAsync("LONG", 30, ["P"]);
        await FillAsync("SHORT", 50);
        await FillAsync("LONG", 5000);
        await plant.ExecuteAsync("analyze production_order");
        Assert.Equal(50, (await plant.LoadAsync("SHORT")).QueueLength);
        Assert.Equal(5000, (await plant.LoadAsync("LONG")).QueueLength);
        var (few, many) = (new List<double>(), new List<double>());
        for (var i = 0; i < 200; i++)
        {
            few.Add(await TimeAsync(plant.Line("SHORT")));
            many.Add(await TimeAsync(plant.Line("LONG")));
        }

        var (short_, long_) = (Median(few), Median(many));
        output.WriteLine($"Load with 50 queued: {short_:F3} ms, with 5,000: {long_:F3} ms, ratio {long_ / short_:F2}");
        // Far above what was measured and far below a cost that grows with the queue (a hundredfold).
        Assert.True(long_ < 4 * short_, $"{long_:F3} ms against {short_:F3} ms");
        Assert.Equal(50_000, (await plant.LoadAsync("LONG")).AssignedKg);
        var number = await plant.MakeAsync(10);
        Ok(await plant.Order(number).AssignLine("LONG", false, Ana));
        Assert.Equal((5001, 50_010m), ((await plant.LoadAsync("LONG")).QueueLength, (await plant.LoadAsync("LONG")).AssignedKg));
    }

    [Theory]
    [InlineData("select 1 from event where subject = 'line:PLAN' and id > 1000", "event_p0_subject_id_idx")]
    [InlineData("select 1 from event where also = 'line:PLAN' and id > 1000", "event_p0_also_id_idx")]
    [InlineData("select 1 from event where type in ('material-changed', 'plant-imported') and id > 1000", "event_p0_type_id_idx")]
    [InlineData(
        "select 1 from production_order where status in ('Draft', 'Planned', 'InProgress') and line = 'PLAN'",
        "production_order_queue"
    )]
    [InlineData(
        "select 1 from production_order where line = 'PLAN' and finished_at >= now() - interval '1 hour'",
        "production_order_made"
    )]
    public async Task News_and_queue_of_a_line_are_found_by_index(string sql, string index)
    {
        if (await plant.ScalarAsync<long>("select count(*) from production_order where observations = 'plan'") == 0)
            await plant.ExecuteAsync(
                """
                insert into production_line (code, name, capacity_kg) values ('PLAN', 'Plan', 100), ('PLAN2', 'Plan', 100);
                insert into production_order (number, status, material, quantity, line, line_position, observations, created_by, created_at, updated_at, finished_at)
                select 'PL-' || n, case when n % 200 = 0 then 'Planned' else 'Done' end, 'P', 10, case when n % 2 = 0 then 'PLAN' else 'PLAN2' end, n,
                    'plan', 'ana', now(), now(), now() - n * interval '1 minute'
                from generate_series(1, 30000) n;
                insert into event (type, subject, also, actor, data)
                select 'order-changed', 'order:PL-' || n, 'line:PLAN' || n % 50, 'ana', '{}' from generate_series(1, 30000) n;
                analyze production_order;
                analyze event;
                """
            );
        var plan = new List<string>();
        await using (var command = plant.Data.CreateCommand("explain " + sql))
        await using (var r = await command.ExecuteReaderAsync())
            while (await r.ReadAsync())
                plan.Add(r.GetString(0));
        var text = string.Join('\n', plan);
        output.WriteLine(text);
        Assert.Contains(index, text);
        Assert.DoesNotContain("Seq Scan on production_order", text);
        Assert.DoesNotContain("Seq Scan on event_p0", text);
    }

    private Task FillAsync(string line, int count) =>
        plant.ExecuteAsync(
            $$"""
            insert into production_order (number, status, material, quantity, line, line_position, created_by, created_at, updated_at)
            select '{{line}}-' || n, 'Planned', 'P', 10, '{{line}}', n, 'ana', now(), now() from generate_series(1, {{count}}) n;
            insert into event (type, subject, actor, data) values ('line-changed', 'line:{{line}}', 'ana', '{}')
            """
        );

    private static async Task<double> TimeAsync(IProductionLineGrain line)
    {
        var start = Stopwatch.GetTimestamp();
        await line.Load(50);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
