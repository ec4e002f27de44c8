using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Domain.Access;
using Manufactura.Storage.Queries;
using Microsoft.AspNetCore.Components;

namespace Manufactura.Dashboard.Pages.Alerts;

/// <summary>Alerts as they stand, live; filters live in the address.</summary>
public sealed partial class AlertsPage
{
    private const int PageRows = 200;

    private static readonly (string? View, string Text)[] Tabs =
    [
        (null, "TabOpen"),
        ("history", "TabHistory"),
        ("figures", "TabFigures"),
    ];

    private readonly Dictionary<(long, string), string> _keys = [];
    private List<AlertRow> _alerts = [];
    private IReadOnlyList<Choice> _roles = [];
    private string? _more;
    private string? _problem;
    private Follow? _follow;
    private ITimer? _tick;
    private int _stamp;

    [Inject]
    private AlertQueries Queries { get; set; } = default!;

    [Inject]
    private PlantApi Api { get; set; } = default!;

    [Inject]
    private LiveFeed Feed { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private CurrentUser Me { get; set; } = CurrentUser.Nobody;

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [SupplyParameterFromQuery]
    private string? Severity { get; set; }

    [SupplyParameterFromQuery]
    private string? Role { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    private bool Filtered => Severity is not null || Role is not null;

    private string Lead
    {
        get
        {
            if (View is "history" or "figures")
                return T["LeadPast"];
            var waiting = AlertGroup.Of(_alerts.Where(Waits)).Count;
            return _alerts.Count == 0 ? T["LeadNone"] : T["Lead", waiting, _alerts.Count(a => a.State == "acknowledged")];
        }
    }

    private IEnumerable<(string Title, IReadOnlyList<AlertGroup> Groups)> Sections
    {
        get
        {
            if (View == "history")
                return [(T["TabHistory"], [.. _alerts.Select(a => new AlertGroup(a, []))])];
            (string, IReadOnlyList<AlertGroup>)[] sections =
            [
                (T["SectionOpen"], AlertGroup.Of(_alerts.Where(Waits))),
                (T["SectionTaken"], AlertGroup.Of(_alerts.Where(a => a.State == "acknowledged"))),
                (T["SectionShelved"], AlertGroup.Of(_alerts.Where(a => a.State == "active" && !Waits(a)))),
            ];
            return sections.Where(s => s.Item2.Count > 0);
        }
    }

    protected override void OnInitialized()
    {
        Role[] roles =
        [
            Domain.Access.Role.Supervisor,
            Domain.Access.Role.ProductionManager,
            Domain.Access.Role.QualityInspector,
            Domain.Access.Role.Admin,
        ];
        _roles = [.. roles.Select(r => new Choice(r.ToString(), A[$"Role{r}"]))];
        if (!RendererInfo.IsInteractive)
            return;
        _follow = new Follow(Feed, Clock, [Topics.Alerts], () => InvokeAsync(RefreshAsync));
        _tick = Clock.CreateTimer(_ => InvokeAsync(StateHasChanged), null, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    public void Dispose()
    {
        _follow?.Dispose();
        _tick?.Dispose();
    }

    private static bool Waits(AlertRow alert) => alert is { State: "active", ShelvedUntil: null };

    /// <summary>Whoever manages alerts, or has the role that must act.</summary>
    private bool MayTake(AlertRow alert) => Me.May(Permission.ManageAlerts) || Me.Roles.Any(r => r.ToString() == alert.Role);

    private string With(string name, string? value) => Navigation.GetUriWithQueryParameter(name, value);

    private void Go(string? role) => Navigation.NavigateTo(With("role", role));

    private async Task RefreshAsync()
    {
        _stamp++;
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        if (View == "figures")
            return;
        var page = await Queries.ListAsync(Filter(), new PageRequest(PageRows));
        (_alerts, _more) = ([.. page.Items], page.NextCursor);
    }

    private async Task MoreAsync()
    {
        var page = await Queries.ListAsync(Filter(), new PageRequest(PageRows, Cursor.DecodeId(_more!)));
        _alerts.AddRange(page.Items);
        _more = page.NextCursor;
    }

    private AlertFilter Filter() =>
        AlertFilter.None with
        {
            State = View == "history" ? ["cleared"] : ["active", "acknowledged"],
            Severity = Severity is null ? [] : [Severity],
            Role = Role is null ? [] : [Role],
        };

    /// <summary>Sends it under one key per alert and act: a second click is the same command.</summary>
    private async Task ActAsync(AlertAct act)
    {
        _problem = null;
        var id = (act.Alert.Id, act.Call);
        if (!_keys.TryGetValue(id, out var key))
            _keys[id] = key = PlantApi.NewKey();
        var answer = await Api.SendAsync("POST", $"/alerts/{act.Alert.Id}/{act.Call}", act.Body, key);
        if (!answer.Unknown)
            _keys.Remove(id);
        _problem =
            answer.Ok ? null
            : answer.Unknown ? T["NoAnswer"]
            : answer.Title ?? T["Refused", answer.Status];
        await ReadAsync();
    }
}
