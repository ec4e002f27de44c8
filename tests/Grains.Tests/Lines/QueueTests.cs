using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.DependencyInjection;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>The sequence of a line, and planning by many at once.</summary>
public sealed class QueueTests(LineFixture plant) : IClassFixture<LineFixture>
{
    [Fact]
    public async Task The_named_orders_come_first_and_all_others_follow_as_they_stood()
    {
        await plant.LineAsync("LQ", 100, ["P"]);
        var numbers = await QueueAsync("LQ", 6);
        var view = Ok(await plant.Line("LQ").Reorder(new([numbers[4], numbers[0]]), Ana));
        string[] wanted = [numbers[4], numbers[0], numbers[1], numbers[2], numbers[3], numbers[5]];
        Assert.Equal(wanted, view.Queue.Select(q => q.Number));
        Assert.Equal(2, (await plant.ReadAsync(numbers[4])).Version - (await plant.ReadAsync(numbers[5])).Version + 1);
        // The order's own memory noticed: its next command does not put the old place back.
        Ok(await plant.Order(numbers[4]).Start(Ana));
        Assert.Equal(wanted, (await plant.LoadAsync("LQ")).Queue.Select(q => q.Number));
        var no = (await plant.Line("LQ").Reorder(new([numbers[1], "WO-9999"]), Ana)).Problem!;
        Assert.Equal(("invalid-state", "La orden WO-9999 ya no está en la cola de la línea."), (no.Code, no.Es));
        Assert.Equal("not-found", (await plant.Line("L0").Reorder(new([]), Ana)).Problem!.Code);
        await plant.SoundAsync();
    }

    [Fact]
    public async Task Many_reorderings_at_once_lose_nobody_and_no_place_is_given_twice()
    {
        await plant.LineAsync("LR", 100, ["P"]);
        var numbers = await QueueAsync("LR", 12);
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(async i => Ok(await plant.Line("LR").Reorder(new([numbers[i * 5 % 12], numbers[(i * 5 + 7) % 12]]), Ana)))
        );
        Assert.Equal(numbers.Order(), (await plant.LoadAsync("LR")).Queue.Select(q => q.Number).Order());
        await plant.SoundAsync();
    }

    [Fact]
    public async Task Five_hundred_orders_planned_onto_eight_lines_by_sixteen_callers_at_once()
    {
        string[] lines = [.. Enumerable.Range(1, 8).Select(i => $"M{i}")];
        foreach (var line in lines)
            await plant.LineAsync(line, 40, ["P"]);
        var random = new Random(7);
        int[] quantities = [.. Enumerable.Range(0, 500).Select(_ => random.Next(10, 61))];
        var ordered = quantities.Sum();
        var numbers = await Task.WhenAll(quantities.Select(q => plant.MakeAsync(q, plan: false)));
        var next = -1;
        var busy = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async caller =>
                {
                    while (Interlocked.Increment(ref next) is var i && i < 1000)
                    {
                        // Every order is wanted twice, by two callers and on two lines.
                        var number = numbers[i / 2];
                        var answer = await plant.Order(number).AssignLine(lines[(i + caller) % 8], true, Ana);
                        if (answer.Problem is { } problem)
                        {
                            Assert.Equal("busy", problem.Code);
                            Interlocked.Increment(ref busy);
                        }
                    }
                })
        );
        Assert.Equal(0, busy);
        var total = await plant.ScalarAsync<decimal>(
            "select sum(quantity) from production_order o where material = 'P' and (o.line like 'M%' or o.parent is not null or o.number = any ('{"
                + string.Join(',', numbers)
                + "}'))"
        );
        Assert.Equal(ordered, total);
        Assert.Equal(500L, await plant.ScalarAsync<long>("select count(*) from production_order where line like 'M%'"));
        Assert.Equal(
            0L,
            await plant.ScalarAsync<long>(
                "select count(*) - count(distinct (line, line_position)) from production_order where line like 'M%'"
            )
        );
        var inQueues = new List<string>();
        foreach (var line in lines)
        {
            var load = await plant.LoadAsync(line);
            Assert.Equal(load.AssignedKg, load.Queue.Sum(q => q.Kg));
            inQueues.AddRange(load.Queue.Select(q => q.Number));
        }

        Assert.Equal(numbers.Order(), inQueues.Order());
        await plant.SoundAsync();
    }

    [Fact]
    public async Task A_place_that_another_activation_gave_away_is_not_given_twice()
    {
        await plant.LineAsync("LX", 100, ["P"]);
        var (first, second, other) = (await plant.MakeAsync(10), await plant.MakeAsync(10), await plant.MakeAsync(10));
        Ok(await plant.Order(first).AssignLine("LX", false, Ana));
        await plant.LoadAsync("LX");
        // As a second activation of the line would: the place behind the last one is taken, and nobody is told.
        await plant.ExecuteAsync(
            $"""
            update production_order set line = 'LX', line_position = (select line_position + 1 from production_order where number = '{first}')
            where number = '{other}'
            """
        );
        Ok(await plant.Order(second).AssignLine("LX", false, Ana));
        Assert.Equal(3, (await plant.LoadAsync("LX")).Queue.Select(q => q.Position).Distinct().Count());
    }

    [Fact]
    public async Task A_calendar_is_the_default_until_one_is_set_and_then_tells_when_orders_are_made()
    {
        await plant.LineAsync("LC", 80, ["P"]);
        await QueueAsync("LC", 3, 80);
        Assert.True((await plant.Line("LC").Calendar())!.IsDefault);
        DayOfWeek[] week = Enum.GetValues<DayOfWeek>();
        var set = new CalendarData([new([.. week], new(0, 0), new(12, 0)), new([.. week], new(12, 0), new(0, 0))], []);
        Assert.False(Ok(await plant.Line("LC").SaveCalendar(set, Ana)).IsDefault);
        var load = await plant.LoadAsync("LC");
        Assert.True(load.Working);
        // One shift of 12 hours each, one after the other, from now on.
        Assert.All(load.Queue, q => Assert.Equal(12, (q.End!.Value - q.Start!.Value).TotalHours, 3));
        Assert.Equal(load.Queue[0].End, load.Queue[1].Start);
        var no = (await plant.Line("LC").SaveCalendar(new([], []), Ana)).Problem!;
        Assert.Equal("Indique al menos un turno.", no.Es);
        Assert.Equal(2, (await plant.Line("LC").Calendar())!.Shifts.Length);
        await plant.Line("LC").SaveCalendar(set, Ana);
        Assert.Equal(2, await plant.ScalarAsync<int>("select version from line_calendar where line = 'LC'"));
    }

    private async Task<string[]> QueueAsync(string line, int count, decimal quantity = 10)
    {
        var numbers = new string[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = await plant.MakeAsync(quantity);
            Ok(await plant.Order(numbers[i]).AssignLine(line, false, Ana));
        }

        return numbers;
    }
}
