using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Lines;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Storage.Queries;
using LoadOf = Manufactura.Domain.Lines.LineLoad;

namespace Manufactura.Grains.Lines;

public sealed partial class ProductionLineGrain
{
    /// <summary>Shifts that a load looks ahead.</summary>
    private const int ShiftsAhead = 6;

    private async Task<LineLoadView> ViewAsync(LineMemory line, int queue)
    {
        var today = clock.Today;
        if (line.Produced is not { } made || made.Day != today)
            line.Produced = made = (today, await lines.ProducedAsync(Code, clock.StartOf(today)));
        var now = clock.Now;
        var load = new LoadOf(line.State.CapacityKg, line.Queue.Kg.Plain());
        var planned = (made.Units + line.Due).Plain();
        var part = line.Timeline.PartDone(clock.StartOf(today), clock.StartOf(today.AddDays(1)), now);
        return new(
            Code,
            line.State.Name,
            line.State.Active,
            load.CapacityKg,
            load.AssignedKg,
            load.Percent,
            load.Saturated,
            made.Units.Plain(),
            planned,
            line.Queue.InSequence.Count,
            Entries(line, queue),
            FirstFree(line),
            line.Timeline.Works(now),
            line.Queue.Units.Plain(),
            LineProgress.PlannedNow(planned, part),
            Shifts(line)
        );
    }

    private ImmutableArray<QueueEntry> Entries(LineMemory line, int count)
    {
        var plan = Plan(line);
        return [.. line.Queue.InSequence.Take(count).Select(q => Entry(q, plan.Take(q.Kg)))];
    }

    private static QueueEntry Entry(QueueRow q, (DateTimeOffset Start, DateTimeOffset End)? when) =>
        new(
            q.Number,
            q.Material,
            q.MaterialName,
            Enum.Parse<OrderStatus>(q.Status),
            q.Quantity,
            q.Outstanding,
            q.Kg.Plain(),
            q.Position,
            q.DueDate,
            q.Priority,
            when?.Start,
            when?.End
        );

    private ShiftView? FirstFree(LineMemory line)
    {
        var plan = Plan(line);
        plan.Take(line.Queue.Kg);
        return plan.Free() is { } free ? new(free.Start, free.End) : null;
    }

    private ImmutableArray<ShiftLoadView> Shifts(LineMemory line)
    {
        var shifts = ImmutableArray.CreateBuilder<ShiftLoadView>();
        foreach (var (shift, capacityKg, beforeKg, assignedKg) in Plan(line).Loads(line.Queue.Kg, ShiftsAhead))
        {
            // Between two sums rounded alike, so that what is made of an order in two shifts is all of it.
            var units = Whole(line.Queue.UnitsOf(beforeKg + assignedKg)) - Whole(line.Queue.UnitsOf(beforeKg));
            var load = new LoadOf(capacityKg, assignedKg);
            shifts.Add(new(shift.Start, shift.End, Kg(capacityKg), Kg(assignedKg), assignedKg > 0 ? units : 0, load.Percent));
        }

        return shifts.ToImmutable();
    }

    private ShiftPlan Plan(LineMemory line) => new(line.Timeline, line.State.CapacityKg, clock.Now);

    private static decimal Whole(decimal units) => decimal.Round(units, 0, MidpointRounding.AwayFromZero).Plain();

    private static decimal Kg(decimal kg) => decimal.Round(kg, 3).Plain();
}
