using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Manufactura.Dashboard.Api.Json;

/// <summary>What is wrong with a value in a JSON body, as a sentence in both languages; the serializer adds the path.</summary>
public sealed class JsonRefusal(string es, string en) : JsonException(en)
{
    /// <summary>Spanish.</summary>
    public string Es { get; } = es;

    /// <summary>English.</summary>
    public string En { get; } = en;
}

/// <summary>
/// Decimals as they are kept, (18,3): a JSON number of at most 3 decimals whose absolute value is under 10^15. Nothing is rounded in
/// silence: more decimals that say something, a string, or a number out of range are refused, naming the field.
/// </summary>
public sealed class QuantityConverter : JsonConverter<decimal>
{
    private const int Decimals = 3;
    private const decimal Limit = 1_000_000_000_000_000m;

    // No number that is in range needs more characters; longer ones are refused before they are worked on.
    private const int LongestText = 64;

    /// <inheritdoc/>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonRefusal("debe ser un número, sin comillas", "must be a number, without quotes");
        var text = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        if (text.Length > LongestText)
            throw OutOfRange();
        // A tiny number must not be read as zero, so the reading is exact or refused: the framework rounds beyond 28 digits.
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || Math.Abs(value) >= Limit)
            throw OutOfRange();
        if (DecimalsIn(text) > Decimals)
            throw new JsonRefusal("admite como máximo 3 decimales", "takes at most 3 decimals");
        return Trim(value);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Trim(Math.Round(value, Decimals, MidpointRounding.AwayFromZero)));

    /// <summary>Decimal places that say something: 1.500 has one, 25e-1 has one, 1e-9 has nine; zero has none however it is written.</summary>
    private static int DecimalsIn(ReadOnlySpan<byte> text)
    {
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = e < 0 ? text : text[..e];
        var exponent = 0;
        if (e >= 0)
        {
            var digits = text[(e + 1)..];
            if (digits[0] == '+')
                digits = digits[1..];
            if (!Utf8Parser.TryParse(digits, out exponent, out _))
                throw OutOfRange();
        }
        if (mantissa.IndexOfAnyInRange((byte)'1', (byte)'9') < 0)
            return 0;
        var point = mantissa.IndexOf((byte)'.');
        var last = mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        var places =
            point < 0 ? last - (mantissa.Length - 1)
            : last > point ? last - point
            : last - (point - 1);
        return places - exponent;
    }

    // 1.500 and 1.5 are one quantity: it is written in one way.
    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    private static JsonRefusal OutOfRange() =>
        new(
            "está fuera de rango: su valor absoluto debe ser menor que 10^15",
            "is out of range: its absolute value must be under 10^15"
        );
}
