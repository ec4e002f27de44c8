using System.Collections.Immutable;

namespace Manufactura.Domain.Materials;

/// <summary>
/// Checks that all master data shares. What is missing is a malformed request (400), what a rule forbids is refused (422); both have
/// the code <c>validation</c> and name the field.
/// </summary>
public static class MasterRules
{
    public const int MaxCode = 60;
    public const int MaxName = 200;

    /// <summary>The longest list of values, lines or products, and far more than anybody reads.</summary>
    public const int MaxChildren = 5000;

    /// <summary>The first refusal, or null.</summary>
    public static Refusal? First(params ReadOnlySpan<Refusal?> checks)
    {
        foreach (var check in checks)
            if (check is not null)
                return check;
        return null;
    }

    /// <summary>1 to 60 characters, without control characters, surrounding blanks and '/', which would split a code in an address.</summary>
    public static Refusal? Code(string field, string? code) =>
        string.IsNullOrEmpty(code) ? Missing(field)
        : code.Length > MaxCode ? Bad(field, $"admite como máximo {MaxCode} caracteres", $"takes at most {MaxCode} characters")
        : code.Any(char.IsControl) || code.Any(char.IsSurrogate) && !IsWellFormed(code)
            ? Bad(field, "no admite caracteres de control", "takes no control characters")
        : char.IsWhiteSpace(code[0]) || char.IsWhiteSpace(code[^1])
            ? Bad(field, "no admite espacios al principio ni al final", "takes no blanks at its beginning or end")
        : code.Contains('/', StringComparison.Ordinal) ? Bad(field, "no admite '/'", "takes no '/'")
        : code is "." or ".." ? Bad(field, "no admite solo puntos", "cannot be dots only")
        : null;

    /// <summary>1 to 200 characters, not only blanks, no control characters.</summary>
    public static Refusal? Name(string field, string? name) =>
        string.IsNullOrWhiteSpace(name) ? Missing(field) : Text(field, name, MaxName);

    /// <summary>An optional text without control characters.</summary>
    public static Refusal? Text(string field, string? text, int most) =>
        text is null ? null
        : text.Length > most ? Bad(field, $"admite como máximo {most} caracteres", $"takes at most {most} characters")
        : text.Any(char.IsControl) || !IsWellFormed(text)
            ? Bad(field, "no admite caracteres de control", "takes no control characters")
        : null;

    /// <summary>An optional e-mail address, as it stands in a mail's To.</summary>
    public static Refusal? Email(string field, string? email) =>
        email is null ? null
        : email.Length <= 254
        && email.Split('@') is [var local, var host]
        && IsDotted(local, c => char.IsLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c))
        && IsDotted(host, c => char.IsLetterOrDigit(c) || c == '-')
            ? null
        : Bad(field, "no es una dirección de correo", "is no e-mail address");

    /// <summary>Parts of allowed characters between single dots, none of them empty.</summary>
    private static bool IsDotted(string text, Func<char, bool> allowed) =>
        text.Split('.').All(part => part.Length > 0 && part.All(allowed));

    /// <summary>An optional quantity, from zero, with at most so many decimals.</summary>
    public static Refusal? NotNegative(string field, decimal? value, int decimals) =>
        value is null ? null
        : value < 0 ? Bad(field, "no puede ser negativo", "cannot be negative")
        : Fits(field, value.Value, decimals);

    /// <summary>A required quantity above zero with at most so many decimals.</summary>
    public static Refusal? Positive(string field, decimal? value, int decimals) =>
        value is null ? Missing(field)
        : value <= 0 ? Bad(field, "debe ser mayor que cero", "must be above zero")
        : Fits(field, value.Value, decimals);

    /// <summary>An optional whole number within limits, both of which count.</summary>
    public static Refusal? Between(string field, decimal? value, decimal least, decimal most) =>
        value is null || (value >= least && value <= most)
            ? null
            : Bad(field, $"debe estar entre {Say(least)} y {Say(most)}", $"must be between {Say(least)} and {Say(most)}");

    /// <summary>Lists that are too long are refused before they are worked on.</summary>
    public static Refusal? Count(string field, int count) =>
        count > MaxChildren
            ? Bad(field, $"admite como máximo {MaxChildren} elementos", $"takes at most {MaxChildren} elements")
            : null;

    /// <summary>The first of the codes that is there a second time.</summary>
    public static Refusal? Twice(string field, IEnumerable<string> codes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var code in codes)
            if (!seen.Add(code))
                return Bad(field, $"tiene {code} dos veces", $"has {code} twice");
        return null;
    }

    /// <summary>A code that is named and does not exist.</summary>
    public static Refusal Unknown(string field, string code) =>
        Bad(field, $"nombra {code}, que no existe", $"names {code}, which does not exist").With("unknown", code);

    /// <summary>A code that exists but is not to be used any more: 422.</summary>
    public static Refusal Inactive(string field, string code) =>
        Bad(field, $"nombra {code}, que está inactivo", $"names {code}, which is inactive");

    /// <summary>A required field that is not there: 400.</summary>
    public static Refusal Missing(string field) =>
        new Refusal(
            "validation",
            RefusalKind.Malformed,
            $"El campo {field} es obligatorio.",
            $"The field {field} is required."
        ).With("field", field);

    /// <summary>A field that breaks a rule: 422.</summary>
    public static Refusal Bad(string field, string es, string en) =>
        Refusal.Validation($"El campo {field} {es}.", $"The field {field} {en}.").With("field", field);

    private static Refusal? Fits(string field, decimal value, int decimals) =>
        value >= Quantities.Limit ? Bad(field, "debe ser menor que 10^15", "must be under 10^15")
        : Quantities.Fits(value, decimals) ? null
        : decimals == 0 ? Bad(field, "debe ser un número entero", "must be a whole number")
        : Bad(field, $"admite como máximo {decimals} decimales", $"takes at most {decimals} decimals");

    private static string Say(decimal value) => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>PostgreSQL keeps only whole characters: half of a surrogate pair has no encoding.</summary>
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                    return false;
                i++;
            }
        return true;
    }
}
