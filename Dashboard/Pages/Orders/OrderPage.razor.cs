using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Live;
using Manufactura.Domain.Access;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Storage.Queries;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>One order: where it stands, what can be done now, its matrix and everything that belongs to it.</summary>
public sealed partial class OrderPage
{
    private static readonly string[] Tabs = ["matrix", "materials", "movements", "costs", "trace", "history"];

    private OrderSheet? _sheet;
    private IReadOnlyList<Requirement> _requirements = [];
    private IReadOnlyList<string> _messages = [];
    private IReadOnlyList<string> _warnings = [];
    private string? _problem;
    private string? _shownNumber;
    private bool _read;
    private bool _busy;
    private bool _acting;
    private int _short;
    private int _reads;
    private Follow? _follow;
    private readonly Dictionary<OrderActionKind, string> _keys = [];

    [Inject]
    private OrderDesk Desk { get; set; } = default!;

    [Inject]
    private PlantApi Api { get; set; } = default!;

    [Inject]
    private LiveFeed Feed { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [CascadingParameter]
    private CurrentUser Me { get; set; } = CurrentUser.Nobody;

    /// <summary>The order's number.</summary>
    [Parameter]
    public string Number { get; set; } = "";

    /// <summary>The tab; the matrix where none is named.</summary>
    [SupplyParameterFromQuery]
    private string? Tab { get; set; }

    private ProductionOrder Order => _sheet!.Order;

    private string Shown =>
        Tab is { } tab && Tabs.Contains(tab) ? tab
        : Order.Matrix is null ? "materials"
        : "matrix";

    private IReadOnlyList<(string, string)> Way =>
        _sheet is null
            ? [(T["Orders"], Show.Board)]
            : [(T["Orders"], Show.Board), (T.Status(Order.Status), $"{Show.Board}?view=list&status={Order.Status}")];

    protected override async Task OnParametersSetAsync()
    {
        if (_shownNumber == Number)
            return;
        _shownNumber = Number;
        _follow?.Dispose();
        if (RendererInfo.IsInteractive)
            _follow = new Follow(Feed, Clock, ["order:" + Number], () => InvokeAsync(RefreshAsync));
        _keys.Clear();
        await ReadAsync();
    }

    public void Dispose() => _follow?.Dispose();

    private string TabPath(string tab) => tab == "matrix" ? Show.OrderPath(Number) : $"{Show.OrderPath(Number)}?tab={tab}";

    private string? Flag(Permission permission) => Me.May(permission) ? "" : null;

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        _sheet = await Desk.OpenAsync(Number);
        _read = true;
        _reads++;
        if (_sheet is null)
            return;
        _requirements = Order.IsOpen ? await Desk.RequirementsAsync(Number) : [];
        _short = _requirements.Count(r => !r.Ok);
    }

    // A second click, while the first is still being carried out or answered, is none.
    private async Task ActAsync(OrderActionKind kind)
    {
        if (_acting)
            return;
        _acting = true;
        try
        {
            await (
                kind switch
                {
                    OrderActionKind.Recalculate => RecalculateAsync(),
                    OrderActionKind.Produce => ProduceAsync(),
                    OrderActionKind.Cancel => CancelAsync(),
                    OrderActionKind.Undo => UndoAsync(),
                    _ => SendAsync(kind, null),
                }
            );
        }
        finally
        {
            _acting = false;
        }
    }

    private async Task ProduceAsync()
    {
        // What is still being typed goes out first; a cell that waits for an answer keeps the explosion from starting.
        _problem = await Js.InvokeAsync<bool>("plantMatrixSettled") ? null : T["CellsWait"].Value;
        if (_problem is not null)
            return;
        await ReadAsync();
        var parameters = new Dictionary<string, object?> { [nameof(ProduceDialog.Order)] = Order };
        var answer = await Dialogs.OpenAsync<ProduceDialog>(T["Produce"], parameters, Dialog(560));
        if (answer is ApiAnswer { Ok: true } done)
            Navigation.NavigateTo(done.Text("listUrl") ?? Show.Board);
    }

    private async Task RecalculateAsync()
    {
        var parameters = new Dictionary<string, object?> { [nameof(RecalculateDialog.Sheet)] = _sheet };
        if (await Dialogs.OpenAsync<RecalculateDialog>(T["Recalculate"], parameters, Dialog(760)) is ApiAnswer answer)
            await TakeAsync(answer);
    }

    private async Task CancelAsync()
    {
        var words = new ConfirmOptions { OkButtonText = T["CancelOrder"], CancelButtonText = T["Back"] };
        var question = Order.Status == OrderStatus.Done ? T["CancelAskDone", Number] : T["CancelAsk", Number];
        if (await Dialogs.Confirm(question, T["CancelOrder"], words) == true)
            await SendAsync(OrderActionKind.Cancel, null);
    }

    // Names what would go: the partial orders that came into being together last.
    private async Task UndoAsync()
    {
        await ReadAsync();
        var standing = _sheet!.Children.Where(c => c is { Kind: OrderKind.Partial, Status: not OrderStatus.Cancelled }).ToList();
        var last = standing.Where(c => c.CreatedAt == standing.Max(s => s.CreatedAt)).Select(c => c.Number).Order().ToList();
        var words = new ConfirmOptions { OkButtonText = T["Undo"], CancelButtonText = T["Back"] };
        var question = last.Count == 0 ? T["UndoAsk", Number, ""] : T["UndoAsk", Number, string.Join(", ", last)];
        if (await Dialogs.Confirm(question, T["Undo"], words) == true)
            await SendAsync(OrderActionKind.Undo, null);
    }

    private async Task SendAsync(OrderActionKind kind, object? body)
    {
        if (!await Js.InvokeAsync<bool>("plantMatrixSettled") && kind is not (OrderActionKind.Cancel or OrderActionKind.Undo))
        {
            _problem = T["CellsWait"];
            return;
        }

        _busy = true;
        if (!_keys.TryGetValue(kind, out var key))
            _keys[kind] = key = PlantApi.NewKey();
        var path = $"/orders/{Uri.EscapeDataString(Number)}/{new OrderAction(kind, null).Call}";
        var answer = await Api.SendAsync("POST", path, body, key);
        // After an answer the next click is another command; without one it must be the same.
        if (!answer.Unknown)
            _keys.Remove(kind);
        _busy = false;
        await TakeAsync(answer);
    }

    private async Task TakeAsync(ApiAnswer answer)
    {
        _problem =
            answer.Ok ? null
            : answer.Unknown ? T["NoAnswer"]
            : answer.Title ?? T["Refused", answer.Status];
        _messages = answer.Ok ? answer.Texts("messages") : [];
        _warnings = answer.Ok ? answer.Texts("warnings") : [];
        await ReadAsync();
    }

    internal static DialogOptions Dialog(int width) =>
        new()
        {
            Width = $"min({width}px, 94vw)",
            AutoFocusFirstElement = true,
            CloseDialogOnEsc = true,
        };
}
