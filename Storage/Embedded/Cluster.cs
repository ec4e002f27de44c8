using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Manufactura.Storage.Embedded;

/// <summary>A running server as its <c>postmaster.pid</c> tells it; port 0 while it is starting.</summary>
internal sealed record Postmaster(int Id, int Port);

/// <summary>One cluster of PostgreSQL: making, starting and stopping it.</summary>
internal sealed class Cluster(ServerFiles files, ServerUser user, Binaries binaries, ILogger logger)
{
    // Durable always; sized for two cores; nothing outside loopback and the cluster's own directory.
    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "max_connections=100",
        "shared_buffers=128MB",
        "effective_cache_size=512MB",
        "wal_buffers=8MB",
        "max_wal_size=1GB",
        "checkpoint_timeout=10min",
        "random_page_cost=1.1",
        "jit=off",
        "timezone=UTC",
        "log_timezone=UTC",
        "logging_collector=off",
    ];

    /// <summary>Makes the cluster. What an interrupted making left is removed first.</summary>
    public async Task CreateAsync(string owner, string password, CancellationToken ct)
    {
        if (Directory.Exists(files.Cluster))
        {
            Directory.Delete(files.Cluster, recursive: true);
        }
        var passwordFile = files.Password + ".init";
        await PrivateFile.WriteAsync(passwordFile, password, ct).ConfigureAwait(false);
        user.Own(passwordFile);
        var building = files.Cluster + ".new";
        try
        {
            foreach (var locale in OperatingSystem.IsWindows() ? ["--no-locale"] : (string[])["--locale=C.UTF-8", "--no-locale"])
            {
                if (Directory.Exists(building))
                {
                    Directory.Delete(building, recursive: true);
                }
                string[] arguments =
                [
                    "-D",
                    building,
                    "-U",
                    owner,
                    "--encoding=UTF8",
                    locale,
                    "--auth=scram-sha-256",
                    $"--pwfile={passwordFile}",
                ];
                var (code, output) = await user.RunAsync(binaries.Path("initdb"), arguments, ct).ConfigureAwait(false);
                if (code == 0)
                {
                    Directory.Move(building, files.Cluster);
                    logger.LogInformation(
                        "Made a database cluster of PostgreSQL {Version} in {Cluster}",
                        binaries.Version,
                        files.Cluster
                    );
                    return;
                }
                logger.LogWarning("initdb {Locale} failed: {Output}", locale, output);
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }
        throw new EmbeddedServerException($"The database could not be made in {files.Cluster}; the log says why.");
    }

    /// <summary>Starts the server and waits until it takes connections, which after a crash includes recovery.</summary>
    public async Task StartAsync(int port, CancellationToken ct)
    {
        var options = string.Join(' ', Settings.Select(s => $"-c {s}"));
        string[] arguments =
        [
            "start",
            "-D",
            files.Cluster,
            "-w",
            "-t",
            "300",
            "-l",
            files.Log,
            "-o",
            string.Create(CultureInfo.InvariantCulture, $"-p {port} {options}"),
        ];
        var (code, output) = await user.RunAsync(binaries.Path("pg_ctl"), arguments, ct).ConfigureAwait(false);
        if (code != 0)
        {
            throw new EmbeddedServerException($"The database server in {files.Cluster} did not start: {output} {LastOfLog()}");
        }
    }

    /// <summary>Stops the server: politely, then as if it had crashed. Does nothing where it does not run.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        foreach (var mode in (string[])["fast", "immediate"])
        {
            if (Postmaster() is null)
            {
                return;
            }
            string[] arguments = ["stop", "-D", files.Cluster, "-m", mode, "-w", "-t", "30"];
            var (code, output) = await user.RunAsync(binaries.Path("pg_ctl"), arguments, ct).ConfigureAwait(false);
            if (code != 0)
            {
                logger.LogWarning("Stopping the database server ({Mode}) failed: {Output}", mode, output);
            }
        }
    }

    /// <summary>Whether a path, as a server tells it, is this cluster's.</summary>
    public bool IsAt(string directory) =>
        string.Equals(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)),
            Path.GetFullPath(files.Cluster),
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );

    /// <summary>The server that runs on this cluster, null where none does (whatever a stale file says).</summary>
    public Postmaster? Postmaster()
    {
        if (ReadPid() is not { } told)
        {
            return null;
        }
        try
        {
            using var process = Process.GetProcessById(told.Id);
            return !process.HasExited && process.ProcessName.StartsWith("post", StringComparison.Ordinal) && WorksHere(told.Id)
                ? told
                : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Removes a file whose number now belongs to another program, which would keep the server from starting (usual in containers,
    /// where numbers repeat). Where processes of the old server still work here the file stays, since it guards their memory.
    /// </summary>
    public void ForgetStalePid()
    {
        if (ReadPid() is { } told && IsAlive(told.Id) && OperatingSystem.IsLinux() && !AnyWorksHere())
        {
            File.Delete(files.Pid);
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private bool AnyWorksHere() =>
        Directory
            .EnumerateDirectories("/proc")
            .Any(d =>
                int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && WorksHere(id)
            );

    // A server's processes work in its cluster's directory.
    private bool WorksHere(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }
        try
        {
            return File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false) is { } directory
                && IsAt(directory.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private Postmaster? ReadPid()
    {
        try
        {
            var lines = File.Exists(files.Pid) ? File.ReadAllLines(files.Pid) : [];
            return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id)
                ? new Postmaster(
                    id,
                    lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 0
                )
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string LastOfLog()
    {
        try
        {
            return string.Join(" / ", File.ReadLines(files.Log).TakeLast(5));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
