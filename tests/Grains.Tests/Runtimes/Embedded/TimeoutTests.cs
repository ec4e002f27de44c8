using Manufactura.Grains.Tests.Runtime.Probes;
using Orleans.Embedded;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Calls that get no answer in time, on a clock that the test moves.</summary>
public sealed class TimeoutTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_stuck_call_times_out_while_its_turn_stays_taken()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("stuck");
        var stuck = probe.PassGate("stuck");
        await world.Diary.Gate("stuck").ArrivedAsync();
        var behind = probe.Walk([]);
        world.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(stuck.IsCompleted);
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        var first = await Assert.ThrowsAsync<TimeoutException>(() => stuck);
        Assert.Contains("test.probe/stuck.PassGate (it still runs", first.Message);
        var second = await Assert.ThrowsAsync<TimeoutException>(() => behind);
        Assert.Contains("waited behind test.probe/stuck.PassGate", second.Message);
        Assert.Equal(1, await probe.Inside());
        world.Diary.Gate("stuck").Open();
        Assert.Equal("stuck", await probe.Walk([]));
        Assert.Equal(0, await probe.Inside());
    }

    [Fact]
    public async Task A_method_may_have_a_time_limit_of_its_own()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var call = host.Grains.GetGrain<IProbeGrain>("quick").PassGateQuickly("quick");
        await world.Diary.Gate("quick").ArrivedAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(7));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        world.Diary.Gate("quick").Open();
    }

    [Fact]
    public async Task A_time_out_cancels_the_token_that_the_grain_was_given()
    {
        await using var host = await ClockedHost.StartAsync(world);
        using var never = new CancellationTokenSource();
        var call = host.Grains.GetGrain<IProbeGrain>("late").WaitForCancellation("late", never.Token);
        await world.Diary.Gate("late").ArrivedAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(32));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await world.Diary.UntilAsync("late cancelled");
    }

    [Fact]
    public async Task A_call_cancelled_in_the_queue_never_starts()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("queue");
        var first = probe.PassGate("queue");
        await world.Diary.Gate("queue").ArrivedAsync();
        using var cancellation = new CancellationTokenSource();
        var second = probe.WaitForCancellation("queue", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        world.Diary.Gate("queue").Open();
        await first;
        await probe.Bump();
        Assert.DoesNotContain("queue cancelled", world.Diary.Lines);
    }

    [Fact]
    public async Task A_call_cycle_is_found_at_once_and_names_the_chain()
    {
        await using var host = await ClockedHost.StartAsync(world); // the clock stands: nothing here can time out
        var error = await Assert.ThrowsAsync<CallCycleException>(() =>
            host.Grains.GetGrain<IProbeGrain>("a").Walk(["b", "c", "a"])
        );
        Assert.IsAssignableFrom<TimeoutException>(error);
        Assert.Contains("test.probe/a.Walk → test.probe/b.Walk → test.probe/c.Walk → test.probe/a.Walk", error.Message);
    }

    [Fact]
    public async Task An_activation_that_hangs_fails_its_callers_and_the_next_call_tries_again()
    {
        await using var host = await ClockedHost.StartAsync(world, o => o.ResponseTimeout = Timeout.InfiniteTimeSpan);
        var probe = host.Grains.GetGrain<IProbeGrain>("gate-at-start");
        var call = probe.Life();
        await world.Diary.Gate("gate-at-start").ArrivedAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(31));
        var error = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("OnActivateAsync", error.Message);
        world.Diary.Gate("gate-at-start").Open();
        Assert.Equal(2, await probe.Life());
    }
}
