namespace Manufactura.Plant.Simulation.Stage;

/// <summary>The plant's time, the same for every host. It stands until it is moved.</summary>
internal sealed class PlantTime(DateTimeOffset start, TimeZoneInfo zone)
{
    private readonly Lock gate = new();
    private readonly List<HostClock> clocks = [];
    private DateTimeOffset now = start;

    public TimeZoneInfo Zone => zone;

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, zone).DateTime);

    public HostClock NewClock()
    {
        var clock = new HostClock(this);
        lock (gate)
            clocks.Add(clock);
        return clock;
    }

    public void Remove(HostClock clock)
    {
        lock (gate)
            clocks.Remove(clock);
    }

    /// <summary>Moves, forward or back, without anybody noticing yet: between two commands a moment passes.</summary>
    public void Slip(TimeSpan by)
    {
        lock (gate)
            now += by;
    }

    /// <summary>Moves, and every timer that is due by then fires once, as on a machine that slept.</summary>
    public void Move(TimeSpan by)
    {
        HostClock[] all;
        lock (gate)
        {
            now += by;
            all = [.. clocks];
        }

        foreach (var clock in all)
            clock.FireDue();
    }
}
