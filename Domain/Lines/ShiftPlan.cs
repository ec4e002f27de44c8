namespace Manufactura.Domain.Lines;

/// <summary>
/// When the orders of a queue are made, one after the other: a line makes its capacity per shift evenly over the shift, and
/// nothing while it is stopped. What has passed of the running shift is gone.
/// </summary>
public sealed class ShiftPlan
{
    private readonly ShiftTimeline timeline;
    private readonly decimal capacityKg;
    private readonly DateTimeOffset now;
    private readonly decimal first;
    private decimal kg;

    /// <param name="capacityKg">Kilograms in one shift, above zero.</param>
    /// <param name="now">Nothing is made before this instant, which is not before the timeline's beginning.</param>
    public ShiftPlan(ShiftTimeline timeline, decimal capacityKg, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityKg);
        (this.timeline, this.capacityKg, this.now) = (timeline, capacityKg, now);
        first = timeline.WorkAt(now);
    }

    private decimal Work => first + kg / capacityKg;

    /// <summary>Takes the next so many kilograms: from when to when. Null when that is farther ahead than is foretold.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Take(decimal moreKg)
    {
        var start = timeline.Begin(Work);
        kg += Math.Max(0, moreKg);
        if (start is not { } begins || (moreKg > 0 ? timeline.End(Work) : start) is not { } ends)
            return null;
        return (begins < now ? now : begins, ends < now ? now : ends);
    }

    /// <summary>The shift in which the next kilogram would be made.</summary>
    public ShiftWindow? Free() => timeline.ShiftOf(Work);

    /// <summary>
    /// What a queue of so many kilograms puts into the next shifts. Of the running one only what is left of it counts: nobody can
    /// fill the hours that are gone.
    /// </summary>
    public IEnumerable<ShiftLoad> Loads(decimal queueKg, int shifts)
    {
        foreach (var (shift, before, after) in timeline.ShiftsFrom(first, shifts))
        {
            var fromKg = (before - first) * capacityKg;
            var roomKg = (after - before) * capacityKg;
            yield return new(shift, roomKg, fromKg, Math.Clamp(queueKg - fromKg, 0, roomKg));
        }
    }
}

/// <summary>
/// One shift of a line: what can (still) be made in it, how much of the queue is made before it, and how much in it.
/// </summary>
public readonly record struct ShiftLoad(ShiftWindow Shift, decimal CapacityKg, decimal BeforeKg, decimal AssignedKg);
