using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Manufactura.Dashboard.Api.Json;

/// <summary>The JSON of the API and of the hub: camelCase, enums as words, numbers as numbers, quantities with at most 3 decimals.</summary>
public static class PlantJson
{
    /// <summary>The same options for whoever writes JSON by hand.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Sets <paramref name="options"/> up and answers it.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new QuantityConverter());
        options.Converters.Add(new SentenceConverter());
        options.Converters.Add(new EnumWords());
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        return options;
    }

    // Enums as their own words. One with a converter of its own keeps it: the options' converters would otherwise go before it.
    private sealed class EnumWords : JsonConverterFactory
    {
        private static readonly JsonStringEnumConverter Words = new(namingPolicy: null, allowIntegerValues: false);

        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsEnum && typeToConvert.GetCustomAttribute<JsonConverterAttribute>() is null;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            Words.CreateConverter(typeToConvert, options);
    }
}

/// <summary>
/// For the enums that the interface spells in lower case (matrixState, kind of order, supply, mail): put it on the enum, or on the
/// property of the view.
/// </summary>
public sealed class LowerCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
