namespace Manufactura.Domain.Screens;

/// <summary>Work that is to be done today if the line has room: units outstanding, and kilograms of one.</summary>
public readonly record struct DueWork(decimal Outstanding, decimal UnitKg);

/// <summary>What a line is to make today.</summary>
public static class DayPlan
{
    /// <summary>
    /// Made today, and what is due in the order of the queue as far as the day's capacity goes: an order of three days does not
    /// make its line late on the first. Units without a weight take no capacity.
    /// </summary>
    /// <param name="produced">Units made today.</param>
    /// <param name="producedKg">Their weight.</param>
    /// <param name="capacityKg">Kilograms of a shift.</param>
    /// <param name="shifts">Shifts of the day.</param>
    public static decimal Of(decimal produced, decimal producedKg, decimal capacityKg, int shifts, IEnumerable<DueWork> due)
    {
        var plan = produced;
        var roomKg = Math.Max(0, capacityKg * shifts - producedKg);
        foreach (var work in due)
        {
            var fits = work.UnitKg <= 0 ? work.Outstanding : Math.Min(work.Outstanding, decimal.Floor(roomKg / work.UnitKg));
            plan += fits;
            roomKg -= fits * work.UnitKg;
        }

        return plan;
    }
}
