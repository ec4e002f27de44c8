using Manufactura.Grains.Interfaces.Plant;

namespace Manufactura.Dashboard.Pages.Materials;

/// <summary>A material while somebody edits it.</summary>
public sealed class MaterialEdit
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string Kind { get; set; } = "RawMaterial";
    public string? Unit { get; set; }
    public decimal? UnitCost { get; set; }
    public decimal? UnitWeightKg { get; set; }
    public decimal? MinStock { get; set; }
    public int? MinShelfLifeDays { get; set; }
    public bool LotTracked { get; set; } = true;
    public string AllocationPolicy { get; set; } = "SingleLotFirst";
    public string? Supplier { get; set; }
    public decimal? CriticalQuantity { get; set; }
    public string? XAttribute { get; set; }
    public string? YAttribute { get; set; }

    /// <summary>In percent; the plant keeps it as a share of one.</summary>
    public decimal TolerancePercent { get; set; }

    public static MaterialEdit Of(MaterialData m) =>
        new()
        {
            Code = m.Code!,
            Name = m.Name!,
            Kind = m.Kind!.Value.ToString(),
            Unit = m.Unit,
            UnitCost = m.UnitCost,
            UnitWeightKg = m.UnitWeightKg,
            MinStock = m.MinStock,
            MinShelfLifeDays = m.MinShelfLifeDays,
            LotTracked = m.LotTracked ?? true,
            AllocationPolicy = (m.AllocationPolicy ?? default).ToString(),
            Supplier = m.Supplier,
            CriticalQuantity = m.CriticalQuantity,
            XAttribute = m.XAttribute,
            YAttribute = m.YAttribute,
            TolerancePercent = (m.OverproductionTolerance ?? 0) * 100,
        };

    /// <summary>As the API takes it.</summary>
    public object Body() =>
        new
        {
            Code = Code.Trim(),
            Name = Name.Trim(),
            Kind,
            Unit,
            UnitCost,
            UnitWeightKg,
            MinStock,
            MinShelfLifeDays,
            LotTracked,
            AllocationPolicy,
            Supplier,
            CriticalQuantity,
            XAttribute,
            YAttribute,
            OverproductionTolerance = TolerancePercent / 100,
        };
}
