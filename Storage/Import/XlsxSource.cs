using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Manufactura.Storage.Import;

/// <summary>An open workbook; its sheets are read one after the other while it is open.</summary>
internal sealed class Workbook(ZipArchive archive, IReadOnlyList<RawTable> tables) : IDisposable
{
    public IReadOnlyList<RawTable> Tables { get; } = tables;

    public void Dispose() => archive.Dispose();
}

/// <summary>
/// Reads what an XLSX holds as text: shared and inline strings, numbers, dates, booleans, the stored results of formulas. Formulas
/// are not run. Every part counts against the byte budget as it is inflated, so a small archive cannot grow without end.
/// </summary>
internal static class XlsxSource
{
    private const int MaxEntries = 1000;
    private const int MaxColumns = 256;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = false,
    };

    public static async Task<Workbook> ReadAsync(Stream stream, ByteBudget budget, CancellationToken cancel)
    {
        var copy = new MemoryStream();
        await using (var limited = new BudgetStream(stream, "xlsx", budget))
            await limited.CopyToAsync(copy, cancel);
        copy.Position = 0;
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(copy, ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxEntries)
                throw UnreadableException.TooLarge("xlsx");
            var shared = SharedStrings(archive, budget);
            var dates = DateStyles(archive, budget, out var epoch1904);
            var tables = Sheets(archive, budget)
                .Select(s => new RawTable(
                    s.Name,
                    CsvSource.TableName(s.Name),
                    Guard(s.Name, Rows(archive, s, shared, dates, epoch1904, budget)),
                    false
                ));
            return new Workbook(archive, [.. tables]);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            archive?.Dispose();
            throw NotAWorkbook("xlsx");
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    private static UnreadableException NotAWorkbook(string file) =>
        new(
            file,
            0,
            "malformed",
            "El archivo no es un libro de Excel (XLSX) legible.",
            "The file is no readable Excel workbook (XLSX)."
        );

    /// <summary>A damaged sheet is a problem of the file, not a fault of ours.</summary>
    private static IEnumerable<RawRow> Guard(string file, IEnumerable<RawRow> rows)
    {
        using var each = rows.GetEnumerator();
        while (true)
        {
            try
            {
                if (!each.MoveNext())
                    yield break;
            }
            catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or OverflowException)
            {
                throw NotAWorkbook(file);
            }

            yield return each.Current;
        }
    }

    private static XmlReader? Open(ZipArchive archive, string part, ByteBudget budget) =>
        archive.GetEntry(part) is { } entry ? XmlReader.Create(new BudgetStream(entry.Open(), part, budget), Safe) : null;

    private static List<(string Name, string Part)> Sheets(ZipArchive archive, ByteBudget budget)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var relations = Open(archive, "xl/_rels/workbook.xml.rels", budget))
            while (relations?.Read() == true)
                if (relations.LocalName == "Relationship" && relations.GetAttribute("Id") is { } id)
                    targets[id] = relations.GetAttribute("Target") ?? "";
        var sheets = new List<(string, string)>();
        using var book = Open(archive, "xl/workbook.xml", budget) ?? throw NotAWorkbook("xlsx");
        while (book.Read())
        {
            if (book.NodeType != XmlNodeType.Element || book.LocalName != "sheet")
                continue;
            if (!targets.TryGetValue(book.GetAttribute("id", Relations) ?? "", out var target))
                continue;
            sheets.Add((book.GetAttribute("name") ?? "", target.StartsWith('/') ? target[1..] : "xl/" + target));
        }

        return sheets;
    }

    private static List<string> SharedStrings(ZipArchive archive, ByteBudget budget)
    {
        var strings = new List<string>();
        using var xml = Open(archive, "xl/sharedStrings.xml", budget);
        while (xml?.Read() == true)
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
                strings.Add(RichText(xml));
        return strings;
    }

    /// <summary>The text of an item, runs joined, phonetic hints left out.</summary>
    private static string RichText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var (depth, hint) = (xml.Depth, int.MaxValue);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh" && xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement)
                hint = xml.Depth;
            else if (xml.LocalName == "rPh" && xml.NodeType == XmlNodeType.EndElement)
                hint = int.MaxValue;
            else if (
                xml.Depth <= hint
                && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace
            )
                text.Append(xml.Value);
        }

        return text.ToString();
    }

    /// <summary>For each cell style whether it shows dates.</summary>
    private static List<bool> DateStyles(ZipArchive archive, ByteBudget budget, out bool epoch1904)
    {
        epoch1904 = false;
        using (var book = Open(archive, "xl/workbook.xml", budget))
            while (book?.Read() == true)
                if (book.LocalName == "workbookPr")
                    epoch1904 |= book.GetAttribute("date1904") is "1" or "true";
        var custom = new Dictionary<int, bool>();
        var styles = new List<bool>();
        var inCells = false;
        using var xml = Open(archive, "xl/styles.xml", budget);
        while (xml?.Read() == true)
        {
            if (xml.LocalName == "cellXfs")
                inCells = xml.NodeType == XmlNodeType.Element;
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt")
                custom[Number(xml.GetAttribute("numFmtId"))] = IsDateFormat(xml.GetAttribute("formatCode") ?? "");
            else if (inCells && xml.NodeType == XmlNodeType.Element && xml.LocalName == "xf")
            {
                var format = Number(xml.GetAttribute("numFmtId"));
                styles.Add(format is >= 14 and <= 22 or >= 45 and <= 47 || custom.GetValueOrDefault(format));
            }
        }

        return styles;
    }

    private static bool IsDateFormat(string format)
    {
        var quoted = false;
        var bracket = false;
        foreach (var c in format)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == '[')
                bracket = true;
            else if (c == ']')
                bracket = false;
            else if (!quoted && !bracket && c is 'y' or 'd' or 'h' or 'Y' or 'D' or 'H')
                return true;
        }

        return false;
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static IEnumerable<RawRow> Rows(
        ZipArchive archive,
        (string Name, string Part) sheet,
        List<string> shared,
        List<bool> dates,
        bool epoch1904,
        ByteBudget budget
    )
    {
        using var xml = Open(archive, sheet.Part, budget) ?? throw NotAWorkbook(sheet.Name);
        var line = 0;
        List<string>? fields = null;
        while (xml.Read())
        {
            if (xml.LocalName == "row" && xml.NodeType == XmlNodeType.Element)
            {
                line = Number(xml.GetAttribute("r")) is > 0 and var r ? r : line + 1;
                fields = xml.IsEmptyElement ? null : [];
            }
            else if (xml.LocalName == "row" && xml.NodeType == XmlNodeType.EndElement && fields is not null)
                yield return new RawRow(line, fields);
            else if (xml.LocalName == "c" && xml.NodeType == XmlNodeType.Element && fields is not null)
            {
                var column = ColumnOf(xml.GetAttribute("r")) ?? fields.Count;
                if (column >= MaxColumns)
                    throw UnreadableException.TooLarge(sheet.Name);
                while (fields.Count <= column)
                    fields.Add("");
                fields[column] = Cell(xml, shared, dates, epoch1904);
            }
        }
    }

    /// <summary>"AB12" is column 27.</summary>
    private static int? ColumnOf(string? reference)
    {
        if (reference is null)
            return null;
        var column = 0;
        foreach (var c in reference.TakeWhile(char.IsAsciiLetterUpper))
            column = Math.Min(column * 26 + (c - 'A' + 1), 1_000_000);
        return column == 0 ? null : column - 1;
    }

    private static string Cell(XmlReader xml, List<string> shared, List<bool> dates, bool epoch1904)
    {
        var type = xml.GetAttribute("t");
        var style = Number(xml.GetAttribute("s"));
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var value = "";
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName is "v" or "is")
                value = RichText(xml);
            else if (xml.LocalName == "f")
                RichText(xml);
        }

        return type switch
        {
            "s" => Number(value) is var i && i < shared.Count ? shared[i] : throw new InvalidDataException(),
            "b" => value == "1" ? "true" : "false",
            "str" or "inlineStr" or "d" or "e" => value,
            _ when value.Length > 0 && style < dates.Count && dates[style] => Date(value, epoch1904),
            _ => Plain(value),
        };
    }

    /// <summary>Excel stores 0.1 as 0.1 but 1.1 − 1 as 0.10000000000000009: fifteen digits are what it shows.</summary>
    private static string Plain(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15
            ? ((decimal)number).ToString(CultureInfo.InvariantCulture)
            : value;

    private static string Date(string value, bool epoch1904)
    {
        var days = double.Parse(value, CultureInfo.InvariantCulture) + (epoch1904 ? 1462 : 0);
        if (days is < 1 or > 2_958_465)
            return value;
        var instant = DateTime.FromOADate(days);
        var seconds = new DateTime(
            (instant.Ticks + TimeSpan.TicksPerSecond / 2) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond
        );
        return seconds.TimeOfDay == TimeSpan.Zero
            ? seconds.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : seconds.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
