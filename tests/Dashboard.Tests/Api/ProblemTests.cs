using System.Net;
using System.Text;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Api;

[Collection(Plant.Name)]
public sealed class ProblemTests(PlantApp app)
{
    private const string Login = "/api/v1/auth/login";

    [Theory]
    [InlineData("", "malformed", "Falta el cuerpo")]
    [InlineData("{", "malformed", "línea 1, carácter 2")]
    [InlineData("{\"user\":\n oops}", "malformed", "línea 2, carácter 2")]
    [InlineData("{\"user\": 7}", "validation", "El campo user debe ser un texto")]
    [InlineData("{\"user\":\"a\",\"user\":\"b\"}", "malformed", "JSON")]
    [InlineData("{\"user\":\"admin\"}", "validation", "password")]
    [InlineData("null", "malformed", "cuerpo")]
    [InlineData("[]", "malformed", "JSON")]
    public async Task A_broken_body_is_400_with_a_sentence_saying_where(string body, string code, string says)
    {
        var problem = await Problem.ExpectAsync(await PostAsync(body), HttpStatusCode.BadRequest, code);
        Assert.Contains(says, problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Members_that_nobody_knows_are_ignored()
    {
        var answer = await PostAsync($$"""{"user":"admin","password":"{{PlantApp.Password}}","shoeSize":44}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("en", "The body is not valid JSON")]
    [InlineData("en-GB,es;q=0.5", "The body is not valid JSON")]
    [InlineData("de", "El cuerpo no es JSON válido")]
    public async Task The_title_speaks_the_language_asked_for(string accept, string says)
    {
        using var client = app.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accept);
        var answer = await client.PostAsync(Login, new StringContent("{", null, "application/json"));
        var problem = await Problem.ExpectAsync(answer, HttpStatusCode.BadRequest, "malformed");
        Assert.StartsWith(says, problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_by_its_type_is_415()
    {
        using var client = app.Anonymous();
        var answer = await client.PostAsync(Login, new StringContent("user=admin", null, "text/plain"));
        await Problem.ExpectAsync(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_2_MB_is_413_whether_or_not_it_says_its_length(bool chunked)
    {
        using var client = app.Anonymous();
        var body = Encoding.UTF8.GetBytes("{\"user\":\"" + new string('x', 2 * 1024 * 1024) + "\"}");
        using var request = new HttpRequestMessage(HttpMethod.Post, Login) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        // The server answers before it has read all: expecting to be told so keeps the answer from being lost in the sending.
        request.Headers.ExpectContinue = true;
        await Problem.ExpectAsync(await client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task An_unknown_address_is_404_and_a_wrong_method_405()
    {
        using var client = await app.SignedInAsync("admin");
        await Problem.ExpectAsync(await client.GetAsync("/api/v1/no-such-thing"), HttpStatusCode.NotFound, "not-found");
        await Problem.ExpectAsync(await client.DeleteAsync(Login), HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        await Problem.ExpectAsync(await client.DeleteAsync("/api/v1/admin/api-keys/abc"), HttpStatusCode.NotFound, "not-found");
    }

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var client = app.Anonymous();
        return await client.PostAsync(Login, new StringContent(body, null, "application/json"));
    }
}
