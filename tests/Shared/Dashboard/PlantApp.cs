using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Tests.Shared;

/// <summary>An empty plant of its own, for what begins with the first order.</summary>
public sealed class EmptyPlant() : PlantApp(demo: false);

/// <summary>The whole dashboard on a real server, port and database, started once per test assembly, with the demo users.</summary>
public class PlantApp : IAsyncLifetime
{
    public const string Password = "manufactura";

    /// <summary>Of the only user of a plant without demo.</summary>
    public const string AdminPassword = "Manufactura-2025";

    private readonly bool _demo;

    public PlantApp()
        : this(demo: true) { }

    /// <param name="demo">False: an empty plant, whose only user is admin.</param>
    protected PlantApp(bool demo) => _demo = demo;

    private readonly PostgresFixture _postgres = new();
    private Factory? _factory;

    public FakeClock Clock { get; } = new();

    /// <summary>Settings of a test's own application, beside the usual ones.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _factory!.Services;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _factory = Factory.Start(_postgres.ConnectionString, Clock, _demo, Settings);
        Address = _factory.ClientOptions.BaseAddress;
    }

    public async Task DisposeAsync()
    {
        await _factory!.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>A client without sign-in that keeps no cookies and follows no redirect.</summary>
    public HttpClient Anonymous() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>A client that keeps cookies and follows no redirect, as a browser stepped through by hand.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client signed in with a bearer token.</summary>
    public async Task<HttpClient> SignedInAsync(string user, string password = Password)
    {
        var client = Anonymous();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { user, password });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private sealed class Factory(string connectionString, TimeProvider clock, bool demo, Dictionary<string, string> settings)
        : WebApplicationFactory<Program>
    {
        public static Factory Start(string connectionString, TimeProvider clock, bool demo, Dictionary<string, string> settings)
        {
            var factory = new Factory(connectionString, clock, demo, settings);
            factory.UseKestrel();
            factory.StartServer();
            return factory;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("ConnectionStrings:Plant", connectionString);
            builder.UseSetting("Plant:Demo", demo ? "true" : "false");
            if (!demo)
                builder.UseSetting("Plant:AdminPassword", AdminPassword);
            builder.UseSetting("Plant:TimeZone", "America/Bogota");
            builder.UseSetting("Urls", "http://127.0.0.1:0");
            foreach (var (key, value) in ClusterKeys.OfOne().Concat(settings))
                builder.UseSetting(key, value);
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
        }
    }
}
