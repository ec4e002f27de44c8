using Manufactura.Domain.Alerts;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Alerts;

/// <summary>
/// Compares what stands with the alerts that say so, and raises or clears the difference: once per crossing however often it is
/// asked, since a standing condition has one alert.
/// </summary>
public sealed class AlertSweep(
    SupplyReader supply,
    LotReader lots,
    OrderReader orders,
    MaterialCache materials,
    ICommitLog log,
    PlantClock clock
)
{
    private static readonly Dictionary<string, AlertKind> Kinds = Enum.GetValues<AlertKind>()
        .ToDictionary(k => AlertPolicy.Of(k).Word);

    /// <summary>The kind behind the word that is stored.</summary>
    public static AlertKind KindOf(string word) => Kinds[word];

    /// <summary>All that a new day can bring: expiring lots, overdue orders, stock below its minimum.</summary>
    public async Task LookAtDatesAsync()
    {
        await LookAtStockAsync(null);
        await LookAtExpiringAsync(null);
        await LookAtOverdueAsync(null);
    }

    /// <summary>Stock against the minimum of these materials; null: of all that have one.</summary>
    public async Task LookAtStockAsync(IReadOnlyCollection<string>? of)
    {
        var levels = await supply.StockLevelsAsync(clock.Today, of);
        var known = await materials.GetAsync([.. levels.Select(l => l.Material)]);
        var work = new UnitOfWork();
        foreach (var level in levels)
        {
            var draft = PlantAlerts.LowStock(known[level.Material], level.Available);
            if (draft is not null != level.AlertStands)
                work.Show(draft, AlertKind.LowStock, level.Material, clock.Now);
        }

        await WriteAsync(work);
    }

    /// <summary>Orders that wait for materials among these; null: all, and those whose alert stands.</summary>
    public async Task LookAtWaitingAsync(IReadOnlyCollection<string>? of)
    {
        var standing = await supply.StandingAlertsAsync(AlertPolicy.Of(AlertKind.OrderWaitingForMaterial).Word);
        var waiting = of is null ? [.. (await supply.WaitingAsync(null)).Select(w => w.Number)] : await supply.WaitingOfAsync(of);
        var toClear = (of ?? standing).Intersect(standing).Except(waiting);
        var work = new UnitOfWork();
        foreach (var order in await orders.LoadManyAsync([.. waiting.Except(standing)]))
            if (PlantAlerts.OrderWaiting(order) is { } waits)
                work.RaiseAlert(waits, clock.Now);
        foreach (var order in toClear)
            work.Clear(AlertKind.OrderWaitingForMaterial, order, clock.Now);
        await WriteAsync(work);
    }

    /// <summary>Dates of these lots against their margins; null: of all, and of those whose alert stands.</summary>
    public async Task LookAtExpiringAsync(IReadOnlyCollection<string>? of)
    {
        var today = clock.Today;
        var near = of is null
            ? await supply.ExpiringLotsAsync(today, Material.DefaultMinShelfLifeDays)
            : await supply.ExpiringOfAsync(today, Material.DefaultMinShelfLifeDays, of);
        var standing = await StandingAsync(AlertKind.LotExpiring, of);
        var found = await lots.LoadAsync([.. near.Except(standing)]);
        var known = await materials.GetAsync([.. found.Select(l => l.Material).Distinct()]);
        var work = new UnitOfWork();
        foreach (var lot in found)
            if (PlantAlerts.LotExpiring(lot, known[lot.Material], today) is { } draft)
                work.RaiseAlert(draft, clock.Now);
        foreach (var lot in standing.Except(near))
            work.Clear(AlertKind.LotExpiring, lot, clock.Now);
        await WriteAsync(work);
    }

    /// <summary>Due dates of these orders; null: of all, and of those whose alert stands.</summary>
    public async Task LookAtOverdueAsync(IReadOnlyCollection<string>? of)
    {
        var today = clock.Today;
        var late = of is null ? await supply.OverdueOrdersAsync(today) : await supply.OverdueOfAsync(today, of);
        var standing = await StandingAsync(AlertKind.OrderOverdue, of);
        var work = new UnitOfWork();
        foreach (var order in await orders.LoadManyAsync([.. late.Except(standing)]))
            if (PlantAlerts.OrderOverdue(order, today) is { } draft)
                work.RaiseAlert(draft, clock.Now);
        foreach (var order in standing.Except(late))
            work.Clear(AlertKind.OrderOverdue, order, clock.Now);
        await WriteAsync(work);
    }

    private Task<IReadOnlyList<string>> StandingAsync(AlertKind kind, IReadOnlyCollection<string>? of) =>
        of is null
            ? supply.StandingAlertsAsync(AlertPolicy.Of(kind).Word)
            : supply.StandingOfAsync(of.Select(subject => AlertRules.Condition(kind, subject)));

    private async Task WriteAsync(UnitOfWork work)
    {
        if (work.Count > 0)
            await log.CommitAsync(work);
    }
}
