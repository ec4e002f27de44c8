using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A value of an attribute with the name that people read.</summary>
public sealed record AttributeValue(string Code, string Name);

/// <summary>Reads what the rules need of master data.</summary>
public sealed class MaterialReader(NpgsqlDataSource database)
{
    /// <summary>The materials of these codes that exist.</summary>
    public async Task<IReadOnlyDictionary<string, Material>> MaterialsAsync(
        IReadOnlyCollection<string> codes,
        CancellationToken ct = default
    )
    {
        string[] keys = [.. codes];
        await using var command = database.Command("load_materials", [keys]);
        await using var r = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<string, Material>(StringComparer.Ordinal);
        while (await r.ReadAsync(ct))
            found.Add(r.GetString(0), Row(r));
        return found;
    }

    /// <summary>The values of these attributes in their order.</summary>
    public async Task<ILookup<string, AttributeValue>> AttributeValuesAsync(
        IReadOnlyCollection<string> attributes,
        CancellationToken ct = default
    )
    {
        string[] keys = [.. attributes];
        await using var command = database.Command("load_axis_values", [keys]);
        await using var r = await command.ExecuteReaderAsync(ct);
        var found = new List<(string Attribute, AttributeValue Value)>();
        while (await r.ReadAsync(ct))
            found.Add((r.GetString(0), new(r.GetString(1), r.GetString(2))));
        return found.ToLookup(f => f.Attribute, f => f.Value, StringComparer.Ordinal);
    }

    /// <summary>The BOM of this code; null when there is none. <c>Active</c> says whether new orders may use it.</summary>
    public Task<(Recipe Recipe, bool Active)?> RecipeAsync(string code, CancellationToken ct = default) =>
        ReadRecipe("recipe", code, ct);

    /// <summary>The newest active BOM of a material; null when there is none.</summary>
    public Task<(Recipe Recipe, bool Active)?> NewestRecipeAsync(string material, CancellationToken ct = default) =>
        ReadRecipe("newest_recipe", material, ct);

    /// <summary>Of these codes the locations that exist, and the plant's default one.</summary>
    public async Task<PlantLocations> LocationsAsync(IEnumerable<string?> codes, CancellationToken ct = default)
    {
        string[] keys = [.. codes.OfType<string>()];
        await using var command = database.Command("known_locations", [keys]);
        await using var r = await command.ExecuteReaderAsync(ct);
        var active = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var inactive = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        string? standard = null;
        while (await r.ReadAsync(ct))
        {
            (r.GetBoolean(2) ? active : inactive).Add(r.GetString(0));
            if (r.GetBoolean(1) && r.GetBoolean(2))
                standard = r.GetString(0);
        }

        return new(active.ToImmutable(), inactive.ToImmutable(), standard);
    }

    private async Task<(Recipe, bool)?> ReadRecipe(string query, string code, CancellationToken ct)
    {
        await using var command = database.Command(query, code);
        await using var r = await command.ExecuteReaderAsync(ct);
        return await r.ReadAsync(ct)
            ? (new Recipe(r.GetString(0), r.GetString(1), OrderJson.ReadBomLines(r.GetString(3))), r.GetBoolean(2))
            : null;
    }

    private static Material Row(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            Enum.Parse<MaterialKind>(r.GetString(2)),
            r.GetString(3),
            r.GetInt16(4),
            r.Decimal(5),
            r.Decimal(6),
            r.Decimal(7),
            r.Value<int>(8),
            r.GetBoolean(9),
            Enum.Parse<AllocationPolicy>(r.GetString(10)),
            r.Text(11),
            r.Decimal(12),
            r.Text(13),
            r.Text(14),
            r.GetDecimal(15),
            r.GetInt32(16)
        );
}

/// <summary>Which of the asked locations are active and which not, and the default one, if the plant has one.</summary>
public sealed record PlantLocations(ImmutableHashSet<string> Active, ImmutableHashSet<string> Inactive, string? Default);
