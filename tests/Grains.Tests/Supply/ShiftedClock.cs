namespace Manufactura.Grains.Tests.Supply;

/// <summary>A clock that runs like the real one, from whatever moment a test sets it to. Timers stay real.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long aheadTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref aheadTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref aheadTicks, by.Ticks);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref aheadTicks, (now - System.GetUtcNow()).Ticks);
}
