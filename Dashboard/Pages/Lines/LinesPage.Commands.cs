using Manufactura.Dashboard.Hosting;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Radzen;

namespace Manufactura.Dashboard.Pages.Lines;

public sealed partial class LinesPage
{
    private static readonly DialogOptions Wide = new()
    {
        Width = "min(680px, calc(100vw - 32px))",
        CloseDialogOnEsc = true,
        AutoFocusFirstElement = true,
    };

    private async Task MenuAsync(QueueEntry order, string? line)
    {
        _marked = order.Number;
        var parameters = new Dictionary<string, object?>
        {
            [nameof(AssignDialog.Order)] = order,
            [nameof(AssignDialog.Line)] = line,
            [nameof(AssignDialog.CanMove)] = CanMove,
        };
        if (await Dialogs.OpenAsync<AssignDialog>(T["AssignTitle", order.Number], parameters, Wide) is not LineWish wish)
            return;
        var load = _loads.FirstOrDefault(l => l.Line == line);
        switch (wish.Kind)
        {
            case LineWishKind.Assign:
                await AssignAsync(order, wish.Code!);
                break;
            case LineWishKind.First when load is not null:
                await PutBeforeAsync(line!, order.Number, load.Queue.FirstOrDefault(q => q.Number != order.Number)?.Number);
                break;
            case LineWishKind.Earlier or LineWishKind.Later when load is not null:
                await MoveAsync(load, order, wish.Kind == LineWishKind.Earlier ? -1 : 1);
                break;
            case LineWishKind.Off:
                await TakeOffAsync(order);
                break;
            case LineWishKind.SplitAll:
                await SplitAllAsync(order);
                break;
            case LineWishKind.Undo:
                await UndoAsync(wish.Code!, order.Number);
                break;
        }
    }

    /// <summary>Assigns, asking whether to divide what exceeds; true when it was done.</summary>
    private async Task<bool> AssignAsync(QueueEntry order, string line)
    {
        var answer = await SendAsync(() => Desk.AssignAsync(Me, order.Number, line, split: false));
        if (answer?.Problem is { Code: "exceeds-capacity" } problem && problem.Detail<bool>("splittable"))
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
                await SplitAllAsync(order);
            if (chosen is not LineWishKind.Assign)
                return false;
            answer = await SendAsync(() => Desk.AssignAsync(Me, order.Number, line, split: true));
        }

        if (answer?.Value is not { } done)
            return false;
        Tell(done.Messages);
        _undo = done.Rest is { } rest ? (order.Number, rest.Number) : null;
        return true;
    }

    private async Task SplitAllAsync(QueueEntry order)
    {
        if ((await SendAsync(() => Desk.ProposeAsync(Me, order.Number)))?.Value is not { } plan)
            return;
        var parameters = new Dictionary<string, object?>
        {
            [nameof(SplitAllDialog.Order)] = order,
            [nameof(SplitAllDialog.Plan)] = plan,
        };
        if (await Dialogs.OpenAsync<SplitAllDialog>(T["SplitAllTitle", order.Number], parameters, Wide) is not true)
            return;
        if ((await SendAsync(() => Desk.SplitAllAsync(Me, order.Number, plan)))?.Value is { } done)
            Tell(done.Messages);
    }

    private async Task UndoAsync(string parent, string part)
    {
        if ((await SendAsync(() => Desk.UndoAsync(Me, parent, part)))?.Value is { } done)
            Tell(done.Messages);
    }

    private async Task TakeOffAsync(QueueEntry order)
    {
        if ((await SendAsync(() => Desk.UnassignAsync(Me, order.Number)))?.Value is { } done)
            Tell(done.Messages);
    }

    /// <summary>Earlier (-1) or later (1) in the queue, or off the line (0).</summary>
    private Task MoveAsync(LineLoadView load, QueueEntry order, int by)
    {
        if (by == 0)
            return TakeOffAsync(order);
        var numbers = load.Queue.Select(q => q.Number).ToList();
        var at = numbers.IndexOf(order.Number);
        if (at < 0 || at + by < 0 || at + by >= numbers.Count)
            return Task.CompletedTask;
        // Later means before the one after next, or at the end.
        var before =
            by < 0 ? numbers[at - 1]
            : at + 2 < numbers.Count ? numbers[at + 2]
            : null;
        return PutBeforeAsync(load.Line, order.Number, before);
    }

    /// <summary>Names the queue up to the new place; all others follow as they stand.</summary>
    private async Task PutBeforeAsync(string line, string number, string? before)
    {
        if (number == before || await Desk.LoadAsync(line) is not { } load)
            return;
        var others = load.Queue.Select(q => q.Number).Where(n => n != number).ToList();
        var at = before is null ? others.Count : others.IndexOf(before);
        string[] first = [.. others.Take(at < 0 ? others.Count : at), number];
        if ((await SendAsync(() => Desk.ReorderAsync(Me, line, first)))?.Value is not null)
            _marked = number;
    }

    /// <summary>Sends one command at a time and shows what became of it; null while another one is under way.</summary>
    private async Task<Answer<T>?> SendAsync<T>(Func<Task<Answer<T>>> command)
        where T : class
    {
        if (_busy)
            return null;
        _busy = true;
        Forget();
        try
        {
            var answer = await command();
            if (answer.Problem is { } problem)
                _problem = Languages.Current == "en" ? problem.En : problem.Es;
            // One's own change is seen at once; the feed tells it to everybody else.
            await ReadAsync();
            return answer;
        }
        finally
        {
            _busy = false;
        }
    }

    private void Tell(IEnumerable<Sentence> sentences) =>
        _message = string.Join(" ", sentences.Select(s => s.Text(Languages.Current)));

    private void Forget() => (_message, _problem, _undo) = (null, null, null);

    private async Task CalendarAsync(string line)
    {
        var parameters = new Dictionary<string, object?> { [nameof(CalendarDialog.Line)] = line };
        if (await Dialogs.OpenAsync<CalendarDialog>(T["Calendar", line], parameters, Wide) is not true)
            return;
        await ReadAsync();
        _message = T["Saved", line];
    }
}
