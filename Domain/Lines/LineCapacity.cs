using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>How much of a product a line takes in one shift.</summary>
public static class LineCapacity
{
    /// <summary>
    /// Whole units: <c>floor(capacity_kg / unit_weight_kg)</c>, also for products counted in fractions ("splitting is in units,
    /// never kilograms"). Both arguments are kilograms above zero.
    /// </summary>
    public static decimal Units(decimal capacityKg, decimal unitWeightKg)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacityKg);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(unitWeightKg);
        return Quantities.RoundDown(capacityKg / unitWeightKg, 0).Plain();
    }

    /// <summary>
    /// What is compared with the capacity: what the line still has to make. Before the start that is the order's quantity; of an
    /// order in progress the rest has left the line already, and counting it again would refuse an order that fits and would
    /// disagree with the load, which is outstanding kilograms too.
    /// </summary>
    public static decimal Demand(ProductionOrder order) => order.Outstanding;

    /// <summary>Units of the product that the line takes, or why it cannot take any.</summary>
    internal static Decision<decimal> Of(ProductionLine line, Material product, LineCompatibility? compatibility)
    {
        if (!line.Active)
            return Rule("line-inactive", $"La línea {line.Code} está inactiva.", $"Line {line.Code} is inactive.");
        if (compatibility is null || compatibility.Line != line.Code || compatibility.Material != product.Code)
            return Incompatible(line.Code, product.Code);
        if (product.UnitWeightKg is not ({ } weightKg and > 0))
            return Rule(
                "unit-weight-missing",
                $"El producto {product.Code} no tiene peso unitario: no se puede calcular la capacidad de la línea.",
                $"Product {product.Code} has no unit weight: the line's capacity cannot be calculated."
            );
        var units = Units(line.CapacityKg, weightKg);
        return units > 0
            ? units
            : Rule(
                "unit-too-heavy",
                $"Una unidad de {product.Code} pesa {weightKg.Text()} kg, más que la capacidad de la línea {line.Code} ({line.CapacityKg.Text()} kg).",
                $"One unit of {product.Code} weighs {weightKg.Text()} kg, more than the capacity of line {line.Code} ({line.CapacityKg.Text()} kg)."
            );
    }

    /// <summary>The line does not know the product.</summary>
    public static Refusal Incompatible(string line, string product) =>
        Rule(
            "line-incompatible",
            $"La línea {line} no es compatible con el producto {product}.",
            $"Line {line} is not compatible with product {product}."
        );

    private static Refusal Rule(string code, string es, string en) => new(code, RefusalKind.Rule, es, en);
}
