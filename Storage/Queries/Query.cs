using System.Collections.Concurrent;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>The text of one statement, embedded from a <c>.sql</c> file of its own.</summary>
internal static class Query
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <param name="name">File name in Queries/Sql without its ending.</param>
    public static string Text(string name) =>
        Texts.GetOrAdd(
            name,
            static n =>
            {
                var resource = $"Manufactura.Storage.Queries.Sql.{n}.sql";
                using var stream =
                    typeof(Query).Assembly.GetManifestResourceStream(resource)
                    ?? throw new InvalidOperationException($"There is no statement {resource}.");
                using var reader = new StreamReader(stream);
                return reader.ReadToEnd();
            }
        );

    public static NpgsqlBatchCommand Batched(string name, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(Text(name));
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    public static NpgsqlCommand Command(this NpgsqlDataSource source, string name, params object?[] values)
    {
        var command = source.CreateCommand(Text(name));
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    public static string? Text(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static decimal? Decimal(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDecimal(column);

    public static T? Value<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
