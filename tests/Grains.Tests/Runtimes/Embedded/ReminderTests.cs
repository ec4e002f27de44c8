using Manufactura.Grains.Tests.Runtime.Probes;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Reminders over hours and restarts.</summary>
public sealed class ReminderTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly World world = new(); // Monday, 06:00

    private string[] Rings => [.. world.Diary.Lines.Where(l => l.Contains(" rang ", StringComparison.Ordinal))];

    [Fact]
    public async Task A_reminder_rings_on_its_grid()
    {
        await using var host = await ClockedHost.StartAsync(world);
        await host.Grains.GetGrain<IAlarmGrain>("g").Set("shift", TimeSpan.FromMinutes(30), Hour);
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(30), "shift rang at 02 06:30");
        await AdvanceAndSeeAsync(Hour, "shift rang at 02 07:30");
        Assert.Equal(2, Rings.Length);
    }

    [Fact]
    public async Task Ticks_missed_while_the_process_was_down_ring_once_soon_after_start_and_the_grid_is_kept()
    {
        await SetAndStopAsync("expiry");
        world.Clock.Advance(TimeSpan.FromHours(3.2)); // 07:00, 08:00 and 09:00 are missed
        await using var host = await ClockedHost.StartAsync(world);
        await world.Diary.UntilAsync("expiry rang at 02 09:12");
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(48), "expiry rang at 02 10:00");
        Assert.Equal(["expiry rang at 02 09:12", "expiry rang at 02 10:00"], Rings);
    }

    [Fact]
    public async Task A_restart_between_two_ticks_rings_nothing()
    {
        await using (var first = await ClockedHost.StartAsync(world))
        {
            await first.Grains.GetGrain<IAlarmGrain>("g").Set("expiry", TimeSpan.Zero, Hour);
            await world.Diary.UntilAsync("expiry rang at 02 06:00");
        }
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await using var second = await ClockedHost.StartAsync(world);
        await world.Clock.SettleAsync();
        await second.Grains.GetGrain<IAlarmGrain>("g").Names();
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(40), "expiry rang at 02 07:00");
        Assert.Equal(["expiry rang at 02 06:00", "expiry rang at 02 07:00"], Rings);
    }

    [Fact]
    public async Task A_tick_that_failed_is_tried_again_after_the_minimum_period()
    {
        await using var host = await ClockedHost.StartAsync(world);
        await host.Grains.GetGrain<IAlarmGrain>("g").Set("fails-once", TimeSpan.FromMinutes(1), Hour);
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(1), "fails-once failed");
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(1), "fails-once rang at 02 06:02");
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(59), "fails-once rang at 02 07:01");
    }

    [Fact]
    public async Task A_tick_whose_grain_could_not_be_activated_is_tried_again()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var alarm = host.Grains.GetGrain<IAlarmGrain>("breaks-once");
        await alarm.Set("expiry", TimeSpan.FromMinutes(1), Hour);
        await alarm.End();
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(1), "breaks-once broke");
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(1), "expiry rang at 02 06:02");
    }

    [Fact]
    public async Task A_tick_that_was_not_finished_before_a_crash_comes_again_after_it()
    {
        await using (var first = await ClockedHost.StartAsync(world))
        {
            await first.Grains.GetGrain<IAlarmGrain>("g").Set("fails-once", TimeSpan.FromMinutes(1), Hour);
            await AdvanceAndSeeAsync(TimeSpan.FromMinutes(1), "fails-once failed");
        }
        await using var second = await ClockedHost.StartAsync(world);
        await world.Diary.UntilAsync("fails-once rang at 02 06:01");
    }

    [Fact]
    public async Task An_unset_reminder_is_gone_after_a_restart_too()
    {
        await SetAndStopAsync("expiry");
        await using (var second = await ClockedHost.StartAsync(world))
            await second.Grains.GetGrain<IAlarmGrain>("g").Unset("expiry");
        world.Clock.Advance(TimeSpan.FromHours(5));
        await using var third = await ClockedHost.StartAsync(world);
        Assert.Empty(await third.Grains.GetGrain<IAlarmGrain>("g").Names());
        world.Clock.Advance(TimeSpan.FromHours(5));
        await third.StopAsync();
        Assert.Empty(Rings);
    }

    [Fact]
    public async Task A_first_tick_further_away_than_timers_reach_comes_on_its_day()
    {
        await using var host = await ClockedHost.StartAsync(world);
        await host.Grains.GetGrain<IAlarmGrain>("g").Set("audit", TimeSpan.FromDays(90), TimeSpan.FromDays(90));
        world.Clock.Leap(TimeSpan.FromDays(89));
        await AdvanceAndSeeAsync(TimeSpan.FromDays(1), "audit rang at 31 06:00");
        Assert.Single(Rings);
    }

    [Fact]
    public async Task A_period_below_the_minimum_is_refused()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var alarm = host.Grains.GetGrain<IAlarmGrain>("g");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => alarm.Set("often", TimeSpan.Zero, TimeSpan.FromSeconds(59)));
        await alarm.Set("seldom", TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal("seldom", Assert.Single(await alarm.Names()));
    }

    private async Task SetAndStopAsync(string name)
    {
        await using var host = await ClockedHost.StartAsync(world);
        await host.Grains.GetGrain<IAlarmGrain>("g").Set(name, Hour, Hour);
    }

    private async Task AdvanceAndSeeAsync(TimeSpan span, string line)
    {
        world.Clock.Advance(span);
        await world.Diary.UntilAsync(line);
    }
}
