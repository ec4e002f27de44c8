using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using LotDelta = Manufactura.Storage.Commits.Rows.LotChange;
using Take = Manufactura.Storage.Commits.Rows.LotUse;

namespace Manufactura.Grains.Lots;

public sealed partial class LotGrain
{
    public Task<Answer<LotView>> Transfer(string location, decimal? quantity, CommandContext context) =>
        log.CarryOutAsync<LotView>(
            context,
            async draft =>
            {
                if (await FindAsync(Code) is not { } lot)
                    return NotFound();
                var places = await masterData.LocationsAsync([location]);
                if (!places.Active.Contains(location))
                    return NoPlace(places, location);
                var there =
                    lot.Bulk && await supply.BulkLotAsync(lot.Material, location) is { } code ? await FindAsync(code) : null;
                var other = there?.Code ?? await OtherCodeAsync(lot, location, quantity);
                var material = (await materials.FindAsync(lot.Material))!;
                var transfer = TransferLot.Decide(lot, material, location, quantity, other, there, clock.Today);
                if (transfer.Refusal is { } refusal)
                    return refusal;
                Write(draft.Work, lot, there, transfer.Outcome, context.Actor, clock.Now);
                return await ViewAsync(transfer.Outcome.Lot) with { OtherLot = transfer.Outcome.Other?.Code };
            }
        );

    /// <summary>The reason of the pass.</summary>
    internal const string Expired = "expired";

    public async Task<ImmutableArray<string>> Expire(DateOnly day)
    {
        ImmutableArray<string> concerned = [];
        var answer = await log.CarryOutAsync<LotView>(
            new("system"),
            async draft =>
            {
                concerned = [];
                if (await FindAsync(Code) is not { } lot)
                    return NotFound();
                var open = await supply.OpenAllocationsAsync(Code);
                if (ExpireLot.Decide(lot with { Reserved = open.Sum(a => a.Quantity) }, open, day) is not { } change)
                    return await ViewAsync(lot);
                var now = clock.Now;
                draft.Work.Add(new LotStatusChange(Code, lot.Version, nameof(LotStatus.Expired)));
                draft.Work.Add(new LotDelta(Code, 0, -open.Sum(a => a.Quantity), Take.Any, clock.Today));
                draft.Work.Add(new LotEvent(Code, "system", Expired));
                draft.Work.Clear(AlertKind.LotExpiring, Code, now);
                concerned = await draft.Work.LoseAsync(orders, [lot], Expired, change.Released, "system", now);
                return LotView.Of(change.Lot, []);
            }
        );
        return answer.Problem is null
            ? concerned
            : throw new InvalidOperationException($"Lot {Code} could not be expired: {answer.Problem.En}");
    }

    private static void Write(UnitOfWork work, Lot lot, Lot? there, Transfer transfer, string actor, DateTimeOffset at)
    {
        var (next, other, movements) = transfer;
        if (other is null)
            work.Add(new LotUpdate(lot.Code, lot.Version, Location: next.Location));
        else
        {
            var moved = lot.OnHand - next.OnHand;
            work.Add(new LotDelta(lot.Code, -moved, 0, Take.Any, DateOnly.MinValue));
            // The part has the status that the lot had when it was taken; of bulk stock that is never in question.
            if (!lot.Bulk)
                work.Add(new LotUpdate(lot.Code, lot.Version));
            if (there is null)
                work.Insert(other);
            else
                work.Add(new LotDelta(there.Code, moved, 0, Take.Any, DateOnly.MinValue, Received: moved));
            work.Add(new LotEvent(other.Code, actor, "transferred"));
        }

        work.Insert(movements, actor, at);
        work.Add(new LotEvent(lot.Code, actor, "transferred"));
    }

    private async Task<string> OtherCodeAsync(Lot lot, string location, decimal? quantity) =>
        lot.Bulk ? LotCodes.Bulk(lot.Material, location, await NextCodeAsync())
        : quantity is null ? lot.Code
        : LotCodes.Part(lot.Code, await supply.PartsAsync(lot.Code) + 1);

    private async Task<string> NextCodeAsync() => NumberKind.Lot.Text((await numbers.NextAsync(NumberKind.Lot, 1))[0]);
}
