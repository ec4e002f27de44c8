using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.Plant;

public sealed partial class PlantGrain
{
    public Task<Answer<AttributeData>> SaveAttribute(AttributeData data, SaveMode mode, CommandContext context) =>
        Save<AttributeData>(
            MasterKind.Attribute,
            data.Code,
            mode,
            context,
            async current =>
            {
                ImmutableArray<AttributeValueData?> given = [.. data.Values ?? []];
                if (MasterRules.First(MasterRules.Name("name", data.Name), MasterRules.Count("values", given.Length)) is { } bad)
                    return bad;
                var values = new List<AttributeValueData>();
                foreach (var value in given)
                {
                    var named = new AttributeValueData(value?.Code, value?.Name ?? value?.Code);
                    if (
                        MasterRules.First(
                            MasterRules.Code("values.code", named.Code),
                            MasterRules.Text("values.name", named.Name, MasterRules.MaxName)
                        ) is
                        { } wrong
                    )
                        return wrong;
                    values.Add(named);
                }

                if (MasterRules.Twice("values", values.Select(v => v.Code!)) is { } twice)
                    return twice;
                string[] removed = [.. (current?.Values ?? []).Select(v => v.Code!).Except(values.Select(v => v.Code!))];
                if (
                    removed.Length > 0
                    && MasterChanges.Fixed(
                        data.Code!,
                        new($"los valores {string.Join(", ", removed)}", $"Values {string.Join(", ", removed)}"),
                        await master.UsesOfValuesAsync(data.Code!, removed)
                    )
                        is { } used
                )
                    return used;
                return new Saved<AttributeData>(data with { Values = [.. values] });
            }
        );

    public Task<Answer<MaterialData>> SaveMaterial(MaterialData data, SaveMode mode, CommandContext context) =>
        Save<MaterialData>(
            MasterKind.Material,
            data.Code,
            mode,
            context,
            async current =>
            {
                var next = data with
                {
                    LotTracked = data.LotTracked ?? true,
                    AllocationPolicy = data.AllocationPolicy ?? AllocationPolicy.SingleLotFirst,
                    OverproductionTolerance = data.OverproductionTolerance ?? 0,
                };
                var refusal =
                    CheckMaterial(next)
                    ?? await MaterialReferences(next)
                    ?? (current is null ? null : await MaterialChanges(current, next));
                return refusal is null ? new Saved<MaterialData>(next) : refusal;
            }
        );

    private static Refusal? CheckMaterial(MaterialData m) =>
        MasterRules.First(
            MasterRules.Name("name", m.Name),
            m.Kind is null ? MasterRules.Missing("kind") : null,
            m.Unit is null ? MasterRules.Missing("unit") : null,
            MasterRules.NotNegative("unitCost", m.UnitCost, 2),
            MasterRules.NotNegative("unitWeightKg", m.UnitWeightKg, 3),
            MasterRules.Between("minShelfLifeDays", m.MinShelfLifeDays, 0, 36_500),
            MasterRules.Between("overproductionTolerance", m.OverproductionTolerance, 0, 1),
            MasterRules.NotNegative("minStock", m.MinStock, 3),
            MasterRules.NotNegative("criticalQuantity", m.CriticalQuantity, 3),
            m.XAttribute is null == m.YAttribute is null
                ? null
                : MasterRules.Bad(
                    m.XAttribute is null ? "xAttribute" : "yAttribute",
                    "falta: un producto lleva los dos ejes o ninguno",
                    "is missing: a product has both axes or none"
                ),
            m.XAttribute is not null && m.XAttribute == m.YAttribute
                ? MasterRules.Bad("yAttribute", "debe ser otro que xAttribute", "must be another than xAttribute")
                : null
        );

    private async Task<Refusal?> MaterialReferences(MaterialData m)
    {
        if (await master.FindAsync(MasterTable.Unit, m.Unit!) is not { } unit)
            return MasterRules.Unknown("unit", m.Unit!);
        var precision = MessageJson.Deserialize<UnitData>(unit.Json).Precision!.Value;
        return MasterRules.First(
                MasterRules.NotNegative("minStock", m.MinStock, precision),
                MasterRules.NotNegative("criticalQuantity", m.CriticalQuantity, precision)
            )
            ?? await Exists(MasterTable.Supplier, "supplier", m.Supplier)
            ?? await Exists(MasterTable.Attribute, "xAttribute", m.XAttribute)
            ?? await Exists(MasterTable.Attribute, "yAttribute", m.YAttribute);
    }

    /// <summary>What quantities and matrices stand on does not change under them.</summary>
    private async Task<Refusal?> MaterialChanges(MaterialData was, MaterialData now)
    {
        if (was.Unit != now.Unit || was.LotTracked != now.LotTracked)
        {
            var what = was.Unit != now.Unit ? new Text("la unidad", "The unit") : new Text("el control por lote", "Lot tracking");
            if (MasterChanges.Fixed(now.Code!, what, await master.QuantitiesOfAsync(now.Code!)) is { } held)
                return held;
        }

        return was.XAttribute != now.XAttribute || was.YAttribute != now.YAttribute
            ? MasterChanges.Fixed(now.Code!, new("los ejes", "The axes"), await master.OpenMatricesAsync(now.Code!))
            : null;
    }
}
