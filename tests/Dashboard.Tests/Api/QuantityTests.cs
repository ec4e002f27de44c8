using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Manufactura.Dashboard.Api.Json;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Microsoft.AspNetCore.Http;

namespace Manufactura.Dashboard.Tests.Api;

public sealed class QuantityTests
{
    private sealed record Line(decimal Quantity, decimal? Spare = null, Shade Shade = Shade.NavyBlue);

    private sealed record Body(ImmutableArray<Line> Lines);

    private enum Shade
    {
        NavyBlue,
    }

    [JsonConverter(typeof(LowerCaseEnumConverter<Mail>))]
    private enum Mail
    {
        Queued,
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.500", "1.5")]
    [InlineData("1.5000", "1.5")]
    [InlineData("-0.001", "-0.001")]
    [InlineData("1e3", "1000")]
    [InlineData("2.5e-2", "0.025")]
    [InlineData("1E+2", "100")]
    [InlineData("0e-9", "0")]
    [InlineData("100000000000000.125", "100000000000000.125")]
    [InlineData("999999999999999.999", "999999999999999.999")]
    public void A_quantity_is_read_exactly_and_written_in_one_way(string json, string written)
    {
        var body = Read($$"""{"lines":[{"quantity":{{json}}}]}""")!;
        Assert.Equal(
            $$"""{"lines":[{"quantity":{{written}},"spare":null,"shade":"NavyBlue"}]}""",
            JsonSerializer.Serialize(body, PlantJson.Options)
        );
    }

    [Theory]
    [InlineData("0.0001", "decimales")]
    [InlineData("1.2345", "decimales")]
    [InlineData("1e-4", "decimales")]
    [InlineData("1e-40", "decimales")]
    [InlineData("1000000000000000", "rango")]
    [InlineData("-1000000000000000", "rango")]
    [InlineData("1e15", "rango")]
    [InlineData("1e400", "rango")]
    [InlineData("1e-99999999999", "rango")]
    [InlineData("0.00000000000000000000000000000000000000000000000000000000000000000001", "rango")]
    [InlineData("\"5\"", "número")]
    [InlineData("\"NaN\"", "número")]
    [InlineData("true", "número")]
    [InlineData("{}", "número")]
    public void A_number_that_cannot_be_kept_is_refused_naming_the_field(string json, string says)
    {
        var wrong = Assert.ThrowsAny<JsonException>(() => Read($$"""{"lines":[{"quantity":1},{"quantity":{{json}}}]}"""));
        var (status, refusal) = ProblemHandling.Explain(wrong);
        Assert.Equal(400, status);
        Assert.Equal("validation", refusal.Code);
        Assert.StartsWith("El campo lines[1].quantity ", refusal.Es);
        Assert.StartsWith("The field lines[1].quantity ", refusal.En);
        Assert.Contains(says, refusal.Es);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("01")]
    [InlineData(".5")]
    [InlineData("1.")]
    public void What_is_no_JSON_number_is_malformed(string json)
    {
        var wrong = Assert.ThrowsAny<JsonException>(() => Read($$"""{"lines":[{"quantity":{{json}}}]}"""));
        Assert.Equal("malformed", ProblemHandling.Explain(wrong).Refusal.Code);
    }

    [Fact]
    public void An_optional_quantity_may_be_null_and_obeys_the_same_rules()
    {
        Assert.Null(Read("""{"lines":[{"quantity":1,"spare":null}]}""")!.Lines[0].Spare);
        Assert.ThrowsAny<JsonException>(() => Read("""{"lines":[{"quantity":1,"spare":0.0001}]}"""));
    }

    [Fact]
    public void A_written_quantity_is_rounded_to_three_decimals() =>
        Assert.Equal("33.333", JsonSerializer.Serialize(100m / 3, PlantJson.Options));

    [Fact]
    public void Enums_are_words_in_the_case_the_interface_promises()
    {
        Assert.Equal("\"queued\"", JsonSerializer.Serialize(Mail.Queued, PlantJson.Options));
        Assert.Equal(Mail.Queued, JsonSerializer.Deserialize<Mail>("\"queued\"", PlantJson.Options));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Shade>("0", PlantJson.Options));
    }

    [Fact]
    public async Task A_refusal_becomes_a_problem_with_its_details_as_members()
    {
        var refusal = new Refusal("insufficient-stock", RefusalKind.Conflict, "No alcanza.", "Not enough.")
            .With(
                "shortages",
                new[]
                {
                    new
                    {
                        Material = "TEL",
                        Required = 10.5m,
                        Available = 4m,
                    },
                }
            )
            .With("status", "cannot be replaced");
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await refusal.ToProblem().ExecuteAsync(context);
        context.Response.Body.Position = 0;
        var problem = await JsonSerializer.DeserializeAsync<JsonElement>(context.Response.Body);
        Assert.Equal(409, context.Response.StatusCode);
        Assert.Equal(409, problem.GetProperty("status").GetInt32());
        Assert.Equal("TEL", problem.GetProperty("shortages")[0].GetProperty("material").GetString());
        Assert.Equal(10.5m, problem.GetProperty("shortages")[0].GetProperty("required").GetDecimal());
    }

    private static Body? Read(string json) => JsonSerializer.Deserialize<Body>(json, PlantJson.Options);
}
