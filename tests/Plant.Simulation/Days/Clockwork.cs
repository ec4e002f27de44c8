using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Days;

/// <summary>What clocks do to a plant.</summary>
internal static class Clockwork
{
    public static void Turn(string how, PlantTime time, Random dice)
    {
        switch (how)
        {
            case Acts.Minutes:
                time.Move(TimeSpan.FromSeconds(dice.Next(1, 90 * 60)));
                break;
            case Acts.Midnight:
                time.Move(Until(time, time.Today.AddDays(1), dice.Next(-1, 2)));
                break;
            case Acts.Days:
                time.Move(TimeSpan.FromHours(dice.Next(20, 24 * 15)));
                break;
            case Acts.SummerTime:
                time.Move(UntilTurned(time) + TimeSpan.FromSeconds(dice.Next(-1, 2)));
                break;
            default:
                throw new InvalidOperationException($"There is no act {how}.");
        }
    }

    /// <summary>The administrator lets the pass run, mostly for today.</summary>
    public static async Task<string> PassAsync(Hosts hosts, PlantTime time, Random dice)
    {
        await hosts.RestAsync();
        var day = time.Today.AddDays(dice.Next(4) == 0 ? dice.Next(-2, 3) : 0);
        var report = await hosts.Any(dice).Grains.GetGrain<IRoundsGrain>(IRoundsGrain.Key).Expire(day);
        return $"{day}: {report.Lots.Length} lots, {report.Orders.Length} orders";
    }

    private static TimeSpan Until(PlantTime time, DateOnly day, int seconds)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (time.Zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(midnight, time.Zone.GetUtcOffset(midnight)).AddSeconds(seconds) - time.Now;
    }

    /// <summary>To the next moment at which the zone's clocks are turned, if they are within two weeks; else a day.</summary>
    private static TimeSpan UntilTurned(PlantTime time)
    {
        var offset = time.Zone.GetUtcOffset(time.Now);
        for (var minutes = 0; minutes < 14 * 24 * 60; minutes += 30)
        {
            var then = new DateTimeOffset(
                time.Now.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour,
                TimeSpan.Zero
            ).AddMinutes(minutes);
            if (then > time.Now && time.Zone.GetUtcOffset(then) != offset)
                return then - time.Now;
        }

        return TimeSpan.FromDays(1);
    }
}
