using System.Diagnostics.Metrics;

namespace Manufactura.Storage.Tests.Commits;

/// <summary>Counts the transactions that commit logs of this process commit while it lives.</summary>
internal sealed class BatchCounter : IDisposable
{
    private readonly MeterListener listener = new();
    private long committed;

    public BatchCounter()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument is { Meter.Name: "Manufactura.Storage", Name: "plant_commit_batches" })
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, n, _, _) => Interlocked.Add(ref committed, n));
        listener.Start();
    }

    public long Committed => Interlocked.Read(ref committed);

    public void Dispose() => listener.Dispose();
}
