using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Manufactura.Dashboard.Hosting;
using Manufactura.Tests.Shared;

namespace Manufactura.Browser.Tests.Screens;

/// <summary>The dashboard as a process of its own on a fixed port, which can be killed and started again.</summary>
public sealed class PlantProcess(string connectionString) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string directory = Directory.CreateTempSubdirectory("manufactura-screens-").FullName;
    private Process? process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}/");

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PlantHosting).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Plant"] = connectionString;
        start.Environment["Plant__Demo"] = "true";
        start.Environment["Plant__TimeZone"] = "America/Bogota";
        start.Environment["Plant__DataDirectory"] = directory;
        start.Environment["Urls"] = Address.ToString();
        foreach (var (key, value) in ClusterKeys.OfOne())
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["Logging__LogLevel__Default"] = "Error";
        process = Process.Start(start)!;
        // Pipes that nobody empties stop the process.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (!await IsReadyAsync(client))
        {
            Assert.False(process.HasExited, "The dashboard ended while starting.");
            Assert.True(watch.Elapsed < Patience, "The dashboard was not ready in time.");
            await Task.Delay(100);
        }
    }

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await KillAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri(Address, "health/ready"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
