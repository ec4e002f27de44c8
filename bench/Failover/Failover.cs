using System.Diagnostics;
using System.Globalization;
using Manufactura.Dashboard.Tests;
using Manufactura.Dashboard.Tests.Crash;
using Manufactura.Silo;

namespace Manufactura.Bench.Failover;

/// <summary>
/// Three silos and two dashboards under load, to which everything happens that a plant has to live through. Prints how long nobody was
/// answered and until the work had its pace again; at the end nothing that was acknowledged is lost, nothing was done twice, and every
/// invariant holds.
/// </summary>
internal static class Failover
{
    private const int Persons = 12;

    /// <param name="troubles">Which of <see cref="Troubles.Names"/>; none: all.</param>
    public static async Task RunAsync(IReadOnlyCollection<string> troubles)
    {
        if (troubles.Except(Troubles.Names).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no trouble {unknown}: {string.Join(", ", Troubles.Names)}.");
            Environment.ExitCode = 1;
            return;
        }

        if (!ActorRuntime.IsCluster)
        {
            Console.WriteLine("not run: one process has nobody to fail over to. Build with -p:ActorRuntime=Orleans.");
            return;
        }

        await using var cluster = await PlantCluster.StartAsync();
        Uri[] doors = [.. cluster.Dashboards.Select(d => d.Address)];
        using var gate = new Gate(doors);
        await gate.SignInAsync("admin");
        await using (var stock = cluster.Database.CreateCommand(AmpleStock.Sql))
            await stock.ExecuteNonQueryAsync();
        var since = await LastEventAsync(cluster);
        var people = new List<Person>();
        using (var chief = new HttpClient { BaseAddress = doors[0] })
        {
            chief.DefaultRequestHeaders.Authorization = new("Bearer", gate.Token);
            for (var i = 0; i < Persons; i++)
                people.Add(new(i, $"F{Environment.ProcessId}", await chief.StartedAsync(600_000), gate));
        }

        WallScreen[] screens =
        [
            .. people.Take(4).Select((p, i) => new WallScreen("order:" + p.MatrixOrder, since, doors, gate.Token, i)),
        ];
        var judge = new Judge(cluster.Database, gate, people, screens);
        await judge.LookAtSoundPlantAsync();
        using var over = new CancellationTokenSource();
        using var blind = new CancellationTokenSource();
        var work = people.Select(p => Task.Run(() => p.WorkAsync(over.Token))).ToArray();
        var watching = screens.Select(s => Task.Run(() => s.FollowAsync(blind.Token))).ToArray();
        await new Troubles(cluster, gate, judge, screens, Task.WhenAll(work)).HappenAsync(
            troubles.Count > 0 ? troubles : Troubles.Names
        );
        await over.CancelAsync();
        await Task.WhenAll(work);
        await Task.Delay(3000);
        await blind.CancelAsync();
        await Task.WhenAll(watching);
        await SayAsync(gate, judge, people, screens);
    }

    private static async Task SayAsync(Gate gate, Judge judge, List<Person> people, WallScreen[] screens)
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"acknowledged: {people.Sum(p => p.Finished.Count)} orders made, started and finished; {people.Sum(p => p.Edits)} cells edited; "
                    + $"{people.Sum(p => p.Produced.Count)} lots exploded; {people.Sum(p => p.Received.Count)} lots received; "
                    + $"{screens.Sum(s => s.Events.Count)} events on {screens.Length} screens, which connected again {screens.Sum(s => s.Breaks)} times"
            )
        );
        Console.WriteLine($"asked again because of: {string.Join(", ", gate.Missed.Select(m => $"{m.Key} ({m.Value})"))}");
        var wrong = await judge.LookAsync();
        foreach (var sentence in wrong)
            Console.WriteLine("WRONG: " + sentence);
        Console.WriteLine(
            wrong.Count == 0
                ? "nothing acknowledged is lost, nothing was done twice, every screen saw every event once and in order, every invariant holds"
                : $"FAILED: {wrong.Count} things are wrong"
        );
        if (wrong.Count > 0)
            Environment.ExitCode = 1;
    }

    private static async Task<long> LastEventAsync(PlantCluster cluster)
    {
        await using var last = cluster.Database.CreateCommand("select coalesce(max(id), 0) from event");
        return (long)(await last.ExecuteScalarAsync())!;
    }
}
