using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;

namespace Manufactura.Dashboard.Tests.Crash;

/// <summary>
/// The built dashboard as a process of its own, with the embedded server on a data directory of its own, so that both can be killed or
/// paused. The directory goes with it.
/// </summary>
public sealed partial class ChildPlant : IAsyncDisposable
{
    private const int Kill = 9;
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly string directory = Path.Combine(Path.GetTempPath(), $"manufactura-child-{Guid.NewGuid():N}");
    private readonly List<string> said = [];
    private Process? process;

    /// <summary>Where the running dashboard answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>From the start of the process to the first <c>200</c> of <c>/health/ready</c>.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Memory that the running dashboard holds, in bytes.</summary>
    public long WorkingSetBytes
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>What the running dashboard has written: errors only.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    public static async Task<ChildPlant> CreateAsync()
    {
        var plant = new ChildPlant();
        try
        {
            await plant.StartAsync();
            return plant;
        }
        catch
        {
            await plant.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the dashboard, again after a kill, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [Dll()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Plant__DataDirectory"] = directory;
        start.Environment["Plant__TimeZone"] = "America/Bogota";
        start.Environment["Plant__Demo"] = "true";
        start.Environment["Urls"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (said)
            said.Clear();
        void Hear(object _, DataReceivedEventArgs line)
        {
            if (line.Data is not { } text)
                return;
            lock (said)
                said.Add(text);
            if (text.StartsWith("Manufactura: http", StringComparison.Ordinal))
                address.TrySetResult(new Uri(text["Manufactura: ".Length..].Split(' ')[0]));
        }

        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var over = process.WaitForExitAsync();
        if (await Task.WhenAny(address.Task, over).WaitAsync(TimeSpan.FromSeconds(90)) == over)
            throw new InvalidOperationException("The dashboard ended: " + Said);
        Address = await address.Task;
        using var http = new HttpClient { BaseAddress = Address };
        while (!await IsReadyAsync(http))
            await Task.Delay(20);
        ReadyAfter = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Ends the dashboard at once, as a power failure would; its database server goes on.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ends the database server at once: the postmaster, so that nobody starts it again, or one of its processes.</summary>
    public void KillServer(bool postmaster)
    {
        var server = PostmasterId();
        Signal(postmaster ? server : ChildrenOf(server).OrderBy(_ => Random.Shared.Next()).First(), Kill);
    }

    /// <summary>Stops every process of the database server where it stands, until <see cref="ResumeServer"/>.</summary>
    public void PauseServer() => SignalAll(Stop);

    public void ResumeServer() => SignalAll(Continue);

    /// <summary>A pool on the embedded server's database. It works until the server is started on another port.</summary>
    public NpgsqlDataSource Database()
    {
        var home = Path.Combine(directory, "postgres");
        var port = File.ReadAllLines(Path.Combine(home, "cluster", "postmaster.pid"))[3];
        var password = File.ReadAllText(Path.Combine(home, "password")).Trim();
        return NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={port};Username=manufactura;Password={password};Database=plant;Timeout=5;Maximum Pool Size=4"
        );
    }

    public async Task<string> TokenAsync(string user)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { user, password = "manufactura" });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    /// <summary>A client signed in with a bearer token; tokens outlive a restart.</summary>
    public async Task<HttpClient> SignedInAsync(string user)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(20),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(user));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAsync();
        if (PostmasterId() is > 0 and var server && IsAlive(server))
        {
            Signal(server, Continue);
            Signal(server, 3);
            for (var i = 0; i < 250 && IsAlive(server); i++)
                await Task.Delay(20);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Beside this assembly's output: artifacts/<runtime>/bin/<project>/<configuration>.
    private static string Dll()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "Dashboard", here.Name, "Manufactura.Dashboard.dll");
    }

    private int PostmasterId()
    {
        var file = Path.Combine(directory, "postgres", "cluster", "postmaster.pid");
        return File.Exists(file) ? int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture) : 0;
    }

    private void SignalAll(int signal)
    {
        var server = PostmasterId();
        foreach (var child in ChildrenOf(server))
            Signal(child, signal);
        Signal(server, signal);
    }

    private static bool IsAlive(int id) => Directory.Exists($"/proc/{id}");

    private static List<int> ChildrenOf(int parent) =>
        [
            .. File.ReadAllText($"/proc/{parent}/task/{parent}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];

    private static void Signal(int id, int signal) => _ = SysKill(id, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SysKill(int pid, int signal);
}
