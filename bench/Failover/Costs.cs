using System.Diagnostics;
using System.Globalization;

namespace Manufactura.Bench.Failover;

/// <summary>What the cluster uses for the work of a while: processor time by kind of process, memory, and what is written.</summary>
internal sealed class Costs(PlantCluster cluster)
{
    private readonly (double Silos, double Dashboards, double Server) before = Used(cluster);
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly Task<long> eventsBefore = EventsAsync(cluster);

    /// <summary>A sentence about everything since this was made.</summary>
    public async Task<string> SayAsync(int commands)
    {
        var (now, seconds) = (Used(cluster), Stopwatch.GetElapsedTime(begun).TotalSeconds);
        var events = await EventsAsync(cluster) - await eventsBefore;
        await using var size = cluster.Database.CreateCommand(
            """
            select sum(pg_total_relation_size(relid)) / greatest((select count(*) from event), 1)
            from pg_partition_tree('event') where isleaf
            """
        );
        var bytes = Convert.ToInt64(await size.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        string Each(double from, double to) => ((to - from) * 1000 / commands).ToString("0.0", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
              of a core, each command takes the silos {Each(before.Silos, now.Silos)} ms, the dashboards {Each(
                before.Dashboards,
                now.Dashboards
            )} ms, PostgreSQL {Each(before.Server, now.Server)} ms ({commands / seconds:0} commands/s)
              {(double)events / commands:0.0} events of {bytes} bytes with their indexes for a command
              memory: silos {Megabytes(cluster.Silos)} MB, dashboards {Megabytes(cluster.Dashboards)} MB
            """
        );
    }

    private static string Megabytes(IEnumerable<Node> nodes) => string.Join(", ", nodes.Select(n => n.WorkingSet / 1_000_000));

    private static (double Silos, double Dashboards, double Server) Used(PlantCluster cluster) =>
        (
            cluster.Silos.Sum(n => n.CpuSeconds),
            cluster.Dashboards.Sum(n => n.CpuSeconds),
            ServerSeconds(cluster.Server.ProcessId)
        );

    // The server's processes are the children of the first one, which also has the time of those that have ended.
    private static double ServerSeconds(int postmaster) =>
        File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Sum(Seconds) + Seconds(postmaster.ToString(CultureInfo.InvariantCulture), alsoEnded: true);

    private static double Seconds(string process) => Seconds(process, alsoEnded: false);

    private static double Seconds(string process, bool alsoEnded)
    {
        try
        {
            // Behind the name, which may have spaces: state, then numbers; user and system time are the 12th and 13th, those of ended
            // children the two after.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Skip(11).Take(alsoEnded ? 4 : 2).Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / 100;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<long> EventsAsync(PlantCluster cluster)
    {
        await using var count = cluster.Database.CreateCommand("select coalesce(max(id), 0) from event");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
