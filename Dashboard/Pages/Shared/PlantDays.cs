using Manufactura.Grains;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>Days of the plant as instants.</summary>
public static class PlantDays
{
    /// <summary>The instant at which a day of the plant begins.</summary>
    public static DateTimeOffset StartOf(this PlantClock clock, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, clock.Zone.GetUtcOffset(midnight));
    }
}
