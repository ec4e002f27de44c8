using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>What an order was to consume of a component and what it did.</summary>
/// <param name="UnitCost">What was consumed cost this on average; what is only planned, as it costs now. Null while there is no cost.</param>
public sealed record CostRow(
    string Material,
    string Name,
    string Unit,
    decimal Planned,
    decimal Consumed,
    decimal? UnitCost,
    decimal? ActualCost
)
{
    /// <summary>Null while the material has no cost.</summary>
    public decimal? PlannedCost => Planned * UnitCost;
}

/// <summary>What an order and its partial orders moved and cost.</summary>
public sealed class OrderLedger(StockQueries stock, AuditQueries events, MaterialReader materials)
{
    /// <summary>Newest first, withdrawn ones too.</summary>
    public Task<Page<MovementRow>> MovementsAsync(string order, PageRequest page, CancellationToken ct = default) =>
        stock.MovementsAsync(MovementFilter.None with { Order = order, Withdrawn = true }, page, ct);

    /// <summary>The journal entries of the order, newest first.</summary>
    public async Task<IReadOnlyList<JournalRow>> JournalAsync(string order, CancellationToken ct = default) =>
        (await events.JournalAsync([order], null, null, new PageRequest(100), ct)).Items;

    /// <summary>Plan against actual per component.</summary>
    public async Task<IReadOnlyList<CostRow>> CostsAsync(OrderSheet sheet, CancellationToken ct = default)
    {
        var order = sheet.Order;
        var used = (await stock.UsedByAsync(order.Number, ct)).ToDictionary(u => u.Material, StringComparer.Ordinal);
        string[] codes = [.. order.BomLines.Select(l => l.Component).Union(used.Keys, StringComparer.Ordinal)];
        var found = await materials.MaterialsAsync(codes, ct);
        return [.. codes.Select(code => Row(order, found[code], used.GetValueOrDefault(code)))];
    }

    private static CostRow Row(ProductionOrder order, Material material, UsedRow? used)
    {
        var perUnit = order.BomLines.Where(l => l.Component == material.Code).Sum(l => l.Quantity);
        var quantity = used?.Quantity ?? 0;
        // What moved without a cost of its own, as an import may bring it, counts at what the material costs now.
        var open = quantity - (used?.Costed ?? 0);
        var cost = open == 0 ? used?.Cost ?? 0 : (used?.Cost ?? 0) + open * material.UnitCost;
        return new(
            material.Code,
            material.Name,
            material.Unit,
            Quantities.RoundUp(perUnit * (order.Quantity - order.Moved), material.Precision),
            quantity,
            quantity > 0 ? cost / quantity : material.UnitCost,
            cost
        );
    }
}
