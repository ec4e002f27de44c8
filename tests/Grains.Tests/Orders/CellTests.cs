using Manufactura.Domain.Matrices;
using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>Many people in one matrix.</summary>
public sealed class CellTests(Workshop shop) : IClassFixture<Workshop>
{
    private const int Editors = 32;
    private const int EditsEach = 6;

    [Fact]
    public async Task Of_32_editors_of_one_cell_nobody_overwrites_what_they_did_not_see()
    {
        var number = await shop.StartedAsync(100_000);
        var first = (await shop.LoadAsync(number)).Matrix!.Find("T1", "M")!;
        var written = (await Task.WhenAll(Enumerable.Range(1, Editors).Select(EditAsync))).SelectMany(w => w).ToList();

        Assert.Equal(Editors * EditsEach, written.Count);
        // Every version was made once, by exactly the edit that had seen the one before.
        Assert.Equal(Enumerable.Range(first.Version + 1, written.Count), written.Select(w => w.Version).Order());
        var last = written.MaxBy(w => w.Version);
        var cell = (await shop.LoadAsync(number)).Matrix!.Find("T1", "M")!;
        Assert.Equal((last.Version, last.Value, last.By), (cell.Version, cell.ToProduce, cell.SetBy));
        await shop.HoldsAsync();

        async Task<List<(int Version, decimal Value, string By)>> EditAsync(int editor)
        {
            var mine = new List<(int, decimal, string)>();
            var seen = first.Version;
            for (var i = 0; mine.Count < EditsEach; )
            {
                var value = editor * 100 + i;
                var change = new CellChange("T1", "M", CellField.ToProduce, value, seen);
                var answer = await shop.Order(number).EditCells(new([change]), Workshop.By($"e{editor}"));
                if (answer.Value is { } done)
                {
                    var cell = Assert.Single(done.Cells);
                    Assert.Equal((seen + 1, (decimal)value), (cell.Version, cell.ToProduce));
                    (seen, i) = (cell.Version, i + 1);
                    mine.Add((cell.Version, value, $"e{editor}"));
                    continue;
                }

                Assert.Equal("cell-conflict", answer.Problem!.Code);
                var conflict = Assert.Single(answer.Problem.Detail<CellConflict[]>("conflicts")!);
                Assert.True(conflict.Version > seen);
                Assert.NotEqual($"e{editor}", conflict.By);
                seen = conflict.Version;
            }

            return mine;
        }
    }

    [Fact]
    public async Task Edits_of_different_cells_at_once_never_conflict()
    {
        var number = await shop.StartedAsync(100_000);
        var cells = (await shop.LoadAsync(number)).Matrix!.Cells;
        await Task.WhenAll(
            cells.Select(async cell =>
            {
                for (var i = 0; i < 20; i++)
                {
                    var change = new CellChange(cell.X, cell.Y, CellField.ToProduce, i + 1, cell.Version + i);
                    (await shop.Order(number).EditCells(new([change]), Workshop.By("ana"))).Ok();
                }
            })
        );
        Assert.All((await shop.LoadAsync(number)).Matrix!.Cells, c => Assert.Equal(20, c.ToProduce));
    }

    [Fact]
    public async Task Of_a_command_with_one_stale_cell_nothing_is_written_and_all_conflicts_are_named()
    {
        var number = await shop.StartedAsync(1000);
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "S", 1), ("T2", "L", 2)), Workshop.By("beto"))).Ok();
        var before = (await shop.LoadAsync(number)).Matrix!.Cells;
        var stale = new CellChanges([
            new("T1", "S", CellField.ToProduce, 9, 1),
            new("T1", "M", CellField.ToProduce, 9, before[1].Version),
            new("T2", "L", CellField.ToProduce, 9, 1),
        ]);
        var answer = await shop.Order(number).EditCells(stale, Workshop.By("ana"));
        Assert.Equal("cell-conflict", answer.Refused());
        var conflicts = answer.Problem!.Detail<CellConflict[]>("conflicts")!;
        Assert.Equal([("T1", "S", 1m, "beto"), ("T2", "L", 2m, "beto")], conflicts.Select(c => (c.X, c.Y, c.Current, c.By)));
        Assert.Equal(before.AsEnumerable(), (await shop.LoadAsync(number)).Matrix!.Cells);
    }
}
