using System.Diagnostics;
using Manufactura.Plant.Simulation.Days;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Runs;

/// <summary>Finds out which steps of a plan that failed matter: leaves out what can be left out while the same thing still breaks.</summary>
internal static class Shrinker
{
    /// <summary>The smallest plan found; the one given where it does not fail again.</summary>
    public static async Task<Outcome> ShrinkAsync(PlantDatabase database, Outcome failed, TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        var best = failed;
        for (var chunk = Math.Max(1, best.Plan.Steps.Count / 2); ; chunk = Math.Max(1, chunk / 2))
        {
            var before = best.Plan.Steps.Count;
            for (var at = best.Plan.Steps.Count - chunk; at >= -chunk + 1; at -= chunk)
            {
                var (from, to) = (Math.Max(0, at), Math.Min(best.Plan.Steps.Count, at + chunk));
                var steps = best.Plan.Steps.Take(from).Concat(best.Plan.Steps.Skip(to)).ToArray();
                best = await TryAsync(steps) ?? best;
                if (Stopwatch.GetElapsedTime(started) > within)
                    return best;
            }

            if (chunk == 1 && best.Plan.Steps.Count == before)
                break;
        }

        for (var i = 0; i < best.Plan.Steps.Count; i++)
            if (best.Plan.Steps[i] is { } step && (step.Strike is not null || step.Refused))
                best =
                    await TryAsync([.. best.Plan.Steps.Select(s => s == step ? s with { Strike = null, Refused = false } : s)])
                    ?? best;
        return best;

        async Task<Outcome?> TryAsync(Step[] steps)
        {
            var tried = await Outcome.OfAsync(database, best.Plan.With(steps));
            return tried.Kind == failed.Kind ? tried : null;
        }
    }
}
