using Manufactura.Domain.Lines;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Lines;

/// <summary>
/// A line that could take an order. Units are null when the product has no unit weight; load is without the order itself;
/// <paramref name="FirstFree"/> is the shift after the line's queue.
/// </summary>
public sealed record OfferedLine(
    string Code,
    string Name,
    int Priority,
    decimal? CapacityUnits,
    decimal CapacityKg,
    decimal AssignedKg,
    decimal Percent,
    bool Saturated,
    ShiftView? FirstFree
);

/// <summary>"El sistema lista las líneas compatibles": the active ones by priority, then load.</summary>
public sealed class LineChoice(OrderReader orders, LineReader lines, MaterialCache materials, IGrainFactory grains)
{
    /// <summary>The lines for an order; null when there is no such order.</summary>
    public async Task<IReadOnlyList<OfferedLine>?> ForAsync(string number, CancellationToken ct = default) =>
        await orders.LoadAsync(number, ct) is { } order && await materials.FindAsync(order.Material) is { } product
            ? await ForAsync(order, product, ct)
            : null;

    private async Task<IReadOnlyList<OfferedLine>> ForAsync(ProductionOrder order, Material product, CancellationToken ct)
    {
        var stands = new Dictionary<string, LineStand>(StringComparer.Ordinal);
        foreach (var code in await lines.MakingAsync(product.Code, ct))
            if (
                await grains.GetGrain<IProductionLineGrain>(code).Stand(new(product.Code, order.Number)) is
                { Priority: not null } stand
            )
                stands[code] = stand;
        var candidates = stands.Values.Select(s => new LineCandidate(
            new(s.Line, s.Name, s.CapacityKg, s.Active),
            new(s.Line, product.Code, s.Priority!.Value),
            s.AssignedKg
        ));
        return
        [
            .. LineOptions
                .For(product, candidates)
                .Select(o => new OfferedLine(
                    o.Code,
                    o.Name,
                    o.Priority,
                    o.CapacityUnits,
                    o.CapacityKg,
                    o.AssignedKg,
                    o.Percent,
                    o.Saturated,
                    stands[o.Code].FirstFree
                )),
        ];
    }
}
