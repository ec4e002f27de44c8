using System.Collections.Immutable;
using Manufactura.Domain.Matrices;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Plant.Simulation.Clients;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Matrices: distribute, edit cells, produce lots.</summary>
internal static class MatrixCommands
{
    private sealed record CellRow(string X, string Y, decimal Planned, decimal ToProduce, decimal Outstanding, int Version);

    public static async Task<Command?> RecalculateAsync(Desk desk)
    {
        if (await desk.OrderAsync("matrix_state = 'pending' and status <> 'Cancelled'") is not { } number)
            return null;
        var empty = (await CellsAsync(desk, number)).Count == 0;
        string[] y = desk.Some(["S", "M", "L"]);
        var choice =
            empty || desk.Once(3)
                ? new MatrixChoice(
                    [.. desk.Some(["T1", "T2"])],
                    [.. y],
                    [.. y.Select(v => new CurvePoint(v, desk.Between(1, 4)))]
                )
                : null;
        return Command.Of(
            $"POST orders/{number}/matrix/recalculate",
            new { choice },
            (host, context) => host.Order(number).Recalculate(choice, context)
        );
    }

    public static async Task<Command?> EditPlannedAsync(Desk desk) =>
        await desk.OrderAsync("matrix_state = 'pending' and status <> 'Cancelled'") is { } number
            ? Edit(number, await EditsAsync(desk, number, CellField.Planned, c => c.Planned + desk.Between(-2, 2)))
            : null;

    public static async Task<Command?> EditToProduceAsync(Desk desk) =>
        await desk.OrderAsync("matrix_state in ('planned', 'progress') and status in ('Planned', 'InProgress')") is { } number
            ? Edit(
                number,
                await EditsAsync(
                    desk,
                    number,
                    CellField.ToProduce,
                    c => desk.Once(3) ? c.Outstanding : desk.Between(0, (int)Math.Max(0, c.Outstanding))
                )
            )
            : null;

    public static async Task<Command?> ProduceAsync(Desk desk)
    {
        const string Ready =
            "matrix_state = 'progress' and exists (select from matrix_cell c where c.production_order = number and c.to_produce > 0)";
        if (await desk.OrderAsync(Ready) is not { } number)
            return null;
        var backorder = desk.Once(2);
        return Command.Of(
            $"POST orders/{number}/produce-lots",
            new { backorder },
            (host, context) => host.Order(number).ProduceLots(backorder, context),
            p => Made.Nothing with { Orders = p.Orders, Lots = p.Lots, Entries = p.JournalEntry is { } e ? [e] : [] }
        );
    }

    private static Command? Edit(string number, ImmutableArray<CellChange> cells) =>
        cells.IsEmpty
            ? null
            : Command.Of(
                $"PATCH orders/{number}/matrix/cells",
                new { cells },
                (host, context) => host.Order(number).EditCells(new(cells), context)
            );

    private static async Task<ImmutableArray<CellChange>> EditsAsync(
        Desk desk,
        string number,
        CellField field,
        Func<CellRow, decimal> value
    )
    {
        var cells = await CellsAsync(desk, number);
        return cells.Count == 0
            ? []
            :
            [
                .. desk.Some(cells)
                    .Select(c => new CellChange(
                        c.X,
                        c.Y,
                        field,
                        desk.Once(40) ? desk.Any(-1, 1.5m, 1000) : Math.Max(0, value(c)),
                        desk.Roll(8) switch
                        {
                            0 => c.Version - 1,
                            < 4 => c.Version,
                            _ => null,
                        }
                    )),
            ];
    }

    private static Task<List<CellRow>> CellsAsync(Desk desk, string number) =>
        desk.ListAsync(
            "select x, y, planned, to_produce, planned - produced - moved, version from matrix_cell where production_order = $1 order by x, y",
            r => new CellRow(r.GetString(0), r.GetString(1), r.GetDecimal(2), r.GetDecimal(3), r.GetDecimal(4), r.GetInt32(5)),
            number
        );
}
