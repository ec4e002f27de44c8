using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Import;

/// <summary>Gives the plant out in the format that <see cref="PlantImporter"/> takes, one CSV per table.</summary>
public sealed class PlantExporter(NpgsqlDataSource source)
{
    private const int FlushChars = 1 << 16;

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t");
    private static readonly SearchValues<char> Separators = SearchValues.Create(";={");

    /// <summary>The tables that can be exported, in the order in which an import writes them.</summary>
    public static IReadOnlyList<string> Tables { get; } = [.. PlantTables.All.Select(t => t.Name)];

    /// <summary>
    /// Writes one table as CSV (UTF-8, commas, header row). Texts that a spreadsheet would run as a formula get an apostrophe in
    /// front, which an import takes away again. The stream stays open.
    /// </summary>
    /// <returns>False when there is no such table.</returns>
    public async Task<bool> WriteCsvAsync(string table, Stream target, CancellationToken cancel = default)
    {
        if (PlantTables.Find(table) is not { } spec)
            return false;
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand($"{spec.Select} order by {spec.Order}", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var text = new StringBuilder();
        text.AppendJoin(',', spec.Columns.Select(c => c.Name)).Append('\n');
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < spec.Columns.Count; i++)
            {
                if (i > 0)
                    text.Append(',');
                if (!reader.IsDBNull(i))
                    Append(text, Field(spec.Columns[i].Kind, reader, i));
            }

            text.Append('\n');
            if (text.Length >= FlushChars)
                await Flush(text, target, cancel);
        }

        await Flush(text, target, cancel);
        return true;
    }

    private static async Task Flush(StringBuilder text, Stream target, CancellationToken cancel)
    {
        await target.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
        text.Clear();
    }

    private static string Field(ColumnKind kind, NpgsqlDataReader reader, int i) =>
        kind switch
        {
            ColumnKind.Boolean => reader.GetBoolean(i) ? "true" : "false",
            ColumnKind.Date => reader.GetFieldValue<DateOnly>(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ColumnKind.Instant => reader.GetDateTime(i).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
            ColumnKind.Attributes => Attributes(reader.GetString(i)),
            ColumnKind.Code or ColumnKind.Text => ValueParser.Escape(reader.GetString(i)),
            ColumnKind.Integer => reader.GetInt32(i).ToString(CultureInfo.InvariantCulture),
            _ => reader.GetDecimal(i).ToString("0.######", CultureInfo.InvariantCulture),
        };

    /// <summary>TONO=T-101;TALLA=28; a JSON object where a name or value could be mistaken for the separators.</summary>
    private static string Attributes(string json)
    {
        var values = JsonSerializer.Deserialize<SortedDictionary<string, string>>(json) ?? [];
        var plain = values.All(v => Plain(v.Key) && Plain(v.Value));
        return plain
            ? ValueParser.Escape(string.Join(';', values.Select(v => $"{v.Key}={v.Value}")))
            : JsonSerializer.Serialize(values);
    }

    private static bool Plain(string text) => text.Length > 0 && text.Trim() == text && !text.AsSpan().ContainsAny(Separators);

    private static void Append(StringBuilder text, string field)
    {
        var outer = field.Length > 0 && (field[0] == ' ' || field[^1] == ' ');
        if (!outer && !field.AsSpan().ContainsAny(Quoted))
            text.Append(field);
        else
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
