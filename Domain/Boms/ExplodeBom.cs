using System.Collections.Immutable;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Boms;

/// <summary>One line of a multi-level requirement: level 1 are the product's own components. Rounded up to the component's unit.</summary>
public sealed record RequirementLine(int Level, string Parent, string Component, decimal Quantity);

/// <summary>
/// Requirements and cost through all levels of nested BOMs, for information: reserving and consuming look at the order's own
/// lines only.
/// </summary>
public static class ExplodeBom
{
    /// <summary>Each component followed by what it is itself made of; every BOM must be free of cycles.</summary>
    /// <param name="bomOf">The BOM that makes a material; null when it is bought.</param>
    public static ImmutableArray<RequirementLine> Requirements(
        Bom bom,
        decimal quantity,
        Func<string, Bom?> bomOf,
        Func<string, int> precisionOf
    )
    {
        var lines = ImmutableArray.CreateBuilder<RequirementLine>();
        Walk(bom, quantity, 1);
        return lines.ToImmutable();

        void Walk(Bom of, decimal units, int level)
        {
            foreach (var line in of.Lines)
            {
                var required = Quantities.RoundUp(line.Quantity * units, precisionOf(line.Component));
                lines.Add(new(level, of.Material, line.Component, required));
                if (bomOf(line.Component) is { } inner)
                    Walk(inner, required, level + 1);
            }
        }
    }

    /// <summary>
    /// What one unit costs, not rounded: a component with a BOM costs what it is made of, any other its unit cost. Null when a cost
    /// is missing anywhere below.
    /// </summary>
    public static decimal? UnitCost(Bom bom, Func<string, Bom?> bomOf, Func<string, Material> materialOf)
    {
        // A part used in many assemblies is worked out once: nested recipes that share parts would multiply otherwise.
        var known = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        return Sum(bom);

        decimal? Sum(Bom of)
        {
            var total = 0m;
            foreach (var line in of.Lines)
            {
                if (CostOf(line.Component) is not { } cost)
                    return null;
                total += line.Quantity * cost;
            }

            return total;
        }

        decimal? CostOf(string component)
        {
            if (!known.TryGetValue(component, out var cost))
                known[component] = cost = bomOf(component) is { } inner ? Sum(inner) : materialOf(component).UnitCost;
            return cost;
        }
    }
}
