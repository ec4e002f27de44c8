using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Live;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>All orders, as a board with a column per status or as a list; filters live in the address, so that they can be passed on.</summary>
public sealed partial class BoardPage
{
    /// <summary>Cards that a column shows; its count tells of the rest, the list has them all.</summary>
    private const int CardsPerColumn = 60;

    private IReadOnlyList<KanbanColumn> _columns = [];
    private IReadOnlyList<Choice> _products = [];
    private IReadOnlyList<Choice> _lines = [];
    private IReadOnlyList<Choice> _statuses = [];
    private IReadOnlyList<Choice> _locations = [];
    private IReadOnlyList<Choice> _spans = [];
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();
    private string[] _ids = [];
    private IReadOnlyList<ProductionOrder> _related = [];
    private OrderFilter _filter = OrderFilter.None;
    private string _listKey = "";
    private string? _problem;
    private string? _message;
    private bool _busy;
    private int _stamp;
    private Follow? _follow;
    private (string Key, string Value)? _sent;

    private enum Query
    {
        Q,
        Material,
        Line,
        Status,
        Origin,
        Created,
    }

    /// <summary>Spans of creation that a filter names, with the days back from today.</summary>
    private static readonly IReadOnlyDictionary<string, int> Spans = new Dictionary<string, int>
    {
        ["today"] = 0,
        ["week"] = 7,
        ["month"] = 30,
    };

    [Inject]
    private OrderDesk Desk { get; set; } = default!;

    [Inject]
    private OrderQueries Orders { get; set; } = default!;

    [Inject]
    private KanbanQueries Board { get; set; } = default!;

    [Inject]
    private PlantApi Api { get; set; } = default!;

    [Inject]
    private PlantClock Plant { get; set; } = default!;

    [Inject]
    private LiveFeed Feed { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private CurrentUser Me { get; set; } = CurrentUser.Nobody;

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [SupplyParameterFromQuery]
    private string? Ids { get; set; }

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Material { get; set; }

    [SupplyParameterFromQuery]
    private string? Line { get; set; }

    [SupplyParameterFromQuery]
    private string? Status { get; set; }

    [SupplyParameterFromQuery]
    private string? Parent { get; set; }

    [SupplyParameterFromQuery]
    private string? Origin { get; set; }

    [SupplyParameterFromQuery]
    private string? Bom { get; set; }

    /// <summary>today, week, month: when the orders were created.</summary>
    [SupplyParameterFromQuery]
    private string? Created { get; set; }

    /// <summary>The order that was just created here.</summary>
    [SupplyParameterFromQuery]
    private string? New { get; set; }

    private bool AsList => View == "list" || Ids is not null || Parent is not null;

    private bool HasFilter => new[] { Q, Material, Line, Status, Parent, Origin, Bom, Created }.Any(given => given is not null);

    /// <summary>What a saved view keeps: all filters and the way of showing, nothing that passes.</summary>
    private string Shown =>
        Navigation
            .ToAbsoluteUri(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["new"] = null }))
            .Query.TrimStart('?');

    protected override async Task OnInitializedAsync()
    {
        _products = await Desk.ChoicesAsync(MasterTable.Material, new MasterFilter(Kind: ["FinishedProduct", "Component"]));
        _names = _products.ToDictionary(p => p.Code, p => p.Name, StringComparer.Ordinal);
        _lines = await Desk.ChoicesAsync(MasterTable.ProductionLine, new MasterFilter());
        _locations = await Desk.ChoicesAsync(MasterTable.Location, new MasterFilter());
        _spans = [.. Spans.Keys.Select(s => new Choice(s, T[$"Created_{s}"]))];
        _statuses = [.. Enum.GetValues<OrderStatus>().Select(s => new Choice(s.ToString(), T.Status(s)))];
        if (RendererInfo.IsInteractive)
            _follow = new Follow(Feed, Clock, [Topics.Plant], () => InvokeAsync(RefreshAsync));
    }

    protected override async Task OnParametersSetAsync()
    {
        _ids = Ids?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        _filter = OrderFilter.None with
        {
            Numbers = _ids,
            Search = Q,
            Material = One(Material),
            Line = One(Line),
            Status = One(Status),
            Parent = One(Parent),
            OriginLocation = One(Origin),
            Bom = One(Bom),
            From =
                Created is not null && Spans.TryGetValue(Created, out var days)
                    ? Plant.StartOf(Plant.Today.AddDays(-days))
                    : null,
        };
        _message = New is null ? _message : T["CreatedMessage", New];
        _listKey = string.Join('\u001f', Ids, Q, Material, Line, Status, Parent, Origin, Bom, Created);
        await ReadAsync();
    }

    public void Dispose() => _follow?.Dispose();

    private static string[] One(string? value) => value is null ? [] : [value];

    private string With(string name, string? value) =>
        Navigation.GetUriWithQueryParameter(name, string.IsNullOrWhiteSpace(value) ? null : value);

    private void Go(Query query, string? value) => Navigation.NavigateTo(With(query.ToString().ToLowerInvariant(), value));

    private async Task RefreshAsync()
    {
        await ReadAsync();
        _stamp++;
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        if (!AsList)
            _columns = await Board.BoardAsync(_filter, CardsPerColumn, Plant.Today);
        _related = _ids.Length > 0 ? await RelatedAsync() : [];
    }

    // Partial orders just produced: the order they come from, and the backorder that took over what was left.
    private async Task<IReadOnlyList<ProductionOrder>> RelatedAsync()
    {
        var first = (await Orders.ListAsync(OrderFilter.None with { Numbers = [_ids[0]] }, new PageRequest(1))).Items;
        if (first is not [{ Kind: OrderKind.Partial, Parent: { } parent }])
            return [];
        var original = await Orders.ListAsync(OrderFilter.None with { Numbers = [parent] }, new PageRequest(1));
        var children = await Orders.ListAsync(OrderFilter.None with { Parent = [parent] }, new PageRequest(PageRequest.MaxLimit));
        return [.. children.Items.Where(o => o.Kind == OrderKind.Backorder), .. original.Items];
    }

    private async Task MoveAsync((KanbanCard Card, string To) move)
    {
        var (card, to) = move;
        (_problem, _message) = (null, null);
        if (card.Status == to || _busy)
            return;
        if (OrderActions.For(card.Status, to, card.MatrixState is not null) is not { } kind)
        {
            _problem = T["NoSuchMove", card.Number, T[$"Status{card.Status}"].Value, T[$"Status{to}"].Value];
            return;
        }

        if (!Me.May(OrderActions.Needs(kind)))
        {
            _problem = T["WhyRole"];
            return;
        }

        // An explosion asks what becomes of the rest: that is answered in front of the matrix.
        if (kind == OrderActionKind.Produce)
            Navigation.NavigateTo(Show.OrderPath(card.Number));
        else if (kind != OrderActionKind.Cancel || await AgreesAsync(card))
            await SendAsync(card, kind);
    }

    private async Task<bool> AgreesAsync(KanbanCard card) =>
        await Dialogs.Confirm(
            card.Status == "Done" ? T["CancelAskDone", card.Number] : T["CancelAsk", card.Number],
            T["CancelOrder"],
            new ConfirmOptions { OkButtonText = T["CancelOrder"], CancelButtonText = T["Back"] }
        ) == true;

    private async Task SendAsync(KanbanCard card, OrderActionKind kind)
    {
        _busy = true;
        var call = $"/orders/{Uri.EscapeDataString(card.Number)}/{new OrderAction(kind, null).Call}";
        // The same move again after a lost answer is the same command.
        if (_sent is not { } sent || sent.Key != call)
            _sent = sent = (call, PlantApi.NewKey());
        var answer = await Api.SendAsync("POST", call, null, sent.Value);
        if (!answer.Unknown)
            _sent = null;
        _busy = false;
        _problem =
            answer.Ok ? null
            : answer.Unknown ? T["NoAnswer"]
            : answer.Title ?? T["Refused", answer.Status];
        _message = answer.Ok ? string.Join(" ", answer.Texts("messages").Concat(answer.Texts("warnings"))) : null;
        await ReadAsync();
    }
}
