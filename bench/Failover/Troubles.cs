using System.Diagnostics;
using System.Globalization;

namespace Manufactura.Bench.Failover;

/// <summary>What happens to the cluster, one after the other, and what is measured of each.</summary>
internal sealed class Troubles(PlantCluster cluster, Gate gate, Judge judge, IReadOnlyList<WallScreen> screens, Task work)
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Paused = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan DatabaseAway = TimeSpan.FromSeconds(20);

    private double pace;

    /// <summary>What can happen, by the name under which it is asked for, in the order in which it happens.</summary>
    public static IReadOnlyList<string> Names { get; } = ["silo", "pause", "database", "dashboard", "upgrade"];

    public async Task HappenAsync(IReadOnlyCollection<string> names)
    {
        await Task.Delay(Calm / 2);
        var (begun, before) = (Stopwatch.GetTimestamp(), gate.Answers.Count);
        var costs = new Costs(cluster);
        await Task.Delay(Calm);
        pace = Pace(begun, Stopwatch.GetTimestamp());
        Console.WriteLine($"undisturbed:\n{await costs.SayAsync(gate.Answers.Count - before)}");
        foreach (var name in Names.Where(names.Contains))
            await (
                name switch
                {
                    "silo" => KillAsync(cluster.Silos[1]),
                    "pause" => PauseAsync(cluster.Silos[2]),
                    "database" => TroubleAsync(
                        "PostgreSQL is away for 20 s",
                        () => cluster.Server.StopAndStartAsync(DatabaseAway)
                    ),
                    "dashboard" => KillAsync(cluster.Dashboards[0]),
                    _ => UpgradeAsync(),
                }
            );
    }

    private async Task KillAsync(Node node)
    {
        await TroubleAsync($"kill -9 of {node.Name}", node.KillAsync, watched: Patience / 5);
        await TroubleAsync($"{node.Name} starts again", () => node.StartAsync());
    }

    /// <summary>The zombie: everybody has gone on without it when it comes back with what it remembers.</summary>
    private async Task PauseAsync(Node node)
    {
        await TroubleAsync(
            $"{node.Name} is stopped in its tracks (SIGSTOP) for 40 s",
            async () =>
            {
                node.Pause();
                await Task.Delay(Paused);
                node.Resume();
            }
        );
        var left = await node.EndsAsync(TimeSpan.FromSeconds(30));
        Say($"  {node.Name} woke up, {(left ? "found itself declared dead and ended" : "and is one of the cluster still")}");
        if (left)
            await TroubleAsync($"{node.Name} starts again", () => node.StartAsync());
    }

    /// <summary>Every process, one after the other, is stopped as an upgrade does and started from the new build.</summary>
    private async Task UpgradeAsync()
    {
        var (silo, dashboard) = (cluster.CopyBuild("Silo"), cluster.CopyBuild("Dashboard"));
        foreach (var node in cluster.Silos.Concat(cluster.Dashboards))
            await TroubleAsync(
                $"{node.Name} is replaced by the new build",
                async () =>
                {
                    await node.StopAsync();
                    await node.StartAsync(cluster.Silos.Contains(node) ? silo : dashboard);
                }
            );
    }

    /// <param name="watched">How long it is looked at at least: who waits for a dead node shows late.</param>
    private async Task TroubleAsync(string what, Func<Task> happens, TimeSpan watched = default)
    {
        foreach (var screen in screens)
            _ = screen.LongestSilence();
        var begun = Stopwatch.GetTimestamp();
        await happens();
        var happened = Stopwatch.GetTimestamp();
        await Task.Delay(watched);
        var recovered = await RecoverAsync(begun);
        var answers = gate.Answers.Where(a => a.At >= begun).ToArray();
        var moments = answers.Select(a => a.At).Prepend(begun).Order().ToArray();
        var gap = moments.Zip(moments.Skip(1), Stopwatch.GetElapsedTime).Max();
        var (pause, slowest) = (gap.TotalSeconds, answers.Max(a => a.Took).TotalSeconds);
        Say($"{what}: happened within {Seconds(begun, happened)} s; longest without any answer {pause:0.0} s;");
        var after = Math.Max(0, Stopwatch.GetElapsedTime(happened, recovered ?? happened).TotalSeconds);
        var back = recovered is { } then
            ? $"after {Seconds(begun, then)} s, {after.ToString("0.0", CultureInfo.InvariantCulture)} s after it was over"
            : $"not within {Patience.TotalSeconds} s";
        Say($"    half the pace again: {back}; slowest command {slowest:0.0} s;");
        Say($"    a screen was stale for at most {screens.Max(s => s.LongestSilence()).TotalSeconds:0.0} s;");
        Say($"    answers in each second: {string.Join(' ', EachSecond(begun, answers))}");
        Say($"    invariants broken meanwhile: {await judge.ViolationsAsync()}");
    }

    /// <summary>When three seconds in a row had half the pace from then on; null: not within two minutes.</summary>
    private async Task<long?> RecoverAsync(long begun)
    {
        var frequency = Stopwatch.Frequency;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Patience; await Task.Delay(500))
        {
            if (work.IsFaulted)
                await work;
            var now = Stopwatch.GetTimestamp();
            if (now - begun < 3 * frequency || Pace(now - 3 * frequency, now) < pace / 2)
                continue;
            // The last moment since then that was slow.
            for (var from = now - 3 * frequency; from > begun; from -= frequency / 2)
                if (Pace(from - frequency, from) < pace / 2)
                    return from;
            return begun;
        }

        return null;
    }

    private static IEnumerable<int> EachSecond(long begun, (long At, TimeSpan Took)[] answers)
    {
        var counts = answers.CountBy(a => (int)Stopwatch.GetElapsedTime(begun, a.At).TotalSeconds).ToDictionary();
        return Enumerable.Range(0, counts.Keys.Max()).Select(second => counts.GetValueOrDefault(second));
    }

    private double Pace(long from, long to) =>
        gate.Answers.Count(a => a.At >= from && a.At < to) / Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    private static string Seconds(long from, long to) =>
        Stopwatch.GetElapsedTime(from, to).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
