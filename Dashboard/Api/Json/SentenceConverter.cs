using System.Text.Json;
using System.Text.Json.Serialization;
using Manufactura.Dashboard.Hosting;
using Manufactura.Grains.Interfaces;

namespace Manufactura.Dashboard.Api.Json;

/// <summary>Writes a sentence in the language of the request; sentences are never read.</summary>
public sealed class SentenceConverter : JsonConverter<Sentence>
{
    /// <inheritdoc/>
    public override Sentence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Sentences are only answered.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Sentence value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text(Languages.Current));
}
