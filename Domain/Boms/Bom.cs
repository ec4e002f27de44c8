using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Boms;

/// <summary>A recipe: what one unit of <paramref name="Material"/> takes. The code is the user's, versioned by suffix -V2.</summary>
public sealed record Bom(
    string Code,
    string Material,
    bool Active,
    ImmutableArray<OrderBomLine> Lines,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    int Version
)
{
    /// <summary>What an order copies when it is created.</summary>
    public Recipe ToRecipe() => new(Code, Material, Lines);

    /// <summary>The newest active one of a product's BOMs, which an order made by material takes; null when none is active.</summary>
    public static Bom? Newest(IEnumerable<Bom> ofMaterial) =>
        ofMaterial
            .Where(b => b.Active)
            .OrderByDescending(b => b.CreatedAt)
            .ThenByDescending(b => b.Code, StringComparer.Ordinal)
            .FirstOrDefault();
}
