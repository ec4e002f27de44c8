using System.Net;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Hosting;

[Collection(Plant.Name)]
public sealed class HostTests(PlantApp app)
{
    [Theory]
    [InlineData("/login")]
    [InlineData("/health/live")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/css/app.css")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var client = app.Anonymous();
        var headers = (await client.GetAsync(path)).Headers;
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.False(headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/login")]
    [InlineData("/favicon.svg")]
    [InlineData("/fonts/inter-latin-wght-normal.woff2")]
    [InlineData("/_content/Radzen.Blazor/css/standard-base.css")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task What_is_needed_before_signing_in_is_open(string path)
    {
        using var client = app.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_pages_carry_no_inline_script()
    {
        using var client = await app.SignedInAsync("admin");
        foreach (var path in (string[])["/login", "/", "/admin"])
        {
            var page = await client.GetStringAsync(path);
            Assert.DoesNotMatch("<script(?![^>]*src=)", page);
            Assert.DoesNotMatch("\\son[a-z]+=\"", page);
        }
    }

    [Fact]
    public async Task An_unknown_page_is_404_in_our_own_words_and_a_forbidden_one_403()
    {
        using var client = await app.SignedInAsync("operario");
        var missing = await client.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("Ir a Hoy", await missing.Content.ReadAsStringAsync());
        var forbidden = await client.GetAsync("/admin");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Contains("Su rol no permite", await forbidden.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/preferences?language=en&returnUrl=/login", "<html lang=\"en\" data-theme=\"auto\"")]
    [InlineData("/preferences?theme=dark&returnUrl=/login", "<html lang=\"es\" data-theme=\"dark\"")]
    [InlineData("/preferences?language=xx&theme=pink&returnUrl=/login", "<html lang=\"es\" data-theme=\"auto\"")]
    public async Task Language_and_theme_are_kept(string choice, string html)
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", "en");
        Assert.Equal("/login", (await browser.GetAsync(choice)).Headers.Location!.ToString());
        Assert.Contains(html, await browser.GetStringAsync("/login"));
    }

    [Fact]
    public async Task A_choice_leads_to_no_other_site()
    {
        using var browser = app.Browser();
        var answer = await browser.GetAsync("/preferences?language=en&returnUrl=//evil.example");
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }
}
