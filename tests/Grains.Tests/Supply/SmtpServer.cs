using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>What a server received, and how it was told to behave then.</summary>
public sealed record ReceivedMail(string Id, string[] To, string Subject, string Body, string Mode, bool Encrypted, string? User);

/// <summary>A real SMTP server (Debian python3-aiosmtpd) in a process of its own.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly BlockingCollection<string> words = [];

    public ConcurrentQueue<ReceivedMail> Received { get; } = new();

    private SmtpServer(int port, string[] secured)
    {
        process = Process.Start(
            new ProcessStartInfo("/usr/bin/python3", [Script(), port.ToString(), .. secured])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is ['{', ..] mail)
                Received.Enqueue(JsonSerializer.Deserialize<ReceivedMail>(mail, JsonSerializerOptions.Web)!);
            else if (line.Data is { } word)
                words.Add(word);
        };
        process.BeginOutputReadLine();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="secured">Certificate file, key file, user and password; none: a server that takes anything from anybody.</param>
    public static SmtpServer Start(int port, string mode = "accept", string[]? secured = null)
    {
        var server = new SmtpServer(port, secured ?? []);
        server.Expect("ready");
        server.Do(mode);
        return server;
    }

    /// <summary>accept, refuse, later, full, slowN (seconds), drop-before-data, drop-in-data, drop-after-data.</summary>
    public void Do(string mode)
    {
        process.StandardInput.WriteLine(mode);
        process.StandardInput.Flush();
        Expect("mode");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        words.Dispose();
    }

    private void Expect(string word)
    {
        if (!words.TryTake(out var said, TimeSpan.FromSeconds(30)) || said != word)
            throw new InvalidOperationException(
                "The SMTP server of python3-aiosmtpd does not answer: is the Debian package installed?"
            );
    }

    private static string Script([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "smtp.py");
}
