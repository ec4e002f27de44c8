namespace Manufactura.Storage.Import;

/// <summary>The plant as it would be after the import: the set first, then what is already there.</summary>
internal sealed class PlantView
{
    private readonly Dictionary<string, KnownMaterial> materials;
    private readonly Dictionary<string, int> precisions;
    private readonly HashSet<(string, string)> values;

    public PlantView(ImportSet set, KnownPlant plant)
    {
        Known = plant;
        materials = new(plant.Materials, StringComparer.Ordinal);
        precisions = new(plant.Precisions, StringComparer.Ordinal);
        values = [.. plant.Values];
        foreach (var row in set["units"].Rows)
            if (set["units"].Text(row, "code") is { } code)
                precisions[code] = (int?)set["units"].Get(row, "precision") ?? 0;
        foreach (var row in set["attribute_values"].Rows)
            if (
                set["attribute_values"].Text(row, "attribute") is { } attribute
                && set["attribute_values"].Text(row, "code") is { } code
            )
                values.Add((attribute, code));
        var table = set["materials"];
        foreach (var row in table.Rows)
            if (table.Text(row, "code") is { } code && table.Text(row, "unit") is { } unit)
                materials[code] = new(
                    unit,
                    (bool?)table.Get(row, "lotTracked") ?? true,
                    table.Text(row, "xAttribute"),
                    table.Text(row, "yAttribute")
                );
    }

    public KnownPlant Known { get; }

    public KnownMaterial? Material(string? code) => code is null ? null : materials.GetValueOrDefault(code);

    /// <summary>Decimals that quantities of a material take; null when the material or its unit is unknown.</summary>
    public int? Precision(string? material) =>
        Material(material) is { } m && precisions.TryGetValue(m.Unit, out var precision) ? precision : null;

    public bool HasValue(string attribute, string code) => values.Contains((attribute, code));
}
