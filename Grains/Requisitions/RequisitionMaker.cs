using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Requisitions;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Requisitions;

/// <summary>What a requisition is made for: a sale, an order, or an order of a sale; and when it is needed.</summary>
public sealed record RequisitionCause(string? SalesOrder, string? ProductionOrder, DateOnly? DueDate);

/// <summary>Makes the requisitions for what is missing, each with its number and, where it may go out at once, its mail.</summary>
public sealed class RequisitionMaker(MasterReader master, INumbers numbers, MailIdentity identity, PlantClock clock)
{
    /// <param name="missing">What reserving fell short of; the same material may come several times.</param>
    public async Task<ImmutableArray<(Requisition Requisition, Mail? Mail)>> MakeAsync(
        ImmutableArray<(string Material, decimal Quantity)> missing,
        RequisitionCause cause,
        Func<string, Material> materialOf,
        string actor
    )
    {
        if (missing.IsEmpty)
            return [];
        var suppliers = new Dictionary<string, Supplier?>(StringComparer.Ordinal);
        foreach (var code in missing.Select(m => materialOf(m.Material).Supplier).OfType<string>().Distinct())
            suppliers[code] = await master.FindAsync(MasterTable.Supplier, code) is { } row
                ? Suppliers.Of(MessageJson.Deserialize<SupplierData>(row.Json))
                : null;
        var drafts = RequisitionRules.Plan(missing, cause.DueDate, materialOf, suppliers.GetValueOrDefault);
        var drawn = await numbers.NextAsync(NumberKind.Requisition, drafts.Length);
        return
        [
            .. drafts.Select(
                (d, i) =>
                {
                    var number = NumberKind.Requisition.Text(drawn[i]);
                    var r = d.ToRequisition(number, cause.SalesOrder, cause.ProductionOrder, actor, clock.Now);
                    var supplier = d.Supplier is null ? null : suppliers[d.Supplier];
                    return (r, RequisitionRows.MailOf(r, supplier, materialOf, identity));
                }
            ),
        ];
    }
}
