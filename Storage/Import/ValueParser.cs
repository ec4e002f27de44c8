using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Manufactura.Storage.Import;

/// <summary>Why a field will not do.</summary>
internal readonly record struct BadValue(string Code, string Es, string En);

/// <summary>Turns a field into the value of its column.</summary>
internal sealed partial class ValueParser(PlantCalendar calendar, ImportLimits limits)
{
    private const string Escapable = "=+-@\t\r\n'";

    /// <summary>The value, null when the field is empty; or why not.</summary>
    public object? Parse(Column column, string field, bool spanish, out BadValue? bad)
    {
        bad = null;
        if (field.Length > limits.MaxFieldLength)
            return Bad(
                out bad,
                "too-long",
                $"Más de {limits.MaxFieldLength} caracteres.",
                $"Over {limits.MaxFieldLength} characters."
            );
        if (field.Contains('\0', StringComparison.Ordinal))
            return Bad(out bad, "bad-value", "Contiene un carácter nulo.", "Contains a null character.");
        if (column.Kind == ColumnKind.Text && column.Words is null)
            return field.Length == 0 ? null : Unescape(field);
        var text = field.Trim();
        if (text.Length == 0)
            return null;
        return column.Kind switch
        {
            ColumnKind.Code => ParseCode(Unescape(text), out bad),
            ColumnKind.Text => ParseWord(column, text, out bad),
            ColumnKind.Boolean => ParseBoolean(text, out bad),
            ColumnKind.Date => calendar.Date(text, spanish) ?? Bad(out bad, "not-a-date", DateEs, DateEn),
            ColumnKind.Instant => calendar.Instant(text, spanish) ?? Bad(out bad, "not-an-instant", InstantEs, InstantEn),
            ColumnKind.Attributes => ParseAttributes(Unescape(text), out bad),
            _ => ParseNumber(column, text, spanish, out bad),
        };
    }

    /// <summary>A text that a spreadsheet would run as a formula, made harmless with an apostrophe; <see cref="Unescape"/> undoes it.</summary>
    public static string Escape(string text) =>
        text.Length > 0 && Escapable.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Unescape(string text) =>
        text.Length > 1 && text[0] == '\'' && Escapable.Contains(text[1], StringComparison.Ordinal) ? text[1..] : text;

    private const string DateEs = "No es una fecha: escriba 2026-11-20 o today+30.";
    private const string DateEn = "Not a date: write 2026-11-20 or today+30.";
    private const string InstantEs = "No es un instante: escriba 2026-11-20T08:30 o today-3T08:30.";
    private const string InstantEn = "Not an instant: write 2026-11-20T08:30 or today-3T08:30.";

    private static string? ParseCode(string text, out BadValue? bad)
    {
        bad = null;
        if (text.Length > 60)
            Bad(out bad, "too-long", "Un código tiene como máximo 60 caracteres.", "A code has at most 60 characters.");
        else if (text.Any(char.IsControl))
            Bad(out bad, "bad-value", "Un código no lleva caracteres de control.", "A code has no control characters.");
        return bad is null ? text : null;
    }

    private static string? ParseWord(Column column, string text, out BadValue? bad)
    {
        bad = null;
        var word = column.Words!.FirstOrDefault(w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase));
        if (word is null)
        {
            var words = string.Join(", ", column.Words!);
            Bad(out bad, "bad-value", $"«{text}» no es uno de: {words}.", $"\"{text}\" is none of: {words}.");
        }

        return word;
    }

    private static object? ParseBoolean(string text, out BadValue? bad)
    {
        bad = null;
        return text.ToLowerInvariant() switch
        {
            "true" or "1" or "sí" or "si" or "verdadero" or "yes" => true,
            "false" or "0" or "no" or "falso" => false,
            _ => Bad(out bad, "not-a-boolean", $"«{text}» no es true ni false.", $"\"{text}\" is neither true nor false."),
        };
    }

    private static object? ParseNumber(Column column, string text, bool spanish, out BadValue? bad)
    {
        bad = null;
        if (spanish && Thousands().IsMatch(text))
            return Bad(
                out bad,
                "ambiguous-number",
                $"«{text}» puede ser miles o decimales; escriba sin punto de miles y con coma decimal.",
                $"\"{text}\" may be thousands or decimals; write no thousands separator and a decimal comma."
            );
        var plain = spanish ? text.Replace(',', '.') : text;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(plain, style, CultureInfo.InvariantCulture, out var value))
            return Bad(out bad, "not-a-number", $"«{text}» no es un número.", $"\"{text}\" is not a number.");
        var (decimals, limit) = Scale(column.Kind);
        if (decimal.Round(value, decimals) != value)
            return Bad(
                out bad,
                "too-many-decimals",
                $"Admite como máximo {decimals} decimales.",
                $"Takes at most {decimals} decimals."
            );
        if (Math.Abs(value) >= limit || value > column.Max)
            return Bad(out bad, "too-large", "El número es demasiado grande.", "The number is too large.");
        if (column.Sign == Sign.Positive && value <= 0)
            return Bad(out bad, "not-positive", "Debe ser mayor que cero.", "Must be above zero.");
        if (column.Sign == Sign.NotNegative && value < 0)
            return Bad(out bad, "negative", "No puede ser negativo.", "Must not be negative.");
        if (column.Sign == Sign.NotZero && value == 0)
            return Bad(out bad, "zero", "No puede ser cero.", "Must not be zero.");
        return column.Kind == ColumnKind.Integer ? (object)(int)value : value;
    }

    private static (int Decimals, decimal Limit) Scale(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Integer => (0, int.MaxValue),
            ColumnKind.Amount => (2, 1_000_000_000_000_000m),
            ColumnKind.Ratio => (4, 100),
            ColumnKind.Place => (6, 100_000_000_000_000m),
            _ => (3, 1_000_000_000_000_000m),
        };

    private static object? ParseAttributes(string text, out BadValue? bad)
    {
        bad = null;
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (text.StartsWith('{'))
                return JsonSerializer.Serialize(JsonSerializer.Deserialize<SortedDictionary<string, string>>(text));
        }
        catch (JsonException)
        {
            return Bad(out bad, "bad-value", "No es un objeto JSON de textos.", "Not a JSON object of texts.");
        }

        foreach (var pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var i
                ? (pair[..i].Trim(), pair[(i + 1)..].Trim())
                : ("", "");
            if (name.Length == 0 || value.Length == 0 || !values.TryAdd(name, value))
                return Bad(
                    out bad,
                    "bad-value",
                    "Escriba ATRIBUTO=valor;ATRIBUTO=valor.",
                    "Write ATTRIBUTE=value;ATTRIBUTE=value."
                );
        }

        return JsonSerializer.Serialize(values);
    }

    private static object? Bad(out BadValue? bad, string code, string es, string en)
    {
        bad = new BadValue(code, es, en);
        return null;
    }

    [GeneratedRegex(@"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$")]
    private static partial Regex Thousands();
}
