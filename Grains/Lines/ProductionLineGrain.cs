using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Lines;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Queries;
using Orleans.Runtime;
using Load = Manufactura.Domain.Lines.LineLoad;

namespace Manufactura.Grains.Lines;

/// <summary>
/// Serializes what happens to one line's queue: hands out places, puts orders into another sequence, knows the load. Its memory is
/// brought up to date from the event table before every answer, which costs as much as there is news however long the queue is,
/// and can miss nothing: an event is committed with what it tells of.
/// </summary>
[GrainType("production-line")]
public sealed partial class ProductionLineGrain(LineReader lines, OrderReader orders, ICommitLog log, PlantClock clock)
    : Grain,
        IProductionLineGrain
{
    private LineMemory? memory;

    // The last place handed out: higher than any committed one while commands that took a place are under way.
    private decimal lastPlace;

    private string Code => this.GetPrimaryKeyString();

    public async Task<LineLoadView?> Load(int queue) => await FreshAsync() is { } line ? await ViewAsync(line, queue) : null;

    public async Task<LineStand?> Stand(LineQuestion question)
    {
        if (await FreshAsync() is not { } line)
            return null;
        var first = LineQueue.NextPosition([line.LastPosition, lastPlace]);
        lastPlace = first + question.Places - 1;
        var own = question.Without is { } number && line.Find(number) is { } order ? order.Kg : 0;
        return new(
            Code,
            line.State.Name,
            line.State.Active,
            line.State.CapacityKg,
            line.State.Products.TryGetValue(question.Material, out var priority) ? priority : null,
            (line.AssignedKg - own).Plain(),
            first,
            question.Places == 0 ? FirstFree(line, own) : null
        );
    }

    public Task Doubt()
    {
        memory = null;
        return Task.CompletedTask;
    }

    /// <summary>What memory holds, with everything that was committed before this call.</summary>
    private async Task<LineMemory?> FreshAsync()
    {
        if (memory is { } line)
        {
            var news = await lines.NewsAsync(Code, line.LastEvent);
            if (!news.Everything)
            {
                await HearAsync(line, news);
                return line;
            }
        }

        // Events committed between the two reads are heard again: what is read is how things stand, so that does no harm.
        memory = await lines.FindAsync(Code) is { } state ? new(state, await lines.QueueAsync(Code)) : null;
        return memory;
    }

    private async Task HearAsync(LineMemory line, LineNews news)
    {
        if (news.Orders.Count > 0)
        {
            var open = await lines.OrdersAsync(news.Orders);
            foreach (var number in news.Orders.Except(open.Select(o => o.Number), StringComparer.Ordinal))
                line.Remove(number);
            foreach (var order in open)
                line.Put(order);
            line.Produced = null;
        }

        line.LastEvent = news.LastEvent;
    }

    private async Task<LineLoadView> ViewAsync(LineMemory line, int queue)
    {
        var today = clock.Today;
        if (line.Produced is not { } made || made.Day != today)
            line.Produced = made = (today, await lines.ProducedAsync(Code, clock.StartOf(today)));
        var due = line.Queue.Where(q => q.Status == nameof(OrderStatus.InProgress) || q.DueDate <= today).Sum(q => q.Outstanding);
        var load = new Load(line.State.CapacityKg, line.AssignedKg.Plain());
        var now = clock.Now;
        return new(
            Code,
            line.State.Name,
            line.State.Active,
            load.CapacityKg,
            load.AssignedKg,
            load.Percent,
            load.Saturated,
            made.Units.Plain(),
            (made.Units + due).Plain(),
            line.Count,
            Entries(line, queue, now),
            FirstFree(line, 0),
            line.Calendar.From(now, clock.Zone).First().Start <= now && !line.Calendar.Stops.Any(s => s.From <= now && now < s.To)
        );
    }

    private ImmutableArray<QueueEntry> Entries(LineMemory line, int count, DateTimeOffset now)
    {
        using var plan = new ShiftPlan(line.Calendar, line.State.CapacityKg, clock.Zone, now);
        return
        [
            .. line
                .Queue.Take(count)
                .Select(q =>
                {
                    var when = plan.Take(q.Kg);
                    return new QueueEntry(
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
                }),
        ];
    }

    private ShiftView? FirstFree(LineMemory line, decimal withoutKg)
    {
        using var plan = new ShiftPlan(line.Calendar, line.State.CapacityKg, clock.Zone, clock.Now);
        plan.Take(line.AssignedKg - withoutKg);
        return plan.Free() is { } free ? new(free.Start, free.End) : null;
    }
}
