using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Manufactura.Dashboard.Access;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Access;

[Collection(Plant.Name)]
public sealed partial class SignInTests(PlantApp app)
{
    [Theory]
    [InlineData("admin", "Admin")]
    [InlineData("jefe", "ProductionManager")]
    [InlineData("supervisor", "Supervisor")]
    [InlineData("calidad", "QualityInspector")]
    [InlineData("operario", "Operator")]
    [InlineData("vendedor", "Salesperson")]
    public async Task Each_demo_user_gets_a_token_with_its_role(string user, string role)
    {
        using var client = app.Anonymous();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { user, password = PlantApp.Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(role, Assert.Single(body.GetProperty("roles").EnumerateArray().ToList()).GetString());
        Assert.Equal(12 * 3600, body.GetProperty("expiresIn").GetInt32());
    }

    [Theory]
    [InlineData("operario", "wrong")]
    [InlineData("nobody", "manufactura")]
    public async Task A_wrong_password_and_an_unknown_user_are_told_apart_by_nothing(string user, string password)
    {
        using var client = app.Anonymous();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { user, password });
        var problem = await Problem.ExpectAsync(answer, HttpStatusCode.Unauthorized, "wrong-credentials");
        Assert.Equal("El usuario o la contraseña no son correctos.", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_token_expires()
    {
        using var client = await app.SignedInAsync("admin");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/admin/api-keys")).StatusCode);
        app.Clock.Advance(AccessHosting.TokenLife + TimeSpan.FromSeconds(1));
        await Problem.ExpectAsync(
            await client.GetAsync("/api/v1/admin/api-keys"),
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }

    [Theory]
    [InlineData("/", "/login?returnUrl=%2F")]
    [InlineData("/admin?tab=keys", "/login?returnUrl=%2Fadmin%3Ftab%3Dkeys")]
    [InlineData("/no/such/page", "/login?returnUrl=%2Fno%2Fsuch%2Fpage")]
    public async Task A_page_without_sign_in_leads_to_the_login(string path, string login)
    {
        using var client = app.Anonymous();
        var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith(login, answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/api/v1/admin/api-keys")]
    [InlineData("/api/v1/no-such-thing")]
    public async Task A_program_without_sign_in_is_answered_401(string path)
    {
        using var client = app.Anonymous();
        await Problem.ExpectAsync(await client.GetAsync(path), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("/admin", "/admin")]
    [InlineData("//evil.example/x", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    public async Task The_sign_in_page_returns_only_to_this_site(string returnUrl, string lands)
    {
        using var browser = app.Browser();
        var answer = await SignInAsync(browser, "admin", PlantApp.Password, returnUrl);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(lands, new Uri(app.Address, answer.Headers.Location!).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_form_without_its_antiforgery_token_is_refused()
    {
        using var browser = app.Browser();
        var form = new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["Input.User"] = "admin",
            ["Input.Password"] = PlantApp.Password,
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/login", new FormUrlEncodedContent(form))).StatusCode);
    }

    [Fact]
    public async Task The_sign_in_page_lists_the_demo_users()
    {
        using var client = app.Anonymous();
        var page = await client.GetStringAsync("/login");
        foreach (var user in (string[])["admin", "jefe", "supervisor", "calidad", "operario", "vendedor"])
            Assert.Contains($"data-user=\"{user}\"", page);
    }

    [Fact]
    public async Task A_cookie_sent_from_another_site_changes_nothing()
    {
        using var browser = app.Browser();
        await SignInAsync(browser, "admin", PlantApp.Password, "/");
        browser.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        var answer = await browser.PostAsJsonAsync("/api/v1/admin/api-keys", new { name = "stolen", role = "Admin" });
        await Problem.ExpectAsync(answer, HttpStatusCode.Forbidden, "forbidden");
    }

    internal static async Task<HttpResponseMessage> SignInAsync(
        HttpClient browser,
        string user,
        string password,
        string returnUrl
    )
    {
        var path = $"/login?returnUrl={Uri.EscapeDataString(returnUrl)}";
        var token = Token().Match(await browser.GetStringAsync(path)).Groups["token"].Value;
        var form = new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["__RequestVerificationToken"] = token,
            ["Input.User"] = user,
            ["Input.Password"] = password,
        };
        return await browser.PostAsync(path, new FormUrlEncodedContent(form));
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<token>[^\"]+)")]
    private static partial Regex Token();
}
