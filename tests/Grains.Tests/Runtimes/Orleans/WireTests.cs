using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Manufactura.Grains.Interfaces;
using Manufactura.Silo;
using Manufactura.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Every message goes through the serializer and comes out as it was; in one process nobody would notice if it did not.</summary>
public sealed class WireTests
{
    private static readonly Serializer Wire = new ServiceCollection()
        .AddSerializer()
        .BuildServiceProvider()
        .GetRequiredService<Serializer>();

    public static TheoryData<Type> Messages =>
        [
            .. typeof(CommandContext)
                .Assembly.GetTypes()
                .Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !t.IsEnum)
                .Select(t => t.IsGenericTypeDefinition ? t.MakeGenericType(typeof(Problem)) : t),
        ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_comes_out_as_it_went_in(Type type)
    {
        foreach (var full in (bool[])[true, false])
        {
            var message = Sample(type, full)!;
            var there = Wire.Deserialize<object>(Wire.SerializeToArray(message))!;
            Assert.Equal(Json(message), Json(there));
            Assert.Equal(type, there.GetType());
        }
    }

    [Fact]
    public void An_array_that_was_never_set_stays_so() =>
        Assert.True(Wire.Deserialize<CommandContext>(Wire.SerializeToArray(new CommandContext("ana")))!.BodyHash.IsDefault);

    [Fact]
    public void An_outage_of_the_database_reaches_a_caller_elsewhere_as_what_it_is()
    {
        // The converter stands in the assembly of the silo.
        Assert.Equal("Orleans", ActorRuntime.Name);
        var outage = new PlantUnavailableException("The database is away.", outcomeUnknown: true, new IOException("gone"));
        var there = Assert.IsType<PlantUnavailableException>(
            Wire.Deserialize<Exception>(Wire.SerializeToArray<Exception>(outage))
        );
        Assert.Equal((outage.Message, true), (there.Message, there.OutcomeUnknown));
        Assert.True(Outages.Is(there));
    }

    private static string Json(object message) => JsonSerializer.Serialize(message, message.GetType(), Options);

    private static readonly JsonSerializerOptions Options = Tolerant();

    /// <summary>JSON has no word for an array that was never set; here it is null.</summary>
    private static JsonSerializerOptions Tolerant()
    {
        var options = new JsonSerializerOptions();
        options.Converters.Add(new DefaultArrays());
        return options;
    }

    /// <summary>A value of a type: with everything in it, or with as little as may be.</summary>
    private static object? Sample(Type type, bool full)
    {
        if (type == typeof(string))
            return full ? "Señal ñ 1" : "";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return full ? Sample(inner, full) : null;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(full ? Enum.GetValues(type).Length - 1 : 0);
        if (type == typeof(decimal))
            return full ? 1234.567m : 0m;
        if (type == typeof(DateTimeOffset))
            return full ? new DateTimeOffset(2026, 11, 20, 6, 0, 0, TimeSpan.FromHours(-5)) : default(DateTimeOffset);
        if (type == typeof(DateOnly))
            return full ? new DateOnly(2026, 11, 20) : default(DateOnly);
        if (type == typeof(TimeOnly))
            return full ? new TimeOnly(6, 30) : default(TimeOnly);
        if (type.IsPrimitive)
            return full ? Convert.ChangeType(1, type, null) : Activator.CreateInstance(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return Call(nameof(ArrayOf), type, Sample(type.GetGenericArguments()[0], full), full);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>))
            return Call(nameof(DictionaryOf), type, Sample(type.GetGenericArguments()[1], full), full);
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([
            .. constructor.GetParameters().Select(p => full || !MayBeNull(p) ? Sample(p.ParameterType, full) : null),
        ]);
    }

    private static bool MayBeNull(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType
        && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    private static object? Call(string method, Type type, object? of, bool full) =>
        typeof(WireTests)
            .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments()[^1])
            .Invoke(null, [of, full]);

    private static ImmutableArray<T> ArrayOf<T>(T of, bool full) => full ? [of, of] : [];

    private static ImmutableDictionary<string, T> DictionaryOf<T>(T of, bool full) =>
        full ? ImmutableDictionary<string, T>.Empty.Add("tono", of) : ImmutableDictionary<string, T>.Empty;

    private sealed class DefaultArrays : System.Text.Json.Serialization.JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

        public override System.Text.Json.Serialization.JsonConverter CreateConverter(
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            (System.Text.Json.Serialization.JsonConverter)
                Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Of<T> : System.Text.Json.Serialization.JsonConverter<ImmutableArray<T>>
        {
            public override ImmutableArray<T> Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) =>
                throw new NotSupportedException();

            public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value, JsonSerializerOptions options)
            {
                if (value.IsDefault)
                    writer.WriteNullValue();
                else
                    JsonSerializer.Serialize(writer, value.ToArray(), options);
            }
        }
    }
}
