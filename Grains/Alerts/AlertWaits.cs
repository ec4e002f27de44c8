using Manufactura.Domain.Alerts;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Alerts;

/// <summary>
/// What time does to alerts: those that nobody took go to the next role, those put aside come back, those that tell of something past
/// end a day after they were taken. However many are due, they are written some hundred at a time.
/// </summary>
public sealed class AlertWaits(SupplyReader supply, ICommitLog log, PlantClock clock)
{
    private const int AtOnce = 500;

    /// <summary>How long what was taken stays in sight before it is history.</summary>
    private static readonly TimeSpan InSight = TimeSpan.FromDays(1);

    private static readonly string[] Happened =
    [
        .. Enum.GetValues<AlertKind>().Select(AlertPolicy.Of).Where(p => p.Happened).Select(p => p.Word),
    ];

    /// <summary>Everything that is due by now.</summary>
    public async Task LookAsync()
    {
        var now = clock.Now;
        await WriteAsync(await supply.ReturningAlertsAsync(now), (work, id) => work.Add(new AlertReturn(id, now)));
        var unescalated = await supply.UnescalatedAlertsAsync();
        await WriteAsync(
            [.. unescalated.Where(a => now >= a.WaitsSince + PolicyOf(a.Kind).Within)],
            (work, a) => work.Add(new AlertEscalate(a.Id, PolicyOf(a.Kind).EscalatesTo, now))
        );
        await WriteAsync(
            await supply.TakenAlertsAsync(Happened, now - InSight),
            (work, condition) => work.Add(new AlertClear(condition, now))
        );
    }

    private static AlertPolicy PolicyOf(string word) => AlertPolicy.Of(AlertSweep.KindOf(word));

    private async Task WriteAsync<T>(IReadOnlyList<T> due, Action<UnitOfWork, T> add)
    {
        foreach (var some in due.Chunk(AtOnce))
        {
            var work = new UnitOfWork();
            foreach (var one in some)
                add(work, one);
            await log.CommitAsync(work);
        }
    }
}
