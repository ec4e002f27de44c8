namespace Manufactura.Storage.Embedded;

/// <summary>Files that only their owner reads.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a new file with mode 0600, whole or not at all.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var unfinished = path + ".new";
        await using (var writer = new StreamWriter(new FileStream(unfinished, options)))
        {
            await writer.WriteAsync(text.AsMemory(), ct).ConfigureAwait(false);
        }
        File.Move(unfinished, path, overwrite: true);
    }
}
