using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>What an order was to consume of a component and what it did, at today's unit cost.</summary>
/// <param name="UnitCost">Null while the material has no cost.</param>
public sealed record CostRow(string Material, string Name, string Unit, decimal Planned, decimal Consumed, decimal? UnitCost)
{
    /// <summary>Null while the material has no cost.</summary>
    public decimal? PlannedCost => Planned * UnitCost;

    /// <summary>Null while the material has no cost.</summary>
    public decimal? ActualCost => Consumed * UnitCost;
}

/// <summary>What an order and its partial orders moved and cost.</summary>
public sealed class OrderLedger(StockQueries stock, AuditQueries events, MaterialReader materials)
{
    /// <summary>Newest first, at most 500.</summary>
    public async Task<IReadOnlyList<MovementRow>> MovementsAsync(
        OrderSheet sheet,
        bool withdrawn,
        CancellationToken ct = default
    ) =>
        (
            await stock.MovementsAsync(
                MovementFilter.None with
                {
                    Reference = References(sheet),
                    Withdrawn = withdrawn,
                },
                new PageRequest(PageRequest.MaxLimit),
                ct
            )
        ).Items;

    /// <summary>The journal entries of the order, newest first.</summary>
    public async Task<IReadOnlyList<JournalRow>> JournalAsync(OrderSheet sheet, CancellationToken ct = default) =>
        (await events.JournalAsync(References(sheet), null, null, new PageRequest(100), ct)).Items;

    /// <summary>Plan against actual per component.</summary>
    public async Task<IReadOnlyList<CostRow>> CostsAsync(OrderSheet sheet, CancellationToken ct = default)
    {
        var order = sheet.Order;
        var consumed = (await MovementsAsync(sheet, withdrawn: false, ct))
            .Where(m => m.Type == "PRODUCTION_OUT")
            .GroupBy(m => m.Material, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => -g.Sum(m => m.Quantity), StringComparer.Ordinal);
        string[] codes = [.. order.BomLines.Select(l => l.Component).Union(consumed.Keys, StringComparer.Ordinal)];
        var found = await materials.MaterialsAsync(codes, ct);
        return [.. codes.Select(code => Row(order, found[code], consumed.GetValueOrDefault(code)))];
    }

    private static CostRow Row(ProductionOrder order, Material material, decimal consumed)
    {
        var perUnit = order.BomLines.Where(l => l.Component == material.Code).Sum(l => l.Quantity);
        return new(
            material.Code,
            material.Name,
            material.Unit,
            perUnit * (order.Quantity - order.Moved),
            consumed,
            material.UnitCost
        );
    }

    private static string[] References(OrderSheet sheet) =>
        [sheet.Order.Number, .. sheet.Children.Where(c => c.Kind == OrderKind.Partial).Select(c => c.Number)];
}
