using System.Text;
using CsvHelper;

namespace Manufactura.Storage.Import;

/// <summary>Reads CSV: UTF-8 with or without a byte order mark, comma or semicolon, quoted fields that may span lines.</summary>
internal static class CsvSource
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's bytes, copied within the budget, so that a slow sender holds no transaction.</summary>
    public static async Task<RawTable> ReadAsync(string file, Stream stream, ByteBudget budget, CancellationToken cancel)
    {
        var bytes = new MemoryStream();
        await using (var limited = new BudgetStream(stream, file, budget))
            await limited.CopyToAsync(bytes, cancel);
        var text = Decode(file, bytes);
        var semicolon = UsesSemicolon(text);
        return new RawTable(file, TableName(file), Records(file, text, semicolon ? ';' : ','), semicolon);
    }

    /// <summary>"C:\x\Materials.csv" names the table materials.</summary>
    public static string TableName(string file)
    {
        var name = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            name = name[..^4];
        return name.Trim().ToLowerInvariant();
    }

    private static string Decode(string file, MemoryStream bytes)
    {
        try
        {
            bytes.Position = 0;
            using var reader = new StreamReader(bytes, Strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableException(
                file,
                0,
                "encoding",
                "El archivo no está en UTF-8. En Excel: Guardar como, CSV UTF-8.",
                "The file is not UTF-8. In Excel: Save as, CSV UTF-8."
            );
        }
    }

    private static bool UsesSemicolon(string text)
    {
        int commas = 0,
            semicolons = 0;
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c == '\n')
                break;
            else if (!quoted && c == ',')
                commas++;
            else if (!quoted && c == ';')
                semicolons++;
        }

        return semicolons > commas;
    }

    private static IEnumerable<RawRow> Records(string file, string text, char delimiter)
    {
        var options = new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using var reader = CsvReader.FromText(text, options);
        while (Next(file, reader))
        {
            var fields = new string[reader.FieldCount];
            for (var i = 0; i < fields.Length; i++)
                fields[i] = reader.GetString(i);
            yield return new RawRow((int)reader.LineNumber, fields);
        }
    }

    private static bool Next(string file, CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new UnreadableException(
                file,
                (int)e.LineNumber,
                "malformed",
                "Hay una comilla donde no corresponde; escríbala doble y ponga el campo entre comillas.",
                "There is a quote where none belongs; double it and put the field in quotes."
            );
        }
    }
}
