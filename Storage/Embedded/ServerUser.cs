using System.Runtime.InteropServices;

namespace Manufactura.Storage.Embedded;

/// <summary>Whom the server runs as: ourselves, or, since PostgreSQL refuses root, somebody without rights.</summary>
internal sealed partial record ServerUser(string Name, uint Uid, uint Gid, bool Drops)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>The user to run as. Throws where we are root and there is nobody else or no program to change to them.</summary>
    public static ServerUser Current()
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return new ServerUser(Environment.UserName, 0, 0, Drops: false);
        }
        var known = File.Exists("/etc/passwd")
            ? File.ReadLines("/etc/passwd").Select(l => l.Split(':')).Where(p => p.Length > 3).ToList()
            : [];
        foreach (var name in Candidates)
        {
            if (
                known.Find(p => p[0] == name) is { } entry
                && uint.TryParse(entry[2], out var uid)
                && uint.TryParse(entry[3], out var gid)
            )
            {
                return new ServerUser(name, uid, gid, Drops: true);
            }
        }
        throw new EmbeddedServerException(
            "PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as."
        );
    }

    /// <summary>The command line that runs a program as this user.</summary>
    public (string Program, IReadOnlyList<string> Arguments) Command(string program, params IEnumerable<string> arguments)
    {
        if (!Drops)
        {
            return (program, [.. arguments]);
        }
        if (Find("setpriv") is { } setpriv)
        {
            return (setpriv, [$"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", program, .. arguments]);
        }
        if (Find("runuser") is { } runuser)
        {
            return (runuser, ["-u", Name, "--", program, .. arguments]);
        }
        throw new EmbeddedServerException(
            "PostgreSQL does not run as root, and neither setpriv nor runuser was found to run it as somebody else."
        );
    }

    /// <summary>Runs a program as this user.</summary>
    public Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        var command = Command(program, arguments);
        return Shell.RunAsync(command.Program, command.Arguments, ct);
    }

    /// <summary>Makes a file or directory this user's.</summary>
    public void Own(string path)
    {
        if (Drops && ChangeOwner(path, Uid, Gid) != 0)
        {
            throw new EmbeddedServerException($"{path} could not be given to the user {Name}.");
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/bin", "/sbin", "/bin"])
            .Select(d => Path.Combine(d, program))
            .FirstOrDefault(File.Exists);

    [DllImport(
        "libc",
        EntryPoint = "chown",
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true,
        SetLastError = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
