using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Manufactura.Bench.Failover;

/// <summary>One process of the cluster, a silo or a dashboard, that can be killed, paused, stopped and started again.</summary>
internal sealed partial class Node(string name, string program, int port, IReadOnlyDictionary<string, string> settings)
    : IAsyncDisposable
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly Queue<string> said = [];
    private Process? process;

    public string Name => name;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Processor time of the running process.</summary>
    public double CpuSeconds
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Memory of the running process, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts it, from another folder when there is a new build, and waits until it is ready.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync(string? folder = null)
    {
        var started = Stopwatch.GetTimestamp();
        var dll = Path.Combine(folder ?? Beside(program), $"Manufactura.{program}.dll");
        var start = new ProcessStartInfo("dotnet", [dll]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        start.Environment["Urls"] = Address.GetLeftPart(UriPartial.Authority);
        process = Process.Start(start)!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(http))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"{name} did not become ready:\n{Said}");
            await Task.Delay(50);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>As a power cut.</summary>
    public async Task KillAsync()
    {
        Signal(Kill);
        await process!.WaitForExitAsync();
    }

    /// <summary>As an upgrade does: it may end what it is doing.</summary>
    public async Task StopAsync()
    {
        Signal(Terminate);
        await process!.WaitForExitAsync().WaitAsync(Patience);
    }

    public void Pause() => Signal(Stop);

    public void Resume() => Signal(Continue);

    /// <summary>Whether it ends by itself within a time.</summary>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        try
        {
            await process!.WaitForExitAsync().WaitAsync(within);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The last that it said.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    /// <summary>Folder of a program that was built beside this one: artifacts/&lt;runtime&gt;/bin/&lt;project&gt;/&lt;configuration&gt;.</summary>
    public static string Beside(string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, program, here.Name);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        process?.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
            return;
        lock (said)
        {
            said.Enqueue(text);
            if (said.Count > 400)
                said.Dequeue();
        }
    }

    private void Signal(int signal) => _ = SysKill(process!.Id, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SysKill(int pid, int signal);
}
