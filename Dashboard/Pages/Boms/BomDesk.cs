using System.Collections.Immutable;
using Manufactura.Domain.Boms;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Boms;

/// <summary>A recipe that a component goes into; quantity per unit of its product.</summary>
public sealed record BomUse(string Bom, string Material, string Name, decimal Quantity, bool Active);

/// <summary>One line of a recipe opened level by level. Cost of the quantity, null where one below has none.</summary>
public sealed record BomBranch(int Level, Material Component, decimal Quantity, decimal? Cost, bool Made);

/// <summary>A recipe worked out: what a quantity takes on every level and what one unit costs; a cycle has neither.</summary>
public sealed record BomSheet(IReadOnlyList<BomBranch> Branches, decimal? UnitCost, bool Cycle);

/// <summary>Reads and works out what the pages of bills of materials show.</summary>
public sealed class BomDesk(MasterReader masters, MaterialReader materials)
{
    /// <summary>Every BOM, by code.</summary>
    public async Task<IReadOnlyList<BomData>> AllAsync(CancellationToken ct = default)
    {
        var all = new List<BomData>();
        string? next = null;
        do
        {
            var after = next is null ? null : Cursor.Decode(next, 1);
            var page = await masters.ListAsync(
                MasterTable.Bom,
                new MasterFilter(),
                new PageRequest(PageRequest.MaxLimit, after),
                ct
            );
            all.AddRange(page.Items.Select(row => MessageJson.Deserialize<BomData>(row.Json)));
            next = page.NextCursor;
        } while (next is not null);
        return all;
    }

    /// <summary>Where a material is a component.</summary>
    public async Task<IReadOnlyList<BomUse>> UsesAsync(
        IReadOnlyList<BomData> boms,
        string component,
        CancellationToken ct = default
    )
    {
        var uses = boms.SelectMany(b => b.Lines!.Value.Where(l => l.Component == component).Select(l => (Bom: b, l.Quantity)))
            .ToArray();
        var names = await materials.MaterialsAsync([.. uses.Select(u => u.Bom.Material!).Distinct()], ct);
        return
        [
            .. uses.Select(u => new BomUse(
                u.Bom.Code!,
                u.Bom.Material!,
                names[u.Bom.Material!].Name,
                u.Quantity ?? 0,
                u.Bom.Active != false
            )),
        ];
    }

    /// <summary>Works a recipe out, saved or still being written.</summary>
    /// <param name="quantity">Units of the product.</param>
    public async Task<BomSheet> WorkOutAsync(
        string product,
        IReadOnlyList<(string Component, decimal Quantity)> lines,
        decimal quantity,
        CancellationToken ct = default
    )
    {
        var below = await masters.BomsBelowAsync([.. lines.Select(l => l.Component)], ct);
        if (lines.Any(l => l.Component == product) || below.Any(b => b.Material == product))
            return new([], null, true);
        var known = await materials.MaterialsAsync(
            [.. lines.Select(l => l.Component).Concat(below.SelectMany(b => b.Lines.Select(l => l.Component))).Distinct()],
            ct
        );
        var bom = new Bom(
            "",
            product,
            true,
            [
                .. lines
                    .Where(l => known.ContainsKey(l.Component))
                    .Select(l => new OrderBomLine(l.Component, l.Quantity, known[l.Component].Unit)),
            ],
            default,
            "",
            0
        );
        var newest = below
            .GroupBy(b => b.Material, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, Bom.Newest, StringComparer.Ordinal);
        Bom? Of(string material) => newest.GetValueOrDefault(material);
        decimal? CostOf(string code) =>
            Of(code) is { } inner ? ExplodeBom.UnitCost(inner, Of, m => known[m]) : known[code].UnitCost;
        var rows = ExplodeBom.Requirements(bom, quantity, Of, m => known[m].Precision);
        // What is taken is whole pieces and cones; what it costs is only what goes in, so that the lines add up to the product's cost.
        var exact = ExplodeBom.Requirements(bom, quantity, Of, _ => 9);
        return new(
            [
                .. rows.Select(
                    (r, i) =>
                        new BomBranch(
                            r.Level,
                            known[r.Component],
                            r.Quantity,
                            CostOf(r.Component) * exact[i].Quantity,
                            Of(r.Component) is not null
                        )
                ),
            ],
            ExplodeBom.UnitCost(bom, Of, m => known[m]),
            false
        );
    }

    /// <summary>The next version's code: BOM-X becomes BOM-X-V2, BOM-X-V2 becomes BOM-X-V3; a taken one is passed over.</summary>
    public static string NextVersion(string code, IEnumerable<string> taken)
    {
        var codes = taken.ToImmutableHashSet(StringComparer.Ordinal);
        var at = code.LastIndexOf("-V", StringComparison.Ordinal);
        var (stem, version) = at > 0 && int.TryParse(code.AsSpan(at + 2), out var number) ? (code[..at], number) : (code, 1);
        string next;
        do next = $"{stem}-V{++version}";
        while (codes.Contains(next));
        return next;
    }
}
