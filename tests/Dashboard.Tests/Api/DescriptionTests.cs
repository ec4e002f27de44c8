using System.Net;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Api;

[Collection(Plant.Name)]
public sealed class DescriptionTests(PlantApp app)
{
    [Fact]
    public async Task The_description_lists_the_calls_and_how_to_sign_in()
    {
        using var client = await app.SignedInAsync("operario");
        var api = JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/openapi/v1.json"));
        Assert.True(api.GetProperty("paths").TryGetProperty("/api/v1/auth/login", out var login));
        Assert.False(login.GetProperty("post").TryGetProperty("security", out _));
        var keys = api.GetProperty("paths").GetProperty("/api/v1/admin/api-keys").GetProperty("get");
        Assert.Equal(2, keys.GetProperty("security").GetArrayLength());
        Assert.True(api.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("ApiKey", out _));
    }

    [Theory]
    [InlineData("/api/v1/orders", "post", "material")]
    [InlineData("/api/v1/orders/{number}/matrix/cells", "patch", "cells")]
    [InlineData("/api/v1/lots/{code}/scrap", "post", "quantity")]
    [InlineData("/api/v1/suppliers", "post", "email")]
    [InlineData("/api/v1/orders/{number}/start", "post", null)]
    public async Task A_command_says_what_its_body_is(string path, string method, string? member)
    {
        using var client = await app.SignedInAsync("operario");
        var api = JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/openapi/v1.json"));
        var call = api.GetProperty("paths").GetProperty(path).GetProperty(method);
        if (member is null)
        {
            Assert.False(call.TryGetProperty("requestBody", out _));
            return;
        }

        var schema = call.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        if (schema.TryGetProperty("$ref", out var reference))
            schema = api.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        Assert.True(schema.GetProperty("properties").TryGetProperty(member, out _), schema.GetRawText());
    }

    [Fact]
    public async Task The_page_of_the_API_needs_a_sign_in_and_loads_nothing_from_elsewhere()
    {
        using var anonymous = app.Anonymous();
        Assert.Equal(HttpStatusCode.Redirect, (await anonymous.GetAsync("/api/index.html")).StatusCode);
        using var client = await app.SignedInAsync("operario");
        var page = await client.GetStringAsync("/api/index.html");
        Assert.Contains("swagger-ui", page);
        Assert.DoesNotContain("https://", page);
    }

    [Fact]
    public async Task Metrics_are_in_Prometheus_text_for_a_scraper_without_sign_in()
    {
        using var client = app.Anonymous();
        await client.GetAsync("/openapi/v1.json");
        var text = await client.GetStringAsync("/metrics");
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text);
        Assert.Contains("le=\"+Inf\"", text);
        Assert.Matches(@"(?m)^dotnet_process_memory_working_set_bytes \d+$", text);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches(
                """^(# (HELP|TYPE) .+|[a-z_0-9]+(\{[a-z_0-9]+="[^"]*"(,[a-z_0-9]+="[^"]*")*\})? -?[0-9.E+\-]+)$""",
                line
            );
    }
}
