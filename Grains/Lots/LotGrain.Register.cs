using Manufactura.Domain;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Requisitions;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Grains.Requisitions;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using LotDelta = Manufactura.Storage.Commits.Rows.LotChange;
using Take = Manufactura.Storage.Commits.Rows.LotUse;

namespace Manufactura.Grains.Lots;

public sealed partial class LotGrain
{
    public Task<Answer<LotView>> Register(RegisterLotCommand command, CommandContext context) =>
        log.CarryOutAsync<LotView>(
            context,
            async draft =>
            {
                var checks = MasterRules.First(
                    MasterRules.Code("code", Code),
                    MasterRules.NotNegative("unitCost", command.UnitCost, 2),
                    MasterRules.Text("supplierLot", command.SupplierLot, 200)
                );
                if (checks is { } bad)
                    return bad;
                if (await materials.FindAsync(command.Material) is not { } material)
                    return MasterRules.Unknown("material", command.Material);
                var place = await PlaceAsync(command.Location);
                if (place.Refusal is { } noPlace)
                    return noPlace;
                if (command.Supplier is { } supplier && await master.FindAsync(MasterTable.Supplier, supplier) is null)
                    return MasterRules.Unknown("supplier", supplier);
                var requisition = await RequisitionAsync(command.Requisition, material.Code);
                if (requisition.Refusal is { } noRequisition)
                    return noRequisition;
                var request = new LotRequest(
                    command.Quantity,
                    command.ExpiresOn,
                    command.Supplier ?? requisition.Outcome?.Supplier,
                    command.SupplierLot,
                    place.Outcome,
                    command.Requisition,
                    command.UnitCost
                );
                return await RegisterAsync(draft.Work, request, material, requisition.Outcome, command.UnitCost, context.Actor);
            }
        );

    private async Task<Decision<LotView>> RegisterAsync(
        UnitOfWork work,
        LotRequest request,
        Material material,
        Requisition? requisition,
        decimal? unitCost,
        string actor
    )
    {
        var bulk =
            !material.LotTracked && await supply.BulkLotAsync(material.Code, request.Location) is { } held
                ? await FindAsync(held)
                : null;
        var code = material.LotTracked ? Code : bulk?.Code ?? LotCodes.Bulk(material.Code, request.Location, Code);
        if (bulk is null && await FindAsync(code) is { } taken)
        {
            // A bulk lot that came between the two readings is the one to add to.
            if (material.LotTracked || !taken.Bulk || taken.Material != material.Code || taken.Location != request.Location)
                return MasterChanges.Duplicate(code);
            bulk = taken;
        }

        var now = clock.Now;
        var registered = RegisterLot.Decide(code, request, material, bulk, clock.Today, now);
        if (registered.Refusal is { } refusal)
            return refusal;
        var (lot, movements, _) = registered.Outcome;
        if (bulk is null)
            work.Insert(lot);
        else
            work.Add(new LotDelta(code, request.Quantity, 0, Take.Any, clock.Today, Received: request.Quantity));
        work.Insert(movements, actor, now);
        work.Add(new LotEvent(code, actor, "registered"));
        if (unitCost is { } cost && await AverageAsync(work, material.Code, request.Quantity, cost, actor) is { } badCost)
            return badCost;
        if (requisition is not null)
        {
            var received = await supply.ReceivedAsync(requisition.Number);
            var next = RequisitionRules.Receive(
                requisition,
                m => received.GetValueOrDefault(m) + (m == material.Code ? request.Quantity : 0)
            );
            if (next.Refusal is { } closed)
                return closed;
            // Also while something is still to come: two receipts at once then see each other.
            work.Update(requisition, next.Outcome with { Version = requisition.Version + 1 }, actor, now);
        }

        return await ViewAsync(lot);
    }

    private async Task<Decision<string>> PlaceAsync(string? location)
    {
        var places = await masterData.LocationsAsync([location]);
        if (location is not null)
            return places.Active.Contains(location) ? location : NoPlace(places, location);
        return places.Default ?? (Decision<string>)MasterRules.Missing("location");
    }

    private static Refusal NoPlace(PlantLocations places, string location) =>
        places.Inactive.Contains(location)
            ? MasterRules.Inactive("location", location)
            : MasterRules.Unknown("location", location);

    private async Task<Decision<Requisition?>> RequisitionAsync(string? number, string material)
    {
        if (number is null)
            return (Requisition?)null;
        if (await sales.RequisitionAsync(number) is not { } row)
            return MasterRules.Unknown("requisition", number);
        var requisition = RequisitionRows.Of(row);
        return requisition.Lines.Any(l => l.Material == material)
            ? requisition
            : Refusal.Validation(
                $"La requisición {number} no pide {material}.",
                $"Requisition {number} does not ask for {material}."
            );
    }

    /// <summary>The material's unit cost as a moving average over what is on hand and what came.</summary>
    private async Task<Refusal?> AverageAsync(UnitOfWork work, string material, decimal quantity, decimal cost, string actor)
    {
        if (quantity <= 0 || await master.FindAsync(MasterTable.Material, material) is not { } row)
            return MasterRules.Unknown("material", material);
        var data = MessageJson.Deserialize<MaterialData>(row.Json);
        var average = MovingAverageCost.After(await supply.OnHandAsync(material), data.UnitCost, quantity, cost);
        if (average == data.UnitCost)
            return null;
        var json = MessageJson.Serialize(data with { UnitCost = average });
        work.Add(new MasterWrite(MasterTable.Material, material, row.Version, json));
        work.Add(new EventInsert("material-changed", "material:" + material, null, row.Version + 1, actor, json));
        return null;
    }
}
