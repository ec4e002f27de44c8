using Manufactura.Domain;
using Manufactura.Domain.Lines;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

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
        var plan = Plan(line);
        plan.Take(line.Queue.Kg - own);
        var free = question.Places == 0 ? plan.Free() : null;
        return new(
            Code,
            line.State.Name,
            line.State.Active,
            line.State.CapacityKg,
            line.State.Products.TryGetValue(question.Material, out var priority) ? priority : null,
            (line.Queue.Kg - own).Plain(),
            first,
            free is { } shift ? new(shift.Start, shift.End) : null,
            [.. Given(question.Kg).Select(kg => plan.Take(kg) is { } slot ? new ShiftView(slot.Start, slot.End) : null)]
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
        memory = await lines.FindAsync(Code) is { } state ? new(state, await lines.QueueAsync(Code), clock) : null;
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
}
