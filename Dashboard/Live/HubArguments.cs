using System.Globalization;
using System.Text.Json;

namespace Manufactura.Dashboard.Live;

/// <summary>Reads what a client sent, which may be any JSON.</summary>
internal static class HubArguments
{
    private const int MaxCode = 60;

    /// <summary>A text; null for anything else, also for half a surrogate pair and for U+0000, which no code has.</summary>
    public static string? Text(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return e.GetString() is { } text && !text.Contains('\0') ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text that may be a code or number; null for anything else.</summary>
    public static string? Code(JsonElement e) => Text(e) is { Length: > 0 and <= MaxCode } text ? text : null;

    /// <summary>A list of texts, as many as topics may be watched; null for anything else.</summary>
    public static string[]? Texts(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.Array || e.GetArrayLength() > HubScreen.MaxTopics)
            return null;
        var texts = new string[e.GetArrayLength()];
        for (var i = 0; i < texts.Length; i++)
            if (Text(e[i]) is { } text)
                texts[i] = text;
            else
                return null;
        return texts;
    }

    /// <summary>The id of an event: a number, or its digits as CloudEvents has them. Null is none; false is anything else.</summary>
    public static bool TryEventId(JsonElement e, out long? id)
    {
        id = null;
        if (e.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return true;
        var known =
            e.ValueKind == JsonValueKind.Number
                ? e.TryGetInt64(out var number)
                : long.TryParse(Text(e), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        id = number;
        return known && number >= 0;
    }
}
