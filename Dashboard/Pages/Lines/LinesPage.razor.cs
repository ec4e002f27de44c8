using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Pages.Layout;
using Manufactura.Domain.Access;
using Manufactura.Domain.Lines;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Manufactura.Dashboard.Pages.Lines;

/// <summary>
/// The planning board: a lane per line and a tray of what is on none. Loads come with the feed's events, which carry what there is
/// to show; the tray is read when an order that may belong there changes.
/// </summary>
public sealed partial class LinesPage
{
    private readonly List<LineLoadView> _loads = [];
    private IReadOnlyList<QueueEntry> _tray = [];
    private ILookup<string, string> _products = Array.Empty<string>().ToLookup(_ => "");
    private long _trayCount;
    private string? _search;
    private string? _marked;
    private string? _message;
    private string? _problem;
    private bool _ready;
    private bool _asking;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (string Parent, string Part)? _undo;
    private BoardFollower? _follower;

    [Inject]
    private LineDesk Desk { get; set; } = default!;

    [Inject]
    private LiveFeed Feed { get; set; } = default!;

    [Inject]
    private NavCounts Counts { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [CascadingParameter]
    private CurrentUser Me { get; set; } = CurrentUser.Nobody;

    /// <summary>An order to begin with: its page leads here to assign it.</summary>
    [SupplyParameterFromQuery]
    private string? Order { get; set; }

    private bool MayEdit => Me.May(Permission.ManageMasterData);

    private bool CanMove => Me.May(Permission.AssignLines);

    private int Saturated => _loads.Count(l => l.Saturated);

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
            _follower = new BoardFollower(Feed, (events, missed) => InvokeAsync(() => HearAsync(events, missed)));
        await ReadAsync();
        _ready = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Order is not { Length: > 0 } number)
            return;
        _marked = number;
        if (Find(number) is { } found)
            await MenuAsync(found.Order, found.Line);
        else
        {
            // Not among the most urgent ones that the tray begins with.
            _search = number;
            await ReadTrayAsync();
            if (_tray.FirstOrDefault(o => o.Number == number) is { } order)
                await MenuAsync(order, null);
        }

        StateHasChanged();
    }

    public void Dispose()
    {
        _follower?.Dispose();
        _turn.Dispose();
    }

    private (QueueEntry Order, string? Line)? Find(string number)
    {
        foreach (var load in _loads)
            if (load.Queue.FirstOrDefault(q => q.Number == number) is { } queued)
                return (queued, load.Line);
        return _tray.FirstOrDefault(o => o.Number == number) is { } order ? (order, null) : null;
    }

    private async Task ReadAsync()
    {
        var loads = await Desk.LoadsAsync();
        _loads.Clear();
        _loads.AddRange(loads);
        _products = await Desk.ProductsAsync();
        await ReadTrayAsync();
        Count();
    }

    private async Task ReadTrayAsync()
    {
        var (orders, count) = await Desk.TrayAsync(_search);
        _trayCount = count;
        _tray = [.. orders.Select(Entry)];
    }

    private async Task HearAsync(IReadOnlyList<PlantEvent> events, bool missed)
    {
        if (missed || events.Any(e => e.Type is "plant-imported" or "line-created" or "line-changed" or "line-deleted"))
            await ReadAsync();
        else
        {
            foreach (var e in events)
                if (e.Type == "line-load-changed")
                    Show(MessageJson.Deserialize<LineLoadView>(e.DataJson));
            if (events.Any(e => e.Type.StartsWith("order-", StringComparison.Ordinal)))
                await ReadTrayAsync();
        }

        StateHasChanged();
    }

    private void Show(LineLoadView load)
    {
        var at = _loads.FindIndex(l => l.Line == load.Line);
        if (at >= 0)
            _loads[at] = load;
        Count();
    }

    private void Count() => Counts.Set(NavCounts.Keys.Lines, Saturated, hot: true);

    private Task SearchAsync(ChangeEventArgs input)
    {
        _search = input.Value as string is { Length: > 0 } text ? text : null;
        return ReadTrayAsync();
    }

    private async Task DropAsync(LineDropEventArgs to)
    {
        // What the script saw; that somebody else was faster, or that the order is closed by now, is for the plant to say.
        var order = Find(to.Order)?.Order ?? Gone(to.Order);
        if (to.Line is null)
        {
            if (to.From is not null)
                await TakeOffAsync(order, to.From);
            return;
        }

        if (to.Line != to.From && !await AssignAsync(order, to.From, to.Line))
            return;
        if (to.Line == to.From || to.Before is not null)
            await PutAsync(to.Line, order.Number, to.Before is null ? new(Last: true) : new(to.Before));
    }

    private static QueueEntry Gone(string number) => new(number, "", "", OrderStatus.Cancelled, 0, 0, 0, null, null, 0);

    private static QueueEntry Entry(QueueRow row) =>
        new(
            row.Number,
            row.Material,
            row.MaterialName,
            Enum.Parse<OrderStatus>(row.Status),
            row.Quantity,
            row.Outstanding,
            row.Kg,
            row.Position,
            row.DueDate,
            row.Priority
        );
}
