using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Manufactura.Storage.Embedded;

/// <summary>Where an embedded server keeps its things.</summary>
internal sealed record ServerFiles(string Home)
{
    /// <summary>The cluster itself.</summary>
    public string Cluster => Path.Combine(Home, "cluster");

    public string Log => Path.Combine(Home, "postgres.log");

    public string Password => Path.Combine(Home, "password");

    public string Lock => Path.Combine(Home, "lock");

    public string Pid => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>The version that made the cluster, null where there is none yet.</summary>
    public int? Version
    {
        get
        {
            var file = Path.Combine(Cluster, "PG_VERSION");
            return File.Exists(file)
                ? int.Parse(File.ReadAllText(file).Trim().Split('.')[0], System.Globalization.CultureInfo.InvariantCulture)
                : null;
        }
    }

    /// <summary>
    /// Makes <c>postgres</c> below the data directory for a user, or, where that user cannot get there, a directory of the same
    /// identity below <c>/var/lib/manufactura</c>.
    /// </summary>
    public static async Task<ServerFiles> PrepareAsync(
        string dataDirectory,
        ServerUser user,
        ILogger logger,
        CancellationToken ct
    )
    {
        var full = Path.GetFullPath(dataDirectory);
        var files = new ServerFiles(Path.Combine(full, "postgres"));
        Make(files.Home, user);
        if (!user.Drops || await ReachesAsync(files.Home, user, ct).ConfigureAwait(false))
        {
            return files;
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..16];
        var elsewhere = new ServerFiles(Path.Combine("/var/lib/manufactura", hash));
        Make(elsewhere.Home, user);
        if (!await ReachesAsync(elsewhere.Home, user, ct).ConfigureAwait(false))
        {
            throw new EmbeddedServerException($"The user {user.Name} can reach neither {files.Home} nor {elsewhere.Home}.");
        }
        if (!Directory.EnumerateFileSystemEntries(files.Home).Any())
        {
            Directory.Delete(files.Home);
        }
        logger.LogWarning(
            "The user {User} cannot reach {Home}: the database is kept in {Elsewhere}",
            user.Name,
            files.Home,
            elsewhere.Home
        );
        return elsewhere;
    }

    private static void Make(string directory, ServerUser user)
    {
        Directory.CreateDirectory(directory);
        user.Own(directory);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task<bool> ReachesAsync(string directory, ServerUser user, CancellationToken ct)
    {
        var (code, _) = await user.RunAsync("/bin/sh", ["-c", "cd \"$0\" && test -w .", directory], ct).ConfigureAwait(false);
        return code == 0;
    }
}
