using System.Collections.Immutable;
using Manufactura.Dashboard.Hosting;
using Manufactura.Domain.Lines;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Radzen;

namespace Manufactura.Dashboard.Pages.Lines;

public sealed partial class LinesPage
{
    // Its first element gets the focus at once from lines.js: the component would take half a second, and take it back from
    // whoever was faster.
    private static readonly DialogOptions Wide = new()
    {
        Width = "min(680px, calc(100vw - 32px))",
        CloseDialogOnEsc = true,
        AutoFocusFirstElement = false,
    };

    /// <summary>One dialog at a time: a second key or click while the first is on its way means the same.</summary>
    private async Task MenuAsync(QueueEntry order, string? line)
    {
        if (_asking)
            return;
        _asking = true;
        try
        {
            await AskAsync(order, line);
        }
        finally
        {
            _asking = false;
        }
    }

    private async Task AskAsync(QueueEntry order, string? line)
    {
        _marked = order.Number;
        var parameters = new Dictionary<string, object?>
        {
            [nameof(AssignDialog.Order)] = order,
            [nameof(AssignDialog.Line)] = line,
            [nameof(AssignDialog.Offer)] = await Desk.OfferAsync(order.Number),
            [nameof(AssignDialog.CanMove)] = CanMove,
        };
        var title = line is null ? T["AssignTitle", order.Number] : T["OnLineTitle", order.Number, line];
        if (await Dialogs.OpenAsync<AssignDialog>(title, parameters, Wide) is not LineWish wish)
            return;
        switch (wish.Kind)
        {
            case LineWishKind.Assign:
                await AssignAsync(order, line, wish.Code!);
                break;
            case LineWishKind.First when line is not null:
                await PutAsync(line, order.Number, QueueTarget.First);
                break;
            case LineWishKind.Earlier or LineWishKind.Later when line is not null:
                await MoveAsync(line, order, wish.Kind == LineWishKind.Earlier ? -1 : 1);
                break;
            case LineWishKind.Off:
                await TakeOffAsync(order, line);
                break;
            case LineWishKind.SplitAll:
                await SplitAllAsync(order, line);
                break;
            case LineWishKind.Undo:
                await UndoAsync(wish.Code!, order.Number, line);
                break;
        }
    }

    /// <summary>Assigns, asking whether to divide what exceeds; true when it was done.</summary>
    private async Task<bool> AssignAsync(QueueEntry order, string? from, string line)
    {
        var answer = await SendAsync(() => Desk.AssignAsync(Me, order.Number, from, line, split: false));
        if (answer.Problem is { Code: "exceeds-capacity" } problem && problem.Detail<bool>("splittable"))
        {
            var parameters = new Dictionary<string, object?>
            {
                [nameof(SplitDialog.Order)] = order,
                [nameof(SplitDialog.Line)] = line,
                [nameof(SplitDialog.Sentence)] = Languages.Current == "en" ? problem.En : problem.Es,
                [nameof(SplitDialog.Units)] = problem.Detail<decimal>("capacityUnits"),
                [nameof(SplitDialog.Rest)] = problem.Detail<decimal>("remainder"),
            };
            Forget();
            object? chosen = await Dialogs.OpenAsync<SplitDialog>(T["SplitTitle", order.Number], parameters, Wide);
            if (chosen is LineWishKind.SplitAll)
                await SplitAllAsync(order, from);
            if (chosen is not LineWishKind.Assign)
                return false;
            answer = await SendAsync(() => Desk.AssignAsync(Me, order.Number, from, line, split: true));
        }

        if (answer.Value is not { } done)
            return false;
        Tell(done.Messages);
        _undo = done.Rest is { } rest ? (order.Number, rest.Number) : null;
        return true;
    }

    private async Task SplitAllAsync(QueueEntry order, string? from)
    {
        if ((await SendAsync(() => Desk.ProposeAsync(Me, order.Number))).Value is not { } plan)
            return;
        var parameters = new Dictionary<string, object?>
        {
            [nameof(SplitAllDialog.Order)] = order,
            [nameof(SplitAllDialog.Plan)] = plan,
        };
        if (await Dialogs.OpenAsync<SplitAllDialog>(T["SplitAllTitle", order.Number], parameters, Wide) is not true)
            return;
        if ((await SendAsync(() => Desk.SplitAllAsync(Me, order.Number, from, plan))).Value is { } done)
            Tell(done.Messages);
    }

    private async Task UndoAsync(string parent, string part, string? from)
    {
        if ((await SendAsync(() => Desk.UndoAsync(Me, parent, part, from))).Value is { } done)
            Tell(done.Messages);
    }

    private async Task TakeOffAsync(QueueEntry order, string? from)
    {
        if ((await SendAsync(() => Desk.UnassignAsync(Me, order.Number, from))).Value is { } done)
            Tell(done.Messages);
    }

    /// <summary>Earlier (-1) or later (1) in the queue, or off the line (0).</summary>
    private async Task MoveAsync(string line, QueueEntry order, int by)
    {
        if (by == 0)
        {
            await TakeOffAsync(order, line);
            return;
        }

        // One more than are shown, so that the last one shown can go later too.
        var queue = (await Desk.LoadAsync(line, LineDesk.QueueShown + 2))?.Queue ?? [];
        var at = queue.TakeWhile(q => q.Number != order.Number).Count();
        if (at < queue.Length && at + by >= 0 && at + by < queue.Length)
            await PutAsync(line, order.Number, by < 0 ? new(queue[at - 1].Number) : After(queue, at + 1));
    }

    private static QueueTarget After(ImmutableArray<QueueEntry> queue, int at) =>
        at + 1 < queue.Length ? new(queue[at + 1].Number) : new(Last: true);

    private async Task PutAsync(string line, string number, QueueTarget to)
    {
        if (number != to.Before && (await SendAsync(() => Desk.MoveAsync(Me, line, number, to))).Value is not null)
            _marked = number;
    }

    /// <summary>Sends one command after the other and shows what became of it.</summary>
    private async Task<Answer<T>> SendAsync<T>(Func<Task<Answer<T>>> command)
        where T : class
    {
        await _turn.WaitAsync();
        try
        {
            Forget();
            var answer = await command();
            if (answer.Problem is { } problem)
                _problem = Languages.Current == "en" ? problem.En : problem.Es;
            // One's own change is seen at once; the feed tells it to everybody else.
            await ReadAsync();
            return answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Tell(IEnumerable<Sentence> sentences) =>
        _message = string.Join(" ", sentences.Select(s => s.Text(Languages.Current)));

    private void Forget() => (_message, _problem, _undo) = (null, null, null);

    private async Task CalendarAsync(string line)
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(CalendarDialog.Line)] = line,
            [nameof(CalendarDialog.Load)] = _loads.FirstOrDefault(l => l.Line == line),
        };
        if (await Dialogs.OpenAsync<CalendarDialog>(T["Calendar", line], parameters, Wide) is not true)
            return;
        await ReadAsync();
        _message = T["Saved", line];
    }

    private async Task EditLineAsync(string? line)
    {
        var parameters = new Dictionary<string, object?> { [nameof(LineDialog.Line)] = line };
        if (await Dialogs.OpenAsync<LineDialog>(line ?? T["NewLine"], parameters, Wide) is not string done)
            return;
        await ReadAsync();
        Forget();
        _message = done;
    }
}
