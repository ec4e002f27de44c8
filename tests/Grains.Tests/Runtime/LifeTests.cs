using Manufactura.Grains.Tests.Runtime.Probes;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Activation, deactivation, reminders and stored state, with the real clock.</summary>
public sealed class LifeTests(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    private readonly Diary diary = fixture.Diary;

    private IProbeGrain Probe(string key) => fixture.Grains.GetGrain<IProbeGrain>(key);

    [Fact]
    public async Task The_first_call_activates_and_the_next_ones_do_not()
    {
        Assert.Equal(1, await Probe("born").Life());
        Assert.Equal(1, await Probe("born").Life());
    }

    [Fact]
    public async Task A_failure_in_activation_reaches_the_caller_and_the_next_call_tries_again()
    {
        Assert.Equal(1, (await Assert.ThrowsAsync<ShortException>(() => Probe("fails-twice").Life())).By);
        Assert.Equal(2, (await Assert.ThrowsAsync<ShortException>(() => Probe("fails-twice").Life())).By);
        Assert.Equal(3, await Probe("fails-twice").Life());
    }

    [Fact]
    public async Task A_grain_that_ends_comes_back_with_the_next_call()
    {
        Assert.Equal(1, await Probe("phoenix").Life());
        await Probe("phoenix").End();
        Assert.Equal(2, await Probe("phoenix").Life());
        Assert.Contains("phoenix ended: ApplicationRequested", diary.Lines);
    }

    [Fact]
    public async Task Stored_state_outlives_the_activation()
    {
        var shelf = fixture.Grains.GetGrain<IShelfGrain>("kept");
        Assert.Equal(5, await shelf.Put(5));
        await shelf.End();
        Assert.Equal(8, await shelf.Put(3));
        await shelf.Clear();
        await shelf.End();
        Assert.Equal(0, await shelf.OnHand());
    }

    [Fact]
    public async Task A_stale_write_ends_the_activation()
    {
        Assert.Equal(1, await Probe("stale").Life());
        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(async () => await Probe("stale").ThrowStale());
        Assert.Equal(2, await Probe("stale").Life());
    }

    [Fact]
    public async Task A_reminder_rings_until_it_is_unset()
    {
        var alarm = fixture.Grains.GetGrain<IAlarmGrain>("live");
        await alarm.Set("wake", TimeSpan.Zero, TimeSpan.FromMilliseconds(150));
        Assert.Equal("wake", Assert.Single(await alarm.Names()));
        await diary.UntilAsync(line => line.StartsWith("wake rang", StringComparison.Ordinal), times: 2);
        await alarm.Unset("wake");
        Assert.Empty(await alarm.Names());
    }
}
