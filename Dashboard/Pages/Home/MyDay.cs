using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Screens;
using Manufactura.Dashboard.Pages.Alerts;
using Manufactura.Domain.Access;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Home;

/// <summary>What a person is shown first. Null: not this person's business.</summary>
public sealed record MyDay(
    PlantCounts Counts,
    IReadOnlyList<AlertGroup> Alerts,
    TotalsPanel? Totals,
    IReadOnlyList<ProductionOrder>? Orders,
    WaitingPanel? Waiting,
    IReadOnlyList<LinePanelRow>? Lines,
    IReadOnlyList<LotRow>? Lots,
    IReadOnlyList<RequisitionRow>? Requisitions,
    IReadOnlyList<SalesOrderRow>? Sales,
    IReadOnlyDictionary<string, string> Names
)
{
    /// <summary>The name of a product, or its code.</summary>
    public string NameOf(string material) => Names.GetValueOrDefault(material, material);
}

/// <summary>Reads what a person is shown first.</summary>
public sealed class MyDayReader(
    AlertQueries alerts,
    OrderQueries orders,
    LotQueries lots,
    SalesQueries sales,
    ScreenQueries screens,
    ScreenBoard board,
    MaterialCache materials
)
{
    /// <param name="rows">Rows of each list.</param>
    public async Task<MyDay> ReadAsync(CurrentUser me, int rows)
    {
        var floor = me.May(Permission.StartOrders);
        var page = new PageRequest(rows);
        var working = floor ? await InProgressAsync(rows) : null;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in working?.Select(o => o.Material).Distinct() ?? [])
            if (await materials.FindAsync(code) is { } material)
                names[code] = material.Name;
        return new(
            await alerts.CountsAsync(),
            await MineAsync(me),
            floor ? await board.TotalsAsync() : null,
            working,
            me.May(Permission.ReserveMaterials) ? await WaitingAsync(rows) : null,
            floor ? (await board.LinesAsync()).Lines : null,
            me.May(Permission.InspectLots)
                ? (await lots.ListAsync(LotFilter.None with { Status = ["Quarantine"] }, page)).Items
                : null,
            me.May(Permission.ManageRequisitions)
                ? (await sales.RequisitionsAsync(TradeFilter.None with { Status = ["AwaitingApproval"] }, page)).Items
                : null,
            me.May(Permission.ManageSales)
                ? (await sales.SalesOrdersAsync(TradeFilter.None with { Status = ["Pending"] }, page)).Items
                : null,
            names
        );
    }

    /// <summary>What waits for the person's roles, by cause; an admin looks after all.</summary>
    private async Task<IReadOnlyList<AlertGroup>> MineAsync(CurrentUser me)
    {
        var filter = AlertFilter.None with { State = ["active"], Shelved = false };
        if (!me.Roles.Contains(Role.Admin))
            filter = filter with { Role = [.. me.Roles.Select(r => r.ToString())] };
        var page = await alerts.ListAsync(filter, new PageRequest(PageRequest.MaxLimit));
        return AlertGroup.Of(page.Items);
    }

    /// <summary>The most urgent first.</summary>
    private async Task<IReadOnlyList<ProductionOrder>> InProgressAsync(int rows)
    {
        var filter = OrderFilter.None with { Status = ["InProgress"] };
        var page = await orders.ListAsync(filter, new PageRequest(PageRequest.MaxLimit));
        return [.. page.Items.OrderBy(o => o.DueDate ?? DateOnly.MaxValue).ThenBy(o => o.Priority).Take(rows)];
    }

    private async Task<WaitingPanel> WaitingAsync(int rows)
    {
        var (waiting, total) = await screens.WaitingAsync(rows);
        return new(waiting, total);
    }
}
