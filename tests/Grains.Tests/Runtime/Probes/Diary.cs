using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace Manufactura.Grains.Tests.Runtime.Probes;

/// <summary>What grains and tests tell each other: lines, counts and gates.</summary>
public sealed class Diary
{
    /// <summary>Set by a test's own flow; must not be seen in a grain.</summary>
    public static readonly AsyncLocal<string?> Ambient = new();

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, Gate> gates = new();
    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly Lock gate = new();
    private readonly List<(Func<string, bool> Match, int Times, TaskCompletionSource Found)> readers = [];
    private ImmutableList<string> lines = [];

    public ImmutableList<string> Lines
    {
        get
        {
            lock (gate)
                return lines;
        }
    }

    public Gate Gate(string name) => gates.GetOrAdd(name, static _ => new());

    public int Count(string what) => counts.AddOrUpdate(what, 1, static (_, n) => n + 1);

    public void Write(string line)
    {
        lock (gate)
        {
            lines = lines.Add(line);
            foreach (var (match, times, found) in readers)
                if (lines.Count(match) >= times)
                    found.TrySetResult();
        }
    }

    /// <summary>Ends when such a line has been written, that many times in all.</summary>
    public Task UntilAsync(Func<string, bool> match, int times = 1)
    {
        lock (gate)
        {
            if (lines.Count(match) >= times)
                return Task.CompletedTask;
            var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            readers.Add((match, times, found));
            return found.Task.WaitAsync(Patience);
        }
    }

    public Task UntilAsync(string line, int times = 1) => UntilAsync(l => l == line, times);
}

/// <summary>A barrier: who comes is counted, and waits until it is opened.</summary>
public sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<bool> arrivals = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task PassAsync(CancellationToken cancellationToken = default)
    {
        arrivals.Writer.TryWrite(true);
        await open.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends when that many more have come.</summary>
    public async Task ArrivedAsync(int many = 1)
    {
        for (var i = 0; i < many; i++)
            await arrivals.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }

    public void Open() => open.TrySetResult();
}
