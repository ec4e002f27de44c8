using System.Text.Json;
using System.Text.Json.Serialization;

namespace Manufactura.Dashboard.Api.Json;

/// <summary>
/// Texts without U+0000, which PostgreSQL cannot keep: it refuses the parameter in the middle of the protocol, and the connection that
/// carried it fails whoever uses it next.
/// </summary>
public sealed class TextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonRefusal("debe ser un texto", "must be a text");
        var text = reader.GetString();
        return text?.Contains('\0') == true
            ? throw new JsonRefusal("no admite el carácter U+0000", "does not take the character U+0000")
            : text;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
