using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Plant.Simulation.Clients;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Lines: assign, divide, reunite, reorder, shifts.</summary>
internal static class LineCommands
{
    private const string Assignable = "status in ('Draft', 'Planned', 'InProgress') and kind <> 'partial'";

    public static async Task<Command?> AssignAsync(Desk desk)
    {
        if (await desk.OrderAsync(Assignable) is not { } number)
            return null;
        var (line, split) = (desk.Once(15) ? desk.Any("L3", "L9") : desk.Any("L1", "L2"), desk.Once(2));
        return Command.Of(
            $"POST orders/{number}/assign-line",
            new { line, split },
            (host, context) => host.Order(number).AssignLine(line, split, context),
            a => a.Rest is { } rest ? Made.Nothing with { Orders = [rest.Number] } : Made.Nothing
        );
    }

    public static async Task<Command?> UnassignAsync(Desk desk) =>
        await desk.OrderAsync("line is not null and status in ('Draft', 'Planned', 'InProgress')") is { } number
            ? OrderCommands.Do(number, "unassign-line", (order, context) => order.UnassignLine(context))
            : null;

    /// <summary>A division by hand: parts that add up, on lines that there are; sometimes as the plant itself would propose.</summary>
    public static async Task<Command?> SplitAllAsync(Desk desk)
    {
        var found = await desk.PickAsync(
            "number || '|' || trunc(quantity)",
            "production_order",
            "status in ('Draft', 'Planned') and quantity > 3 and material in ('JEAN', 'SEAT', 'PIN')",
            "id"
        );
        if (found is null)
            return null;
        var number = found.Split('|')[0];
        var quantity = decimal.Parse(found.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture);
        var first = Math.Max(1, Math.Floor(quantity / desk.Between(2, 3)));
        var own = new SplitPlan([new(desk.Any("L1", "L2"), first), new(desk.Any("L1", "L2"), quantity - first)]);
        var proposed = desk.Once(2);
        // What was proposed once is what is asked for, also when it has to be asked again.
        SplitPlan? plan = proposed ? null : own;
        return Command.Of(
            $"POST orders/{number}/split-all",
            new { own, proposed },
            async (host, context) =>
            {
                if (plan is null && await host.Order(number).ProposeSplit() is var proposal)
                {
                    if (proposal.Problem is { } no)
                        return no;
                    plan = proposal.Value;
                }

                return await host.Order(number).SplitAll(plan!, context);
            },
            d => Made.Nothing with { Orders = [.. d.Parts.Select(p => p.Number)] }
        );
    }

    public static async Task<Command?> UndoSplitAsync(Desk desk)
    {
        if (
            await desk.PickAsync(
                "parent || '|' || number",
                "(select * from production_order where parent is not null) o",
                "kind = 'split' and status <> 'Cancelled'",
                "id"
            )
            is not { } found
        )
            return null;
        var (parent, part) = (found.Split('|')[0], found.Split('|')[1]);
        return Command.Of(
            $"POST orders/{parent}/undo-split",
            new { part },
            (host, context) => host.Order(parent).UndoSplit(part, context)
        );
    }

    public static async Task<Command?> ReorderAsync(Desk desk)
    {
        var line = desk.Any("L1", "L2");
        var queue = await desk.ListAsync(
            "select number from production_order where line = $1 and status in ('Draft', 'Planned', 'InProgress') order by line_position, id",
            line
        );
        if (queue.Count < 2)
            return null;
        var sequence = new QueueSequence([.. desk.Some(queue).OrderBy(_ => desk.Roll(1000))]);
        return Command.Of(
            $"POST lines/{line}/reorder",
            sequence,
            (host, context) => host.Grains.GetGrain<IProductionLineGrain>(line).Reorder(sequence, context)
        ) with
        {
            AnswersTheSame = false,
        };
    }

    public static Task<Command?> ShiftsAsync(Desk desk)
    {
        var line = desk.Any("L1", "L2");
        var stop = desk.Now.AddHours(desk.Between(0, 30));
        var calendar = new CalendarData(
            [
                new(
                    [DayOfWeek.Monday, DayOfWeek.Sunday, DayOfWeek.Friday],
                    new(desk.Between(0, 23), 0),
                    new(desk.Between(0, 23), 30)
                ),
            ],
            desk.Once(2) ? [] : [new(stop, stop.AddHours(desk.Between(0, 5)), desk.Mark)]
        );
        return Task.FromResult<Command?>(
            Command.Of(
                $"PUT lines/{line}/shifts",
                calendar,
                (host, context) => host.Grains.GetGrain<IProductionLineGrain>(line).SaveCalendar(calendar, context)
            )
        );
    }
}
