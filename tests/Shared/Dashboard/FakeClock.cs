namespace Manufactura.Tests.Shared;

/// <summary>A clock that runs like the real one and can be moved ahead. Timers stay real.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _aheadTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);
}
