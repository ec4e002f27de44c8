using System.Text.Json;
using System.Text.Json.Serialization;

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
        options.Converters.Add(new QuantityConverter());
        options.Converters.Add(new SentenceConverter());
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        return options;
    }
}

/// <summary>For the enums that the interface spells in lower case (matrixState, kind of order, supply, mail): put it on the enum.</summary>
public sealed class LowerCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
