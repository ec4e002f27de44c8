using Microsoft.Playwright;

namespace Manufactura.Browser.Tests;

/// <summary>The system's Chromium, headless, one for the assembly; each test opens its own context.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>How long a page may take: a guard against hanging, on a machine that has other work too.</summary>
    private const int PatienceMs = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
                Headless = true,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async Task DisposeAsync()
    {
        await _browser!.DisposeAsync();
        _playwright!.Dispose();
    }

    /// <summary>A fresh window of somebody who is not signed in. What the page complains of fails the test by <see cref="Window"/>.</summary>
    public async Task<Window> OpenAsync(
        Uri address,
        int width = 1280,
        int height = 800,
        ColorScheme scheme = ColorScheme.Light,
        bool touch = false
    )
    {
        var context = await _browser!.NewContextAsync(
            new()
            {
                BaseURL = address.ToString(),
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = scheme,
                Locale = "en-GB",
                HasTouch = touch,
            }
        );
        context.SetDefaultTimeout(PatienceMs);
        return new Window(context, await context.NewPageAsync());
    }
}

/// <summary>A page and what it complained of: errors in scripts, blocked by policy, or thrown.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            // A sign-in that is refused is a failed request too, and meant.
            if (message.Type == "error" && !message.Text.Contains("status of 4"))
                Complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    /// <summary>Signs in by the form and waits until the page answers to clicks.</summary>
    public async Task SignInAsync(string user, string path = "/", string password = Manufactura.Tests.Shared.PlantApp.Password)
    {
        await Page.GotoAsync("login?returnUrl=" + Uri.EscapeDataString(path));
        await Page.FillAsync("#user", user);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("form.sign [type=submit]");
        await ReadyAsync();
    }

    /// <summary>Waits until the page is connected.</summary>
    public Task ReadyAsync() => Page.WaitForSelectorAsync("main[data-interactive=true]");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(Complaints);
    }
}
