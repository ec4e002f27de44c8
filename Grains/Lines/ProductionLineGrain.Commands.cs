using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Lines;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.Lines;

public sealed partial class ProductionLineGrain
{
    /// <summary>Orders that one answer of a command shows.</summary>
    private const int Shown = 50;

    public async Task<Answer<LineLoadView>> Reorder(QueueSequence sequence, CommandContext context)
    {
        if (await log.AnsweredAsync<LineLoadView>(context) is { } answered)
            return answered;
        for (var attempt = 0; attempt < CommandDesk.Attempts; attempt++)
        {
            if (await FreshAsync() is not { } line)
                return NoLine();
            QueuePlace[] queue = [.. line.Queue.InSequence.Select(q => new QueuePlace(q.Number, q.Position))];
            var target = new QueueTarget(sequence.Before, sequence.Last);
            var decision = LineSequence.Decide(queue, Given(sequence.Orders), target);
            if (decision.Refusal is { } refusal)
                return await log.RefuseAsync<LineLoadView>(context, refusal);
            if (await MoveAsync(line, decision.Outcome, context) is { } work && await AnswerAsync(line, work) is { } answer)
                return answer;
        }

        return CommandDesk.Busy;
    }

    public async Task<CalendarData?> Calendar() =>
        await FreshAsync() is { } line ? Data(line.Calendar, line.State.Calendar is null) : null;

    public async Task<Answer<CalendarData>> SaveCalendar(CalendarData calendar, CommandContext context)
    {
        if (await log.AnsweredAsync<CalendarData>(context) is { } answered)
            return answered;
        var made = ShiftCalendar.Create(
            [.. Given(calendar.Shifts).Select(s => new Shift(s.Days, s.Start, s.End))],
            [.. Given(calendar.Stops).Select(s => new LineStop(s.From, s.To, s.Reason))]
        );
        if (made.Refusal is { } refusal)
            return refusal;
        for (var attempt = 0; attempt < CommandDesk.Attempts; attempt++)
        {
            if (await FreshAsync() is not { } line)
                return NoLine();
            var answer = Data(made.Outcome, isDefault: false);
            var json = MessageJson.Serialize(answer);
            var work = new UnitOfWork { Command = CommandDesk.KeyOf(context), AnswerJson = json };
            work.Add(new LineCalendarWrite(Code, line.State.CalendarVersion, MessageJson.Serialize(made.Outcome)));
            work.Add(
                new EventInsert("line-shifts-changed", "line:" + Code, null, line.State.CalendarVersion + 1, context.Actor, json)
            );
            var result = await log.CommitAsync(work);
            memory = null;
            if (result is CommitResult.Committed)
                return answer;
            if (result is CommitResult.Known known)
                return CommandDesk.Stored<CalendarData>(known);
        }

        return CommandDesk.Busy;
    }

    /// <summary>
    /// The rows of the moved orders, written under the version that was read, so that the order's own memory notices. Null when
    /// one is no longer as the queue has it.
    /// </summary>
    private async Task<UnitOfWork?> MoveAsync(LineMemory line, ImmutableArray<QueuePlace> moves, CommandContext context)
    {
        var work = new UnitOfWork { Command = CommandDesk.KeyOf(context) };
        var found = (await orders.LoadManyAsync([.. moves.Select(m => m.Number)])).ToDictionary(
            o => o.Number,
            StringComparer.Ordinal
        );
        foreach (var (number, place) in moves)
        {
            if (
                !found.TryGetValue(number, out var order)
                || order.Line != Code
                || order.LinePosition != line.Find(number)?.Position
            )
                return null;
            var next = order with { LinePosition = place, Version = order.Version + 1, UpdatedAt = clock.Now };
            work.Update(order, next);
            work.Add(OrderEvents.Changed(next, context.Actor));
        }

        return work;
    }

    /// <summary>Commits and answers the queue as it then stands; null when it is to be decided anew.</summary>
    private async Task<Answer<LineLoadView>?> AnswerAsync(LineMemory line, UnitOfWork work)
    {
        // A repetition is answered by the queue as it stands then: a sequence of hours ago would help nobody.
        work.AnswerJson = work.Command is null ? null : MessageJson.Serialize(await ViewAsync(line, 0));
        var result = work.Count == 0 && work.Command is null ? CommitResult.Committed.Instance : await log.CommitAsync(work);
        if (result is CommitResult.Missed)
        {
            memory = null;
            return null;
        }

        if (result is CommitResult.Known { SameBody: false } other)
            return CommandDesk.Stored<LineLoadView>(other);
        return await Load(Shown) is { } view ? view : NoLine();
    }

    private Refusal NoLine() => Refusal.NotFound($"la línea {Code}") with { En = $"Line {Code} does not exist." };

    private static ImmutableArray<T> Given<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;

    private static CalendarData Data(ShiftCalendar calendar, bool isDefault) =>
        new(
            [.. calendar.Shifts.Select(s => new ShiftData(s.Days, s.Start, s.End))],
            [.. calendar.Stops.Select(s => new StopData(s.From, s.To, s.Reason))],
            isDefault
        );
}
