using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Materials;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Orleans.Runtime;
using Outcome = Manufactura.Domain.Lots.LotChange;

namespace Manufactura.Grains.Lots;

/// <summary>
/// Serializes what people do to one lot. Reservations do not pass here but through the material, so nothing is held in memory:
/// every command reads the lot, decides, and writes under what it read.
/// </summary>
[GrainType("lot")]
public sealed partial class LotGrain(
    LotReader lots,
    LotQueries lotRows,
    OrderReader orders,
    SupplyReader supply,
    MaterialCache materials,
    MaterialReader masterData,
    MasterReader master,
    SalesQueries sales,
    INumbers numbers,
    ICommitLog log,
    PlantClock clock
) : Grain, ILotGrain
{
    private string Code => this.GetPrimaryKeyString();

    public Task<Answer<LotView>> Inspect(InspectionDecision decision, string? result, string? note, CommandContext context) =>
        log.CarryOutAsync<LotView>(
            context,
            async draft =>
            {
                if (await FindAsync(Code) is not { } lot)
                    return NotFound();
                var now = clock.Now;
                var inspected = InspectLot.Decide(lot, decision, result, note, clock.Today, context.Actor, now);
                if (inspected.Refusal is { } refusal)
                    return refusal;
                var (next, inspection, warning) = inspected.Outcome;
                var word = MessageJson.Name(decision);
                if (next.Status == lot.Status)
                    draft.Work.Add(new LotUpdate(Code, lot.Version));
                else
                    draft.Work.Add(new LotStatusChange(Code, lot.Version, next.Status.ToString()));
                draft.Work.Add(new InspectionInsert(Code, word, inspection.Result, inspection.Note, context.Actor, now));
                draft.Work.Add(new LotEvent(Code, context.Actor, word));
                var view = await ViewAsync(next);
                return view with
                {
                    Inspections = view.Inspections.Add(new(word, inspection.Result, inspection.Note, context.Actor, now)),
                    Warnings = warning is null ? [] : [Sentences.Of(warning)],
                };
            }
        );

    public Task<Answer<LotView>> Adjust(decimal difference, string? reason, CommandContext context) =>
        ChangeAsync(
            "adjusted",
            context,
            (lot, material, open) => ChangeLotQuantity.Adjust(lot, material, difference, reason, open, clock.Today)
        );

    public Task<Answer<LotView>> Scrap(decimal quantity, string? reason, CommandContext context) =>
        ChangeAsync(
            "scrapped",
            context,
            (lot, material, open) => ChangeLotQuantity.Scrap(lot, material, quantity, reason, open, clock.Today)
        );

    /// <summary>A correction of the quantity; what it no longer covers leaves its orders in the same step.</summary>
    private Task<Answer<LotView>> ChangeAsync(
        string what,
        CommandContext context,
        Func<Lot, Material, ImmutableArray<LotAllocation>, Decision<Outcome>> rule
    ) =>
        log.CarryOutAsync<LotView>(
            context,
            async draft =>
            {
                if (await FindAsync(Code) is not { } lot)
                    return NotFound();
                var open = await supply.OpenAllocationsAsync(Code);
                if (open.Sum(a => a.Quantity) != lot.Reserved)
                    // Read in two moments: as the lot stands now, or the commit says so.
                    lot = lot with
                    {
                        Reserved = open.Sum(a => a.Quantity),
                    };
                var change = rule(lot, (await materials.FindAsync(lot.Material))!, open);
                if (change.Refusal is { } refusal)
                    return refusal;
                var now = clock.Now;
                var (next, _, released) = change.Outcome;
                draft.Work.Correct(lot, change.Outcome, (context.Actor, what), clock.Today, now);
                var lost = await draft.Work.LoseAsync(orders, [lot], what, released, context.Actor, now);
                return await ViewAsync(next) with { Replanned = lost };
            }
        );

    private async Task<Lot?> FindAsync(string code) => (await lots.LoadAsync([code])) is [var lot] ? lot : null;

    private async Task<LotView> ViewAsync(Lot lot) =>
        LotView.Of(
            lot,
            [
                .. ((await lotRows.FindAsync(lot.Code))?.Inspections ?? []).Select(i => new InspectionView(
                    i.Decision,
                    i.Result,
                    i.Note,
                    i.By,
                    i.At
                )),
            ]
        );

    private Refusal NotFound() => Refusal.NotFound($"el lote {Code}") with { En = $"Lot {Code} does not exist." };
}
