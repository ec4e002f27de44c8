using System.Text;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>
/// A statement whose optional lines count only when their value is given: a line that starts with <c>/*?name*/</c> needs the
/// value, one with <c>/*!name*/</c> its absence, and <c>/*include file*/</c> stands for another file. What the database sees has no
/// condition that does nothing, so every filter gets the plan of its own index.
/// </summary>
internal sealed class Filtered(string name)
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    /// <summary>Gives a value; null, an empty list or false leaves it absent.</summary>
    public Filtered With(string parameter, object? value)
    {
        if (value is not null and not false and not System.Collections.ICollection { Count: 0 })
            values[parameter] = value;
        return this;
    }

    /// <summary>The text that the database sees.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        Append(text, name);
        return text.ToString();
    }

    public NpgsqlCommand On(NpgsqlDataSource database)
    {
        var text = Text();
        var command = database.CreateCommand(text);
        foreach (var (parameter, value) in values)
            if (text.Contains('@' + parameter, StringComparison.Ordinal))
                command.Parameters.Add(new NpgsqlParameter(parameter, value));
        return command;
    }

    private void Append(StringBuilder text, string file)
    {
        foreach (var line in Query.Text(file).Split('\n'))
        {
            var start = line.AsSpan().TrimStart();
            if (!start.StartsWith("/*"))
                text.Append(line).Append('\n');
            else if (start.StartsWith("/*include "))
                Append(text, Inside(start, "/*include ".Length));
            else if (start.StartsWith("/*?") ? Given(start) : !start.StartsWith("/*!") || !Given(start))
                text.Append(line).Append('\n');
        }
    }

    private bool Given(ReadOnlySpan<char> line) => values.ContainsKey(Inside(line, "/*?".Length));

    private static string Inside(ReadOnlySpan<char> line, int from) => line[from..line.IndexOf("*/")].ToString();
}

/// <summary>Runs statements and reads their rows.</summary>
internal static class Reading
{
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlDataSource database,
        Filtered statement,
        Func<NpgsqlDataReader, T> row,
        CancellationToken ct
    )
    {
        await using var command = statement.On(database);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>One page: the statement's <c>@limit</c> is one row more than asked, which tells whether there is a next page.</summary>
    public static async Task<Page<T>> PageAsync<T>(
        this NpgsqlDataSource database,
        Filtered statement,
        PageRequest page,
        Func<NpgsqlDataReader, T> row,
        Func<T, Cursor> cursorOf,
        CancellationToken ct
    )
    {
        var rows = await database.RowsAsync(statement.With("limit", page.Limit + 1), row, ct);
        if (rows.Count <= page.Limit)
            return new(rows, null);
        rows.RemoveAt(page.Limit);
        return new(rows, cursorOf(rows[^1]).Encode());
    }
}
