using System.Collections.Immutable;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Lines;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Domain.Lines;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Lines;

/// <summary>The lines that make an order, by priority and load, and the order that it was divided from while that can be undone.</summary>
public sealed record LineOffer(IReadOnlyList<OfferedLine> Lines, string? Parent);

/// <summary>Reads what the lines' board shows and sends its commands, asking the same table of permissions as the API.</summary>
public sealed class LineDesk(IGrainFactory grains, LineReader lines, LineChoice choice, OrderReader orders)
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
        var loads = await Task.WhenAll((await lines.AllAsync()).Select(l => LoadAsync(l)));
        return [.. loads.OfType<LineLoadView>()];
    }

    /// <param name="queue">How many orders of its queue.</param>
    public Task<LineLoadView?> LoadAsync(string line, int queue = QueueShown) => Line(line).Load(queue);

    public Task<(IReadOnlyList<QueueRow> Orders, long Count)> TrayAsync(string? search) =>
        lines.TrayAsync(string.IsNullOrWhiteSpace(search) ? null : search.Trim(), TrayShown);

    /// <summary>What can be done with an order: the lines that make it, and the order that it can be merged back into.</summary>
    public async Task<LineOffer> OfferAsync(string number) =>
        new(
            await choice.ForAsync(number) ?? [],
            await orders.LoadAsync(number) is { Kind: OrderKind.Split, Status: OrderStatus.Draft or OrderStatus.Planned } part
                ? part.Parent
                : null
        );

    public Task<ILookup<string, string>> ProductsAsync() => lines.ProductsAsync();

    /// <param name="from">Where the order was seen; null: on no line. Here and below.</param>
    public Task<Answer<LineAssigned>> AssignAsync(CurrentUser user, string number, string? from, string line, bool split) =>
        Allowed(user, () => Order(number).AssignLine(line, split, By(user), new(from)));

    public Task<Answer<OrderAnswer>> UnassignAsync(CurrentUser user, string number, string? from) =>
        Allowed(user, () => Order(number).UnassignLine(By(user), new(from)));

    public Task<Answer<SplitPlan>> ProposeAsync(CurrentUser user, string number) =>
        Allowed(user, () => Order(number).ProposeSplit());

    public Task<Answer<OrderDivided>> SplitAllAsync(CurrentUser user, string number, string? from, SplitPlan plan) =>
        Allowed(user, () => Order(number).SplitAll(plan, By(user), new(from)));

    public Task<Answer<OrderAnswer>> UndoAsync(CurrentUser user, string parent, string part, string? from) =>
        Allowed(user, () => Order(parent).UndoSplit(part, By(user), new(from)));

    public Task<Answer<LineLoadView>> MoveAsync(CurrentUser user, string line, string number, QueueTarget to) =>
        Allowed(user, () => Line(line).Reorder(new([number], to.Before, to.Last), By(user)));

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
