using System.Diagnostics;
using Manufactura.Plant.Simulation.Days;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Runs;

/// <summary>Lives through many seeds, several at a time, and tells of every one that broke.</summary>
internal sealed class Runner(TextWriter output)
{
    private readonly Lock gate = new();
    private int done;
    private int commands;

    /// <summary>How many seeds broke.</summary>
    public int Failures { get; private set; }

    /// <param name="from">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="within">No seed begins after this.</param>
    /// <param name="shrinkWithin">How long to look for a smaller plan that breaks in the same way.</param>
    /// <param name="mostFailures">No seed begins after so many have failed.</param>
    public async Task RunAsync(
        int from,
        int count,
        int workers,
        TimeSpan within,
        TimeSpan shrinkWithin,
        int mostFailures = int.MaxValue
    )
    {
        var started = Stopwatch.GetTimestamp();
        var next = from - 1;
        await Task.WhenAll(
            Enumerable
                .Range(0, workers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var database = await PlantDatabase.CreateAsync();
                        while (Stopwatch.GetElapsedTime(started) < within && Failures < mostFailures)
                        {
                            var seed = Interlocked.Increment(ref next);
                            if (seed >= from + count)
                                return;
                            await OneAsync(database, Plan.Of(seed), shrinkWithin);
                        }
                    })
                )
        );
        var took = Stopwatch.GetElapsedTime(started);
        await output.WriteLineAsync(
            $"{done} seeds from {from} on, {commands} commands, {Failures} failed, in {took.TotalSeconds:F0} s ({took.TotalMilliseconds / Math.Max(1, done):F0} ms each)"
        );
    }

    /// <summary>One plan, told in full.</summary>
    public async Task<bool> ReplayAsync(Plan plan)
    {
        await using var database = await PlantDatabase.CreateAsync();
        var outcome = await Outcome.OfAsync(database, plan);
        foreach (var line in outcome.Diary)
            await output.WriteLineAsync("  " + line);
        await output.WriteLineAsync(outcome.Failure is null ? $"Seed {plan.Seed} is fine." : $"Seed {plan.Seed} broke.");
        return outcome.Failure is null;
    }

    private async Task OneAsync(PlantDatabase database, Plan plan, TimeSpan shrinkWithin)
    {
        var outcome = await Outcome.OfAsync(database, plan);
        Interlocked.Increment(ref done);
        Interlocked.Add(ref commands, outcome.Commands);
        if (outcome.Failure is null)
            return;
        var shrunk = shrinkWithin > TimeSpan.Zero ? await Shrinker.ShrinkAsync(database, outcome, shrinkWithin) : outcome;
        lock (gate)
        {
            Failures++;
            output.WriteLine($"SEED {plan.Seed} BROKE: {outcome.Failure}");
            output.WriteLine($"Replay: dotnet run --project tests/Plant.Simulation -- --seed {plan.Seed}");
            if (shrunk.Plan.Steps.Count < plan.Steps.Count)
                output.WriteLine($"Smaller: … --seed {plan.Seed} --steps {Arguments.Text(plan, shrunk.Plan)}");
            foreach (var line in shrunk.Diary)
                output.WriteLine("  " + line);
            output.Flush();
        }
    }
}
