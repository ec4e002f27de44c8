using System.Diagnostics.Metrics;

namespace Manufactura.Storage.Commits;

/// <summary>What the commit log counts, in meter <c>Manufactura.Storage</c>.</summary>
internal static class CommitMetrics
{
    private static readonly Meter Meter = new("Manufactura.Storage");
    private static readonly Counter<long> Batches = Meter.CreateCounter<long>(
        "plant_commit_batches",
        description: "Transactions committed"
    );
    private static readonly Counter<long> Units = Meter.CreateCounter<long>(
        "plant_commit_units",
        description: "Units of work committed"
    );
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "plant_commit_refused",
        description: "Units of work refused"
    );
    private static readonly Counter<long> Losses = Meter.CreateCounter<long>(
        "plant_commit_reconnects",
        description: "Connections lost"
    );
    private static readonly Histogram<double> WriteMs = Meter.CreateHistogram<double>(
        "plant_commit_write_ms",
        "ms",
        "Round trip of one transaction"
    );

    public static void Written(int units, TimeSpan took)
    {
        Batches.Add(1);
        Units.Add(units);
        WriteMs.Record(took.TotalMilliseconds);
    }

    public static void Refused(int units) => Refusals.Add(units);

    public static void Reconnected() => Losses.Add(1);
}
