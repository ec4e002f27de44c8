using System.Collections.Concurrent;
using System.Text.Json;
using Manufactura.Dashboard.Api.Json;
using Manufactura.Dashboard.Live;
using Manufactura.Domain.Screens;
using Manufactura.Grains;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Screens;

/// <summary>A panel's data as JSON, and the event up to which they have certainly seen everything.</summary>
public sealed record PanelState(long AsOf, DateTimeOffset ReadAt, byte[] Json);

/// <summary>
/// What wall screens show, read once for all of them: two hundred screens that ask after the same event cost one query. A read that
/// began before the event somebody asks for is never given to them.
/// </summary>
public sealed class ScreenBoard(
    ScreenQueries queries,
    AlertQueries alerts,
    OrderReader orders,
    MaterialCache materials,
    LiveFeed live,
    PlantClock clock
)
{
    /// <summary>Lots that expire within so many days are shown.</summary>
    public const int ExpiryDays = 30;

    private const int MaxRows = 60;
    private const int MaxKept = 200;
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(PanelKind, string?), Read> reads = new();

    private sealed record Read(long AsOf, DateTimeOffset At, Lazy<Task<PanelState>> State);

    /// <summary>The panel as it is after the event <paramref name="after"/>, and at most 5 s old.</summary>
    public Task<PanelState> ReadAsync(PanelKind kind, string? subject, long after)
    {
        var now = clock.Now;
        var read = reads.GetValueOrDefault((kind, subject));
        if (
            read is null
            || read.AsOf < after
            || now - read.At > Keep
            || read.State is { IsValueCreated: true, Value.IsFaulted: true }
        )
        {
            if (reads.Count > MaxKept)
                reads.Clear();
            var asOf = live.Dispatched;
            read = new(asOf, now, new(() => MakeAsync(kind, subject, asOf, now)));
            reads[(kind, subject)] = read;
        }

        return read.State.Value;
    }

    private async Task<PanelState> MakeAsync(PanelKind kind, string? subject, long asOf, DateTimeOffset at)
    {
        object data = kind switch
        {
            PanelKind.LinesToday or PanelKind.LineLoad => await LinesAsync(),
            PanelKind.OrderMatrix => await MatrixAsync(subject),
            PanelKind.Alerts => await AlertsAsync(),
            PanelKind.ExpiringLots => new ExpiringPanel(
                ExpiryDays,
                await queries.ExpiringAsync(clock.Today.AddDays(ExpiryDays), MaxRows)
            ),
            PanelKind.WaitingOrders => await WaitingAsync(),
            _ => await TotalsAsync(),
        };
        return new(asOf, at, JsonSerializer.SerializeToUtf8Bytes(data, PlantJson.Options));
    }

    /// <summary>The lines as they are now.</summary>
    public async Task<LinesPanel> LinesAsync()
    {
        var (today, shifts) = Today();
        var lines = await queries.LinesAsync(today, WorkDay.Midnight(today, clock.Zone));
        return new([
            .. lines.Select(l =>
            {
                var order = l.Orders.FirstOrDefault();
                return new LinePanelRow(
                    l.Code,
                    l.Name,
                    order?.Number,
                    order?.Name,
                    l.Produced,
                    PlanOf(l, shifts),
                    l.AssignedKg,
                    l.CapacityKg
                );
            }),
        ]);
    }

    /// <summary>The day as it is now.</summary>
    public async Task<TotalsPanel> TotalsAsync()
    {
        var (today, shifts) = Today();
        var midnight = WorkDay.Midnight(today, clock.Zone);
        var lines = await queries.LinesAsync(today, midnight);
        var counts = await queries.CountsAsync(today, midnight);
        // What is made on no line is planned by nobody: it counts as made and as planned.
        var elsewhere = counts.Produced - lines.Sum(l => l.Produced);
        return new(
            counts.Produced,
            lines.Sum(l => PlanOf(l, shifts)) + elsewhere,
            counts.Open,
            counts.InProgress,
            counts.Overdue
        );
    }

    private async Task<MatrixPanel> MatrixAsync(string? subject)
    {
        var number = subject ?? await queries.BusyOrderAsync();
        if (number is null || await orders.LoadAsync(number) is not { Matrix: not null } order)
            return new(number, null, null);
        var product = await materials.FindAsync(order.Material);
        var names = new Dictionary<(char, string), string>();
        foreach (var (axis, attribute) in new[] { ('x', product?.XAttribute), ('y', product?.YAttribute) })
            if (attribute is not null)
                foreach (var value in await materials.ValuesAsync(attribute))
                    names[(axis, value.Code)] = value.Name;
        var matrix = MatrixView.Of(order, (axis, code) => names.GetValueOrDefault((axis, code), code));
        return new(number, product?.Name ?? order.Material, matrix);
    }

    private async Task<AlertsPanel> AlertsAsync()
    {
        var standing = AlertFilter.None with { State = ["active", "acknowledged"], Shelved = false };
        var page = await alerts.ListAsync(standing, new PageRequest(PageRequest.MaxLimit));
        return new([.. page.Items.Select(AlertPanelRow.Of)]);
    }

    private async Task<WaitingPanel> WaitingAsync()
    {
        var (waiting, total) = await queries.WaitingAsync(MaxRows);
        return new(waiting, total);
    }

    private (DateOnly Date, int Shifts) Today()
    {
        var today = clock.Today;
        return (today, WorkDay.Of(today, clock.Zone).Count);
    }

    private static decimal PlanOf(LineToday line, int shifts) =>
        DayPlan.Of(
            line.Produced,
            line.ProducedKg,
            line.CapacityKg,
            shifts,
            line.Orders.Where(o => o.Due).Select(o => new DueWork(o.Outstanding, o.UnitKg))
        );
}
