using System.Reflection;
using Npgsql;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>The simulation's own statements, one embedded file each, and how it asks.</summary>
internal static class Sql
{
    public static string Text(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no statement {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of all embedded statements that begin so.</summary>
    public static IEnumerable<string> Names(string beginning) =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(beginning, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlConnection database,
        string sql,
        Func<NpgsqlDataReader, T> row,
        params object?[] parameters
    )
    {
        await using var command = Command(database, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>The first column of all rows.</summary>
    public static Task<List<string>> TextsAsync(this NpgsqlConnection database, string sql, params object?[] parameters) =>
        database.ListAsync(sql, r => r.GetString(0), parameters);

    public static async Task<T> AskAsync<T>(this NpgsqlConnection database, string sql, params object?[] parameters)
    {
        await using var command = Command(database, sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task ExecuteAsync(this NpgsqlConnection database, string sql, params object?[] parameters)
    {
        await using var command = Command(database, sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection database, string sql, object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, database);
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter ?? DBNull.Value);
        return command;
    }
}
