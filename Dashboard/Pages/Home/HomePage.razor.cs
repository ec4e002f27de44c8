using System.Globalization;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Screens;
using Manufactura.Dashboard.Hosting;
using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Domain.Access;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Screens;
using Manufactura.Grains;
using Microsoft.AspNetCore.Components;

namespace Manufactura.Dashboard.Pages.Home;

/// <summary>What needs this person now, by role, at one glance; everything leads to where it is done.</summary>
public sealed partial class HomePage
{
    private const int Rows = 6;

    private sealed record Tile(decimal Count, string Words, string Path, bool Hot = false);

    private MyDay? _now;
    private decimal _elapsed;
    private Follow? _follow;

    [Inject]
    private MyDayReader Reader { get; set; } = default!;

    [Inject]
    private PlantClock Plant { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private LiveFeed Feed { get; set; } = default!;

    [CascadingParameter]
    private CurrentUser Me { get; set; } = CurrentUser.Nobody;

    private DateTimeOffset Now => TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Plant.Zone);

    private string FirstName => Me.DisplayName.Split(' ')[0];

    private string Greeting =>
        Now.Hour switch
        {
            < 6 => "GoodEvening",
            < 12 => "GoodMorning",
            < 20 => "GoodAfternoon",
            _ => "GoodEvening",
        };

    private string Day
    {
        get
        {
            var day = Now.ToString("D", CultureInfo.CurrentCulture);
            return char.ToUpper(day[0], CultureInfo.CurrentCulture) + day[1..];
        }
    }

    private string Lead =>
        _now is null ? ""
        : _now.Alerts.Count == 0 ? T["LeadCalm"]
        : T[_now.Alerts.Count == 1 ? "LeadOne" : "Lead", _now.Alerts.Count];

    protected override async Task OnInitializedAsync()
    {
        // Before reading: what changes meanwhile is told.
        if (RendererInfo.IsInteractive)
            _follow = new Follow(Feed, Clock, [Topics.Plant], () => InvokeAsync(RefreshAsync));
        await ReadAsync();
    }

    public void Dispose() => _follow?.Dispose();

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        _elapsed = WorkDay.Elapsed(WorkDay.Of(Plant.Today, Plant.Zone), Plant.Now);
        _now = await Reader.ReadAsync(Me, Rows);
    }

    private IEnumerable<Tile> Tiles(MyDay now)
    {
        var counts = now.Counts;
        if (now.Totals is { } totals)
            yield return new(totals.Produced, T["TileMade", Show.Quantity(totals.Plan)], "reports");
        if (now.Orders is not null)
        {
            yield return new(counts.InProgress, T["TileInProgress"], Show.Board);
            yield return new(counts.Planned, T["TileToStart"], Show.Board + "?view=list&status=Planned");
        }

        if (now.Totals is { Overdue: > 0 } late)
            yield return new(late.Overdue, T["TileOverdue"], "alerts", Hot: true);
        if (Me.May(Permission.InspectLots) || Me.May(Permission.ManageRequisitions))
            yield return new(counts.QuarantineLots, T["TileLots"], "lots?status=Quarantine");
        if (Me.May(Permission.ManageRequisitions))
            yield return new(counts.RequisitionsToApprove, T["TileApprove"], "requisitions?status=AwaitingApproval", Hot: true);
        if (Me.May(Permission.ManageSales))
            yield return new(counts.PendingSales, T["TileSales"], "sales?status=Pending");
        if (now.Alerts.Count > 0 || Me.May(Permission.ManageAlerts))
            yield return new(now.Alerts.Count, T["TileAlerts"], "alerts", Hot: true);
    }

    private string Due(DateOnly? due) =>
        due is not { } date ? ""
        : date < Plant.Today ? T["LateBy", Plant.Today.DayNumber - date.DayNumber]
        : date == Plant.Today ? T["DueToday"]
        : Show.Date(date, Plant.Today);

    private static string Percent(ProductionOrder order) =>
        order.Quantity - order.Moved is > 0 and var goal ? Css(order.Produced / goal) : "0";

    private static string Css(decimal share) => (Math.Clamp(share, 0, 1) * 100).ToString("0.#", CultureInfo.InvariantCulture);
}
