using System.Diagnostics;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>
/// Lets the plant come to rest: the feed is read to its end by everybody, what follows from it has followed, and the same is true of
/// that. The plant's time moves a few seconds while it does.
/// </summary>
internal sealed class Quiet(PlantDatabase database, PlantTime time)
{
    private const string Positions = """
        select coalesce((select max(id) from event), 0),
            coalesce((select last_event from feed_cursor where reader = 'reactions'), 0),
            coalesce((select last_event from feed_cursor where reader = 'line-loads'), 0)
        """;

    /// <summary>Longer than anybody in a host waits between two tries.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1100);

    /// <summary>Real time that one step may take on a machine that does other things too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MostSteps = 60;

    public async Task ComeAsync(IReadOnlyCollection<SimHost> hosts)
    {
        var before = -1L;
        for (var step = 0; step < MostSteps; step++)
        {
            var (last, read) = await RestAsync(hosts);
            if (read && last == before)
                return;
            before = read ? last : -1;
            // Two watches later, what was marked before is looked at.
            var watches = hosts.Select(h => h.Watches).ToArray();
            time.Move(Step);
            await UntilAsync(() => hosts.Zip(watches).All(h => h.First.Watches > h.Second), "the watch over supply");
        }

        throw new BrokenPlantException("The plant does not come to rest: something goes on and on.");
    }

    /// <summary>Waits until nobody is between two waits; answers the last event and whether the readers have come to it.</summary>
    private async Task<(long Last, bool Read)> RestAsync(IReadOnlyCollection<SimHost> hosts)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var (last, reacted, told) = (
                await database.Own.ListAsync(Positions, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)))
            )[0];
            if (hosts.All(h => h.IsQuiet(last)))
            {
                // Who follows the feed will be there soon; who waits for a moment to pass needs a step of the clock.
                if (reacted >= last)
                    return (last, told >= last);
                if (hosts.All(h => h.ReactionsWait))
                    return (last, false);
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new BrokenPlantException($"A host is not at rest after {Patience.TotalSeconds} s.");
            await Task.Delay(1);
        }
    }

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        var started = Stopwatch.GetTimestamp();
        for (var spins = 0; !holds(); spins++)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new BrokenPlantException($"Waited in vain for {what}.");
            if (spins < 100)
                await Task.Yield();
            else
                await Task.Delay(1);
        }
    }
}

/// <summary>What a seed found: something that must not be.</summary>
public sealed class BrokenPlantException(string what) : Exception(what);
