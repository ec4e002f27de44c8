using System.Text.Json;

namespace Manufactura.Storage.Embedded;

/// <summary>npm packages hold no symbolic links and lose the executable bit; <c>pg-symlinks.json</c> lists the links that are missing.</summary>
internal static class NpmLinks
{
    private sealed record Link(string Source, string Target);

    /// <summary>Makes the links of the package that a <c>native/bin</c> directory belongs to; does nothing elsewhere or when made.</summary>
    public static void Restore(string bin)
    {
        var native = Path.GetDirectoryName(bin);
        var list = native is null ? null : Path.Combine(native, "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || list is null || !File.Exists(list))
        {
            return;
        }
        var package = Path.GetDirectoryName(native)!;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
        {
            var target = Path.Combine(package, link.Target);
            if (!File.Exists(target))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.CreateSymbolicLink(
                    target,
                    Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(package, link.Source))
                );
            }
        }
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (var program in Directory.GetFiles(bin))
        {
            var mode = File.GetUnixFileMode(program);
            if ((mode & execute) != execute)
            {
                File.SetUnixFileMode(program, mode | execute);
            }
        }
    }
}
