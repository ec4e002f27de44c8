using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Access;

[Collection(Plant.Name)]
public sealed class ApiKeyTests(PlantApp app)
{
    private const string Keys = "/api/v1/admin/api-keys";

    [Fact]
    public async Task A_key_opens_with_its_role_until_it_is_revoked()
    {
        using var admin = await app.SignedInAsync("admin");
        var (id, text) = await CreateAsync(admin, "Admin");
        using var script = app.Anonymous();
        script.DefaultRequestHeaders.Add("X-Api-Key", text);
        Assert.Equal(HttpStatusCode.OK, (await script.GetAsync(Keys)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"{Keys}/{id}")).StatusCode);
        await Problem.ExpectAsync(await script.GetAsync(Keys), HttpStatusCode.Unauthorized, "unauthenticated");
        await Problem.ExpectAsync(await admin.DeleteAsync($"{Keys}/{id}"), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        using var admin = await app.SignedInAsync("admin");
        var (id, text) = await CreateAsync(admin, "Operator");
        var list = await admin.GetStringAsync(Keys);
        Assert.DoesNotContain(text, list);
        var items = JsonSerializer.Deserialize<JsonElement>(list).GetProperty("items").EnumerateArray().ToList();
        var item = items.Single(i => i.GetProperty("id").GetInt32() == id);
        Assert.Equal("admin", item.GetProperty("createdBy").GetString());
        Assert.Equal("Operator", item.GetProperty("role").GetString());
    }

    [Theory]
    [InlineData("jefe")]
    [InlineData("supervisor")]
    [InlineData("calidad")]
    [InlineData("operario")]
    [InlineData("vendedor")]
    public async Task Only_an_admin_makes_keys(string user)
    {
        using var client = await app.SignedInAsync(user);
        await Problem.ExpectAsync(await client.GetAsync(Keys), HttpStatusCode.Forbidden, "forbidden");
        var made = await client.PostAsJsonAsync(Keys, new { name = "x", role = "Admin" });
        await Problem.ExpectAsync(made, HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("X-Api-Key", "{0}", HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer {0}", HttpStatusCode.OK)]
    [InlineData("X-Api-Key", "mk_wrong", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer nonsense", HttpStatusCode.Unauthorized)]
    public async Task A_key_opens_the_API_in_either_header(string header, string value, HttpStatusCode status)
    {
        using var admin = await app.SignedInAsync("admin");
        var (_, text) = await CreateAsync(admin, "Screen");
        using var client = app.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value.Replace("{0}", text));
        Assert.Equal(status, (await client.GetAsync("/api/v1/units")).StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_address_opens_nothing_but_hubs()
    {
        using var admin = await app.SignedInAsync("admin");
        var (_, text) = await CreateAsync(admin, "Screen");
        using var client = app.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"/api/v1/units?access_token={text}")).StatusCode);
        // No hub is mapped at this path: past the door there is nothing, but the door has opened.
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/hubs/none?access_token={text}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/hubs/none?access_token=wrong")).StatusCode);
    }

    [Theory]
    [InlineData("Screen", true)]
    [InlineData("Admin", false)]
    public async Task A_screen_key_in_the_address_becomes_a_cookie_and_leaves_the_address(string role, bool opens)
    {
        using var admin = await app.SignedInAsync("admin");
        var (id, text) = await CreateAsync(admin, role);
        using var browser = app.Browser();
        var answer = await browser.GetAsync($"/screen/costura?key={text}&rotate=30");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/screen/costura?rotate=30", answer.Headers.Location!.ToString());
        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
        await admin.DeleteAsync($"{Keys}/{id}");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("""{"role":"Screen"}""", "name")]
    [InlineData("""{"name":"  ","role":"Screen"}""", "name")]
    [InlineData("""{"name":"x"}""", "role")]
    [InlineData("""{"name":"x","role":"King"}""", "role")]
    [InlineData("""{"name":"x","role":3}""", "role")]
    [InlineData("""{"name":7,"role":"Screen"}""", "name")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        using var admin = await app.SignedInAsync("admin");
        var answer = await admin.PostAsync(Keys, new StringContent(body, null, "application/json"));
        var problem = await Problem.ExpectAsync(answer, HttpStatusCode.BadRequest, "validation");
        Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    private static async Task<(int Id, string Text)> CreateAsync(HttpClient admin, string role)
    {
        var answer = await admin.PostAsJsonAsync(Keys, new { name = $"test {role}", role });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var key = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (key.GetProperty("id").GetInt32(), key.GetProperty("key").GetString()!);
    }
}
