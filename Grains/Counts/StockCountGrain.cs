using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Counts;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Counts;
using Manufactura.Grains.Lots;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.Counts;

/// <summary>
/// One physical count. Nothing is held in memory: every command raises the count's version, so that whoever posts sees every lot that
/// was counted, on whatever node.
/// </summary>
[GrainType("stock-count")]
public sealed partial class StockCountGrain(
    CountQueries counts,
    LotReader lots,
    FamilyReader families,
    OrderReader orders,
    MaterialReader masterData,
    MaterialCache materials,
    ICommitLog log,
    PlantClock clock
) : Grain, IStockCountGrain
{
    /// <summary>Lots that one command may write.</summary>
    private const int MostLots = 5000;

    private string Number => this.GetPrimaryKeyString();

    public Task<Answer<CountView>> Begin(BeginCountCommand command, CommandContext context) =>
        log.CarryOutAsync<CountView>(
            context,
            async draft =>
            {
                if (MasterRules.Text("reason", command.Reason, CountRules.MaxReason) is { } bad)
                    return bad;
                if (!(await masterData.LocationsAsync([command.Location])).Active.Contains(command.Location))
                    return MasterRules.Unknown("location", command.Location);
                if (command.Material is { } material && await materials.FindAsync(material) is null)
                    return MasterRules.Unknown("material", material);
                var reason = string.IsNullOrWhiteSpace(command.Reason)
                    ? $"Inventario físico {clock.Today:yyyy-MM-dd}"
                    : command.Reason.Trim();
                var begun = new StockCount(
                    Number,
                    CountStatus.Open,
                    command.Location,
                    command.Material,
                    command.Blind,
                    reason,
                    context.Actor,
                    clock.Now
                );
                draft.Work.Add(
                    new CountInsert(Number, begun.Location, begun.Material, begun.Blind, reason, context.Actor, begun.CreatedAt)
                );
                var view = View(begun, []);
                draft.Work.Add(Event("count-created", begun, view, context.Actor));
                return view;
            }
        );

    public Task<Answer<CountView>> Record(ImmutableArray<CountedLot> counted, CommandContext context) =>
        Change(
            context,
            async (count, draft) =>
            {
                if (counted.Length is 0 or > MostLots)
                    return MasterRules.Bad(
                        "lines",
                        $"debe tener entre 1 y {MostLots} elementos",
                        $"must have between 1 and {MostLots} elements"
                    );
                if (MasterRules.Twice("lines.lot", counted.Select(c => c.Lot)) is { } twice)
                    return twice;
                string[] codes = [.. counted.Select(c => c.Lot)];
                var known = (await lots.LoadAsync(codes)).ToDictionary(l => l.Code, StringComparer.Ordinal);
                if (codes.FirstOrDefault(c => !known.ContainsKey(c)) is { } unknown)
                    return MasterRules.Unknown("lines.lot", unknown);
                var goods = await materials.GetAsync([.. known.Values.Select(l => l.Material).Distinct()]);
                var before = (await LinesAsync(codes)).ToDictionary(l => l.Lot, StringComparer.Ordinal);
                var after = ImmutableArray.CreateBuilder<CountLine>();
                foreach (var one in counted)
                {
                    var lot = known[one.Lot];
                    var line = before.GetValueOrDefault(one.Lot);
                    var entry = new CountEntry(one.Lot, one.Counted, one.Version);
                    var recorded = CountRules.Record(count, line, entry, lot, goods[lot.Material], context.Actor, clock.Now);
                    if (recorded.Refusal is { } refusal)
                        return refusal;
                    after.Add(recorded.Outcome);
                    draft.Work.Add(Row(recorded.Outcome, line?.Version ?? 0));
                }

                return Next(draft.Work, count, CountStatus.Open, after.ToImmutable(), "count-recorded", context.Actor);
            }
        );

    public Task<Answer<CountView>> Cancel(CommandContext context) =>
        Change(
            context,
            (count, draft) =>
                Task.FromResult<Decision<CountView>>(
                    CountRules.Closed(count) is { } closed
                        ? closed
                        : Next(draft.Work, count, CountStatus.Cancelled, [], "count-cancelled", context.Actor)
                )
        );

    /// <summary>The count as it is to stand, one version on, with its event.</summary>
    private CountView Next(
        UnitOfWork work,
        StockCount count,
        CountStatus status,
        ImmutableArray<CountLine> lines,
        string what,
        string actor
    )
    {
        var closes = status != CountStatus.Open;
        var next = count with
        {
            Status = status,
            Version = count.Version + 1,
            ClosedBy = closes ? actor : null,
            ClosedAt = closes ? clock.Now : null,
        };
        work.Add(new CountUpdate(Number, count.Version, status.ToString(), next.ClosedBy, next.ClosedAt));
        var view = View(next, lines);
        work.Add(Event(what, next, view, actor));
        return view;
    }

    private Task<Answer<CountView>> Change(CommandContext context, Func<StockCount, Draft, Task<Decision<CountView>>> decide) =>
        log.CarryOutAsync<CountView>(
            context,
            async draft =>
                await counts.FindAsync(Number) is { } row
                    ? await decide(Of(row), draft)
                    : Refusal.NotFound($"el inventario {Number}") with
                    {
                        En = $"Count {Number} does not exist.",
                    }
        );

    private async Task<IReadOnlyList<CountLine>> LinesAsync(string[]? codes) =>
        [
            .. (await counts.AllLinesAsync(Number, new CountLineFilter(codes))).Select(l => new CountLine(
                l.Lot,
                l.Counted,
                l.Booked,
                l.By,
                l.At,
                l.Version
            )),
        ];

    private CountLineWrite Row(CountLine line, int expected, decimal? posted = null) =>
        new(Number, line.Lot, expected, line.Counted, line.Booked, line.By, line.At, posted);

    private static StockCount Of(CountRow r) =>
        new(
            r.Number,
            Enum.Parse<CountStatus>(r.Status),
            r.Location,
            r.Material,
            r.Blind,
            r.Reason,
            r.CreatedBy,
            r.CreatedAt,
            r.ClosedBy,
            r.ClosedAt,
            r.Version
        );

    private static CountView View(StockCount c, ImmutableArray<CountLine> lines) =>
        new(
            c.Number,
            c.Status,
            c.Location,
            c.Material,
            c.Blind,
            c.Reason,
            c.Version,
            c.CreatedBy,
            c.CreatedAt,
            [.. lines.Select(CountLineView.Of)],
            [],
            0,
            []
        );

    private static EventInsert Event(string type, StockCount c, CountView view, string actor) =>
        new(type, "count:" + c.Number, null, c.Version, actor, MessageJson.Serialize(view));
}
