using System.Text.Json;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary><c>line-load-changed</c> follows everything that changes a line's load, and its last word is the truth.</summary>
public sealed class TellTests(LineFixture plant) : IClassFixture<LineFixture>
{
    public static TheoryData<string> Changes =>
        [
            "assign",
            "divide",
            "move",
            "unassign",
            "start",
            "finish",
            "cancel",
            "produce",
            "reorder",
            "merge",
            "capacity",
            "weight",
            "shifts",
        ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Every_change_of_a_load_is_told_with_the_values_to_show(string change)
    {
        var line = "T" + change;
        await plant.LineAsync(line, 100, ["P", "J"]);
        await plant.LineAsync(line + "2", 100, ["P", "J"]);
        var jeans = change == "produce";
        var number = await plant.MakeAsync(80, jeans ? "J" : "P", matrix: jeans ? Jeans : null);
        var other = await plant.MakeAsync(150);
        Ok(await plant.Order(number).AssignLine(line, false, Ana));
        string? part = null;
        if (change is "merge" or "reorder")
            part = Ok(await plant.Order(other).AssignLine(line, true, Ana)).Rest?.Number;
        if (change is "finish" or "produce")
            Ok(await plant.Order(number).Start(Ana));
        await plant.ToldAsync(line);
        var before = await plant.LastToldAsync(line);

        switch (change)
        {
            case "assign":
                Ok(await plant.Order(await plant.MakeAsync(70)).AssignLine(line, false, Ana));
                break;
            case "divide":
                Ok(await plant.Order(other).AssignLine(line, true, Ana));
                break;
            case "move":
                Ok(await plant.Order(number).AssignLine(line + "2", false, Ana));
                break;
            case "unassign":
                Ok(await plant.Order(number).UnassignLine(Ana));
                break;
            case "start":
                Ok(await plant.Order(number).Start(Ana));
                break;
            case "finish":
                Ok(await plant.Order(number).Finish(Ana));
                break;
            case "cancel":
                Ok(await plant.Order(number).Cancel(Ana));
                break;
            case "produce":
                Ok(await plant.Order(number).EditCells(new([new("A", "28", Domain.Matrices.CellField.ToProduce, 5, null)]), Ana));
                Ok(await plant.Order(number).ProduceLots(true, Ana));
                break;
            case "reorder":
                Ok(await plant.Line(line).Reorder(new([other]), Ana));
                break;
            case "merge":
                Ok(await plant.Order(other).UndoSplit(part!, Ana));
                break;
            case "capacity":
                await plant.LineAsync(line, 50, ["P", "J"]);
                break;
            case "weight":
                Ok(
                    await plant.Plant.SaveMaterial(
                        new("P", "Pantalón", Domain.Materials.MaterialKind.FinishedProduct, "pcs", 9m, 2m),
                        Grains.Interfaces.Plant.SaveMode.Replace,
                        Ana
                    )
                );
                break;
            default:
                Ok(await plant.Line(line).SaveCalendar(new([new([DayOfWeek.Monday], new(6, 0), new(7, 0))], []), Ana));
                break;
        }

        await plant.ToldAsync(line);
        var told = await plant.LastToldAsync(line);
        Assert.True(told.Id > before.Id);
        var truth = await plant.LoadAsync(line, 50);
        var load = told.Data.Deserialize<LineLoadView>(MessageJson.Options)!;
        Assert.Equal(
            (truth.AssignedKg, truth.Percent, truth.Saturated, truth.CapacityKg, truth.ProducedToday, truth.PlannedToday),
            (load.AssignedKg, load.Percent, load.Saturated, load.CapacityKg, load.ProducedToday, load.PlannedToday)
        );
        Assert.Equal(
            truth.Queue.Select(q => (q.Number, q.Position, q.Status, q.Kg)),
            load.Queue.Select(q => (q.Number, q.Position, q.Status, q.Kg))
        );
        foreach (
            var member in (string[])
                ["line", "capacityKg", "assignedKg", "percent", "saturated", "queue", "producedToday", "plannedToday"]
        )
            Assert.True(told.Data.TryGetProperty(member, out _), member);
        if (change == "weight")
            Ok(
                await plant.Plant.SaveMaterial(
                    new("P", "Pantalón", Domain.Materials.MaterialKind.FinishedProduct, "pcs", 9m, 1m),
                    Grains.Interfaces.Plant.SaveMode.Replace,
                    Ana
                )
            );
    }

    [Fact]
    public async Task After_a_storm_the_last_told_state_is_the_last_state()
    {
        await plant.LineAsync("TS", 1000, ["P"]);
        var numbers = new List<string>();
        for (var i = 0; i < 40; i++)
            numbers.Add(await plant.MakeAsync(10));
        await Task.WhenAll(
            numbers.Select(
                async (number, i) =>
                {
                    Ok(await plant.Order(number).AssignLine("TS", false, Ana));
                    if (i % 3 == 0)
                        Ok(await plant.Order(number).UnassignLine(Ana));
                    if (i % 5 == 0)
                        Ok(await plant.Order(number).Cancel(Ana));
                }
            )
        );
        await plant.ToldAsync("TS");
        var told = (await plant.LastToldAsync("TS")).Data;
        var truth = await plant.LoadAsync("TS", 50);
        Assert.Equal(truth.AssignedKg, told.GetProperty("assignedKg").GetDecimal());
        Assert.Equal(
            truth.Queue.Select(q => q.Number),
            told.GetProperty("queue").EnumerateArray().Select(q => q.GetProperty("number").GetString())
        );
    }

    [Fact]
    [Trait("Category", "Timing")]
    public async Task A_change_is_told_within_two_seconds()
    {
        await plant.LineAsync("TT", 1000, ["P"]);
        for (var i = 0; i < 5; i++)
        {
            var number = await plant.MakeAsync(10);
            Ok(await plant.Order(number).AssignLine("TT", false, Ana));
            await plant.ToldAsync("TT");
            var delay = await plant.ScalarAsync<double>(
                $"""
                select extract(epoch from told.at - cause.at)::float8
                from (select id, at from event where subject = 'order:{number}' order by id desc limit 1) cause
                cross join lateral (
                    select at from event where subject = 'line:TT' and type = 'line-load-changed' and id > cause.id order by id limit 1
                ) told
                """
            );
            Assert.InRange(delay, 0, 2);
        }
    }
}
