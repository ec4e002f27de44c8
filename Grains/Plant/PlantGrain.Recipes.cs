using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Boms;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.Plant;

public sealed partial class PlantGrain
{
    public Task<Answer<BomData>> SaveBom(BomData data, SaveMode mode, CommandContext context) =>
        Save<BomData>(
            MasterKind.Bom,
            data.Code,
            mode,
            context,
            async current =>
            {
                if (
                    MasterRules.First(
                        MasterRules.Code("material", data.Material),
                        data.Lines is null ? MasterRules.Missing("lines") : MasterRules.Count("lines", data.Lines.Value.Length)
                    ) is
                    { } bad
                )
                    return bad;
                foreach (var line in (ImmutableArray<BomLineData?>)[.. data.Lines!.Value])
                    if (
                        MasterRules.First(
                            MasterRules.Code("lines.component", line?.Component),
                            MasterRules.Positive("lines.quantity", line?.Quantity, 3)
                        ) is
                        { } wrong
                    )
                        return wrong;
                var checkedBom = await CheckBom(data);
                if (checkedBom.Refusal is { } refusal)
                    return refusal;
                if (
                    current is not null
                    && current.Material != data.Material
                    && MasterChanges.Fixed(
                        data.Code!,
                        new("el producto", "The product"),
                        await master.UsesAsync(MasterTable.Bom, data.Code!)
                    )
                        is { } used
                )
                    return used;
                return new Saved<BomData>(
                    data with
                    {
                        Active = data.Active ?? true,
                        Lines =
                        [
                            .. checkedBom.Outcome.Lines.Select(l => new BomLineData(l.Component, l.Quantity.Plain(), l.Unit)),
                        ],
                        CreatedAt = current is null ? clock.Now : current.CreatedAt,
                        CreatedBy = current is null ? context.Actor : current.CreatedBy,
                    }
                );
            }
        );

    /// <summary>Lines in the components' own units, each component once, and no cycle over any nesting.</summary>
    private async Task<Decision<Bom>> CheckBom(BomData data)
    {
        var lines = data.Lines!.Value;
        string[] components = [.. lines.Select(l => l.Component!)];
        // Read anew, not from the cache: what is saved here is what every later order copies.
        materials.Clear();
        var known = await materials.GetAsync([data.Material!, .. components]);
        if (!known.ContainsKey(data.Material!))
            return MasterRules.Unknown("material", data.Material!);
        if (components.FirstOrDefault(c => !known.ContainsKey(c)) is { } unknown)
            return MasterRules.Unknown("lines.component", unknown);
        var bom = new Bom(
            data.Code!,
            data.Material!,
            data.Active ?? true,
            [.. lines.Select(l => new OrderBomLine(l.Component!, l.Quantity!.Value, l.Unit ?? known[l.Component!].Unit))],
            clock.Now,
            "",
            1
        );
        var below = await master.BomsBelowAsync([data.Material!, .. components]);
        return Domain.Boms.SaveBom.Decide(bom, code => known.GetValueOrDefault(code), below);
    }

    public Task<Answer<LineData>> SaveLine(LineData data, SaveMode mode, CommandContext context) =>
        Save<LineData>(
            MasterKind.Line,
            data.Code,
            mode,
            context,
            async _ =>
            {
                ImmutableArray<LineProductData?> given = [.. data.Products ?? []];
                if (
                    MasterRules.First(
                        MasterRules.Name("name", data.Name),
                        MasterRules.Positive("capacityKg", data.CapacityKg, 3),
                        MasterRules.Count("products", given.Length)
                    ) is
                    { } bad
                )
                    return bad;
                var products = new List<LineProductData>();
                foreach (var product in given)
                {
                    var made = new LineProductData(product?.Material, product?.Priority ?? ProductionOrder.DefaultPriority);
                    if (
                        MasterRules.First(
                            MasterRules.Code("products.material", made.Material),
                            MasterRules.Between("products.priority", made.Priority, 1, CreateOrder.MaxPriority)
                        ) is
                        { } wrong
                    )
                        return wrong;
                    products.Add(made);
                }

                if (MasterRules.Twice("products", products.Select(p => p.Material!)) is { } twice)
                    return twice;
                var known = await materials.GetAsync([.. products.Select(p => p.Material!)]);
                if (products.FirstOrDefault(p => !known.ContainsKey(p.Material!)) is { } unknown)
                    return MasterRules.Unknown("products.material", unknown.Material!);
                return new Saved<LineData>(
                    data with
                    {
                        Active = data.Active ?? true,
                        Products = [.. products.OrderBy(p => p.Priority).ThenBy(p => p.Material, StringComparer.Ordinal)],
                    }
                );
            }
        );
}
