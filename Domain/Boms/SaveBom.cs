using System.Collections.Immutable;
using System.Globalization;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Boms;

/// <summary>Whether a BOM may be saved, what the next version of one is called, and whether it may be deleted.</summary>
public static class SaveBom
{
    /// <summary>
    /// Checks lines and nesting: each component once, quantity above zero at the precision of 3 decimals, in the component's
    /// own unit, and no cycle through active BOMs.
    /// </summary>
    /// <param name="materialOf">Null when there is no such material.</param>
    /// <param name="others">The other BOMs; one of the same code is left out.</param>
    public static Decision<Bom> Decide(Bom bom, Func<string, Material?> materialOf, IEnumerable<Bom> others)
    {
        if (materialOf(bom.Material) is null)
            return Refusal.Validation($"No existe el material {bom.Material}.", $"Material {bom.Material} does not exist.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in bom.Lines)
        {
            if (materialOf(line.Component) is not { } component)
                return Refusal.Validation(
                    $"No existe el material {line.Component}.",
                    $"Material {line.Component} does not exist."
                );
            if (!seen.Add(line.Component))
                return Refusal.Validation(
                    $"El componente {line.Component} está dos veces.",
                    $"Component {line.Component} is there twice."
                );
            if (line.Quantity <= 0 || !Quantities.Fits(line.Quantity, 3))
                return Refusal.Validation(
                    $"La cantidad de {line.Component} debe ser mayor que cero, con 3 decimales como máximo.",
                    $"The quantity of {line.Component} must be above zero, with at most 3 decimals."
                );
            if (line.Unit != component.Unit)
                return Refusal.Validation(
                    $"La unidad de {line.Component} es {component.Unit}, no {line.Unit}.",
                    $"The unit of {line.Component} is {component.Unit}, not {line.Unit}."
                );
        }

        return FindCycle(bom, others) is { } cycle ? Cyclic(cycle) : bom;
    }

    /// <summary>The materials of a cycle that the BOM closes, first and last the same; null when there is none.</summary>
    public static ImmutableArray<string>? FindCycle(Bom bom, IEnumerable<Bom> others)
    {
        var components = others
            .Where(b => b.Active && b.Code != bom.Code)
            .Append(bom)
            .SelectMany(b => b.Lines.Select(l => (b.Material, l.Component)))
            .ToLookup(e => e.Material, e => e.Component);
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Stack<string>([bom.Material]);
        while (next.TryPop(out var material))
            foreach (var component in components[material])
            {
                if (component == bom.Material)
                    return Path(bom.Material, material, cameFrom);
                if (cameFrom.TryAdd(component, material))
                    next.Push(component);
            }

        return null;
    }

    /// <summary>BOM-MESA-001 → BOM-MESA-001-V2, BOM-MESA-001-V2 → -V3, leaving out codes that are taken.</summary>
    public static string NextVersion(string code, Func<string, bool> isTaken)
    {
        var mark = code.LastIndexOf("-V", StringComparison.Ordinal);
        var versioned = int.TryParse(
            mark > 0 ? code.AsSpan(mark + 2) : "",
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var version
        );
        var stem = versioned ? code[..mark] : code;
        for (version = versioned ? version + 1 : 2; ; version++)
        {
            var next = string.Create(CultureInfo.InvariantCulture, $"{stem}-V{version}");
            if (!isTaken(next))
                return next;
        }
    }

    /// <summary>Null when no order uses the BOM; otherwise why it stays, code <c>in-use</c>.</summary>
    public static Refusal? InUse(string code, IReadOnlyCollection<string> orders) =>
        orders.Count == 0
            ? null
            : new Refusal(
                "in-use",
                RefusalKind.Conflict,
                $"La lista de materiales {code} la usan las órdenes {string.Join(", ", orders)}; desactívela en lugar de eliminarla.",
                $"BOM {code} is used by orders {string.Join(", ", orders)}; deactivate it instead of deleting it."
            ).With("usedBy", orders);

    private static ImmutableArray<string> Path(string start, string last, Dictionary<string, string> cameFrom)
    {
        var path = new List<string> { start, last };
        while (path[^1] != start)
            path.Add(cameFrom[path[^1]]);
        path.Reverse();
        return [.. path];
    }

    private static Refusal Cyclic(ImmutableArray<string> cycle) =>
        new Refusal(
            "bom-cycle",
            RefusalKind.Rule,
            $"La lista de materiales forma un ciclo: {string.Join(" → ", cycle)}.",
            $"The BOM forms a cycle: {string.Join(" → ", cycle)}."
        ).With("cycle", cycle);
}
