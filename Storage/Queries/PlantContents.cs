using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>Whether there is a plant in the database at all.</summary>
public sealed class PlantContents(NpgsqlDataSource database)
{
    /// <summary>No units, materials or orders.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken ct = default)
    {
        await using var command = database.Command("plant_is_empty");
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
