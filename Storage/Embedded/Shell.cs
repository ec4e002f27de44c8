using System.Diagnostics;

namespace Manufactura.Storage.Embedded;

/// <summary>Runs programs to their end.</summary>
internal static class Shell
{
    /// <summary>What a program writes; errors are ignored.</summary>
    public static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(Info(program, arguments))!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>Runs a program; answers its exit code and all it wrote. Cancelling kills it.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken ct
    )
    {
        using var process = Process.Start(Info(program, arguments))!;
        using var killing = ct.Register(p => ((Process)p!).Kill(), process);
        var output = new System.Text.StringBuilder();
        void Note(object _, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // Not until the end of its output: a server that it has started inherits the pipe and keeps it open.
        while (!process.HasExited)
        {
            await Task.Delay(10, CancellationToken.None).ConfigureAwait(false);
        }
        ct.ThrowIfCancellationRequested();
        await Task.Delay(20, CancellationToken.None).ConfigureAwait(false);
        lock (output)
        {
            return (process.ExitCode, output.ToString().Trim());
        }
    }

    private static ProcessStartInfo Info(string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }
        // Settings of another server in the environment are not for this one; messages are read by us.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            info.Environment.Remove(name);
        }
        info.Environment["LC_MESSAGES"] = "C";
        return info;
    }
}
