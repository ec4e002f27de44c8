using System.Globalization;
using System.Text.RegularExpressions;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>Quantities as people type them, by the rule of <c>numbers.js</c>: 1.200,5 in Spanish, 1,200.5 in English.</summary>
public static partial class TypedQuantity
{
    /// <summary>
    /// The number that was typed; null where it is none. A lone mark of the other language is understood where it cannot be a
    /// thousands mark: "1.5" is one and a half in Spanish too, "1.500" is fifteen hundred.
    /// </summary>
    public static decimal? Read(string? text, CultureInfo culture)
    {
        var bare = Blank().Replace(text ?? "", "");
        var english = culture.TwoLetterISOLanguageName == "en";
        var (group, mark) = english ? (',', '.') : ('.', ',');
        var parts = bare.Split(mark);
        string? normal = parts.Length switch
        {
            > 2 => IsGrouped(bare, mark) ? bare.Replace(mark.ToString(), "") : null,
            2 => Whole(parts[0], group) + "." + parts[1],
            _ => IsGrouped(bare, group) ? Whole(bare, group) : bare.Replace(group, '.'),
        };
        return
            normal is not null
            && Plain().IsMatch(normal)
            && decimal.TryParse(normal, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    private static string Whole(string text, char group) => IsGrouped(text, group) ? text.Replace(group.ToString(), "") : text;

    private static bool IsGrouped(string text, char group) => (group == ',' ? Commas() : Points()).IsMatch(text);

    [GeneratedRegex(@"[\s\u00a0\u202f']")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[0-9]{1,3}(,[0-9]{3})+$")]
    private static partial Regex Commas();

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{3})+$")]
    private static partial Regex Points();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]*)?$|^\.[0-9]+$")]
    private static partial Regex Plain();
}
