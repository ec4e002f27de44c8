using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Storage.Commits;

/// <summary>
/// Writes a batch until every unit of it has its answer. Units are never rerun one by one for the guilt of another: what the
/// database names is refused and the rest goes again at once, in one transaction.
/// </summary>
internal sealed class BatchWriter(CommitLane lane, ILogger logger)
{
    private const int MostPassing = 20;
    private const int MostFruitless = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Answers every unit.</summary>
    public async Task WriteAsync(IReadOnlyList<Pending> units)
    {
        var sets = new Stack<IReadOnlyList<Pending>>([units]);
        var passing = 0;
        var fruitless = 0;
        while (sets.TryPop(out var set))
        {
            if (set.Count == 0)
            {
                continue;
            }
            try
            {
                if (!await AttemptAsync(set).ConfigureAwait(false))
                {
                    continue;
                }
                foreach (var unit in set)
                {
                    unit.Answer(CommitResult.Committed.Instance);
                }
            }
            catch (PostgresException e) when (e.SqlState == Faults.Premise)
            {
                var rest = await RefuseAsync(set, Faults.MissedBy(e)).ConfigureAwait(false);
                if (rest.Count == set.Count && ++fruitless > MostFruitless)
                {
                    Divide(sets, set, e);
                    continue;
                }
                sets.Push(rest);
            }
            catch (PostgresException e) when (Faults.IsPassing(e) && passing++ < MostPassing)
            {
                sets.Push(set);
            }
            catch (Exception e)
            {
                Divide(sets, set, e);
            }
        }
    }

    /// <summary>Writes, over as many connections as it takes. False where all have been told that the database is out of reach.</summary>
    private async Task<bool> AttemptAsync(IReadOnlyList<Pending> units)
    {
        var maybeWritten = false;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (!lane.IsOpen)
                {
                    if (await lane.ConnectAsync(CancellationToken.None).ConfigureAwait(false) && maybeWritten)
                    {
                        return true;
                    }
                    maybeWritten = false;
                }
                var started = Stopwatch.GetTimestamp();
                maybeWritten = true;
                await lane.WriteAsync(units).ConfigureAwait(false);
                CommitMetrics.Written(units.Count, Stopwatch.GetElapsedTime(started));
                return true;
            }
            catch (Exception e) when (Faults.IsConnection(e))
            {
                await lane.CloseAsync().ConfigureAwait(false);
                CommitMetrics.Reconnected();
                logger.LogWarning(e, "The database was lost while writing {Units} units", units.Count);
                if (Environment.TickCount64 > units.Max(u => u.Deadline))
                {
                    FailAll(units, e, maybeWritten);
                    return false;
                }
                await Task.Delay(pause).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<Pending>> RefuseAsync(
        IReadOnlyList<Pending> units,
        Dictionary<string, HashSet<string>> missed
    )
    {
        try
        {
            var known = await lane.AskAsync(c => Verdict.KnownAsync(c, units, missed)).ConfigureAwait(false);
            var rest = Verdict.Refuse(units, missed, known);
            return await lane.AskAsync(c => Verdict.RefuseByLotsAsync(c, rest, missed)).ConfigureAwait(false);
        }
        catch (Exception e) when (Faults.IsConnection(e) || !lane.IsOpen)
        {
            // Nothing was written; the next attempt finds the connection gone and the same premises.
            await lane.CloseAsync().ConfigureAwait(false);
            return [.. units.Where(u => !u.Done.IsCompleted)];
        }
    }

    /// <summary>A constraint or an error that names no key: the innocent go at once, the suspects by halves.</summary>
    private void Divide(Stack<IReadOnlyList<Pending>> sets, IReadOnlyList<Pending> units, Exception e)
    {
        var constraint = e is PostgresException p && Faults.IsConstraint(p) ? p : null;
        if (units.Count == 1)
        {
            CommitMetrics.Refused(1);
            if (constraint is null)
            {
                logger.LogError(e, "A unit of work could not be written");
                units[0].Fail(e);
            }
            else
            {
                units[0].Answer(Verdict.OfConstraint(constraint));
            }
            return;
        }
        var suspects = constraint is null ? units : Verdict.Suspects(units, constraint);
        if (suspects.Count < units.Count)
        {
            sets.Push(suspects);
            sets.Push([.. units.Except(suspects)]);
            return;
        }
        sets.Push([.. units.Skip(units.Count / 2)]);
        sets.Push([.. units.Take(units.Count / 2)]);
    }

    private static void FailAll(IReadOnlyList<Pending> units, Exception cause, bool maybeWritten)
    {
        var message = maybeWritten
            ? "The database was lost while committing and did not come back; the change may have been written."
            : "The database cannot be reached; nothing was changed.";
        foreach (var unit in units)
        {
            unit.Fail(new PlantUnavailableException(message, maybeWritten, cause));
        }
    }
}
