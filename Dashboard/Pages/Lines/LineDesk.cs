using System.Collections.Immutable;
using Manufactura.Dashboard.Access;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Lines;

/// <summary>Reads what the lines' board shows and sends its commands, asking the same table of permissions as the API.</summary>
public sealed class LineDesk(IGrainFactory grains, LineReader lines)
{
    /// <summary>Orders of a queue that a lane shows: as many as a <c>line-load-changed</c> event carries.</summary>
    public const int QueueShown = 50;

    /// <summary>Orders that the tray shows.</summary>
    public const int TrayShown = 60;

    private static readonly Refusal NotAllowed = new(
        "forbidden",
        RefusalKind.Forbidden,
        "Su rol no permite hacer esto.",
        "Your role may not do this."
    );

    /// <summary>Every line with its load, by code.</summary>
    public async Task<IReadOnlyList<LineLoadView>> LoadsAsync()
    {
        var loads = await Task.WhenAll((await lines.AllAsync()).Select(LoadAsync));
        return [.. loads.OfType<LineLoadView>()];
    }

    public Task<LineLoadView?> LoadAsync(string line) => Line(line).Load(QueueShown);

    public Task<(IReadOnlyList<QueueRow> Orders, long Count)> TrayAsync(string? search) =>
        lines.TrayAsync(string.IsNullOrWhiteSpace(search) ? null : search.Trim(), TrayShown);

    public Task<ILookup<string, string>> ProductsAsync() => lines.ProductsAsync();

    public Task<Answer<LineAssigned>> AssignAsync(CurrentUser user, string number, string line, bool split) =>
        Allowed(user, () => Order(number).AssignLine(line, split, By(user)));

    public Task<Answer<OrderAnswer>> UnassignAsync(CurrentUser user, string number) =>
        Allowed(user, () => Order(number).UnassignLine(By(user)));

    public Task<Answer<SplitPlan>> ProposeAsync(CurrentUser user, string number) =>
        Allowed(user, () => Order(number).ProposeSplit());

    public Task<Answer<OrderDivided>> SplitAllAsync(CurrentUser user, string number, SplitPlan plan) =>
        Allowed(user, () => Order(number).SplitAll(plan, By(user)));

    public Task<Answer<OrderAnswer>> UndoAsync(CurrentUser user, string parent, string part) =>
        Allowed(user, () => Order(parent).UndoSplit(part, By(user)));

    public Task<Answer<LineLoadView>> ReorderAsync(CurrentUser user, string line, IEnumerable<string> first) =>
        Allowed(user, () => Line(line).Reorder(new QueueSequence([.. first]), By(user)));

    public Task<CalendarData?> CalendarAsync(string line) => Line(line).Calendar();

    public Task<Answer<CalendarData>> SaveCalendarAsync(CurrentUser user, string line, CalendarData calendar) =>
        Allowed(user, () => Line(line).SaveCalendar(calendar, By(user)), Permission.ManageMasterData);

    private static async Task<Answer<T>> Allowed<T>(
        CurrentUser user,
        Func<Task<Answer<T>>> send,
        Permission needs = Permission.AssignLines
    )
        where T : class => user.May(needs) ? await send() : NotAllowed;

    private static CommandContext By(CurrentUser user) => new(user.Name);

    private IProductionOrderGrain Order(string number) => grains.GetGrain<IProductionOrderGrain>(number);

    private IProductionLineGrain Line(string code) => grains.GetGrain<IProductionLineGrain>(code);
}
