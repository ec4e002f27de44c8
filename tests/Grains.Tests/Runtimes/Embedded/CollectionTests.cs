using Manufactura.Grains.Tests.Runtime.Probes;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>The end of activations: idle, wished, stale or with the host.</summary>
public sealed class CollectionTests
{
    private readonly World world = new();

    [Fact]
    public async Task An_idle_grain_leaves_memory_and_a_used_one_stays()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var (idle, used) = (host.Grains.GetGrain<IProbeGrain>("idle"), host.Grains.GetGrain<IProbeGrain>("used"));
        await idle.Bump();
        for (var minute = 0; minute < 17; minute++)
        {
            await used.Bump();
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await world.Diary.UntilAsync("idle ended: ActivationIdle");
        Assert.Equal(1, await used.Life());
        Assert.Equal(2, await idle.Life());
    }

    [Fact]
    public async Task A_grain_may_delay_its_collection()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("stays");
        await probe.Stay(TimeSpan.FromHours(1));
        world.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, host.Runtime.ActivationCount);
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        await world.Diary.UntilAsync("stays ended: ActivationIdle");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Timer_ticks_count_as_use_only_if_asked_to(bool keepAlive, int activations)
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("timed");
        await probe.StartTimer(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), keepAlive);
        for (var minute = 1; minute <= 20 && !world.Diary.Lines.Contains("timed ended: ActivationIdle"); minute++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(
                world.Diary.UntilAsync("timed tick, 0 inside", minute),
                world.Diary.UntilAsync("timed ended: ActivationIdle")
            );
            await QuietAsync(host);
        }
        Assert.Equal(activations, host.Runtime.ActivationCount);
    }

    [Fact]
    public async Task Waiting_calls_go_on_to_the_next_activation_and_none_is_lost()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("busy");
        var first = probe.PassGate("busy");
        await world.Diary.Gate("busy").ArrivedAsync();
        var calls = Enumerable.Range(0, 60).Select(i => i % 20 == 0 ? EndAsync() : probe.Life()).ToArray();
        world.Diary.Gate("busy").Open();
        await first;
        var lives = await Task.WhenAll(calls);
        Assert.Equal([0, 2, 3, 4], lives.Distinct().Order());
        Assert.Equal(57, lives.Count(life => life > 0));

        async Task<int> EndAsync()
        {
            await probe.End();
            return 0;
        }
    }

    [Fact]
    public async Task A_grain_that_ends_before_it_answers_anything_does_not_go_on_for_ever()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var error = await Assert.ThrowsAsync<OrleansException>(() => host.Grains.GetGrain<IProbeGrain>("ends-itself").Life());
        Assert.Contains("ended 8 times without an answer", error.Message);
    }

    [Fact]
    public async Task Calls_that_wait_for_a_failed_activation_get_its_exception()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("fails-twice");
        var calls = Enumerable.Range(0, 5).Select(_ => probe.Life()).ToArray();
        foreach (var call in calls.SkipLast(1))
            await Assert.ThrowsAsync<ShortException>(() => call);
    }

    [Fact]
    public async Task An_ended_grain_is_garbage_although_a_reference_remembers_its_activation()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("garbage");
        var grain = await WatchAsync(host.Runtime, probe);
        await probe.End();
        await world.Diary.UntilAsync("garbage ended: ApplicationRequested");
        for (var i = 0; i < 50 && grain.IsAlive; i++)
        {
            await Task.Delay(10); // pool threads may still hold it in a register
            GC.Collect();
        }
        Assert.False(grain.IsAlive);
        GC.KeepAlive(probe);
    }

    [Fact]
    public async Task Stopping_lets_calls_under_way_finish_with_all_they_call_and_tells_every_grain()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var first = host.Grains.GetGrain<IProbeGrain>("gate-at-start").Walk(["second", "third"]);
        await world.Diary.Gate("gate-at-start").ArrivedAsync();
        var stop = host.StopAsync();
        await Assert.ThrowsAsync<OrleansException>(() => host.Grains.GetGrain<IProbeGrain>("late").Life());
        Assert.False(stop.IsCompleted);
        world.Diary.Gate("gate-at-start").Open();
        Assert.Equal("gate-at-start second third", await first);
        await stop;
        Assert.Equal(0, host.Runtime.ActivationCount);
        foreach (var key in (string[])["gate-at-start", "second", "third"])
            Assert.Contains($"{key} ended: ShuttingDown", world.Diary.Lines);
    }

    [Fact]
    public async Task A_stop_that_runs_out_of_time_answers_who_still_waits()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probe = host.Grains.GetGrain<IProbeGrain>("forever");
        var stuck = probe.PassGate("forever");
        await world.Diary.Gate("forever").ArrivedAsync();
        var behind = probe.Life();
        await host.StopAsync(new CancellationToken(canceled: true));
        await Assert.ThrowsAsync<OrleansException>(() => stuck);
        await Assert.ThrowsAsync<OrleansException>(() => behind);
        world.Diary.Gate("forever").Open();
    }

    private static async Task<WeakReference> WatchAsync(EmbeddedRuntime runtime, IProbeGrain probe)
    {
        await probe.Bump();
        return new(runtime.Find(probe.GetGrainId())!.GrainInstance);
    }

    /// <summary>Until what the tick or the end has started is over.</summary>
    private static async Task QuietAsync(ClockedHost host)
    {
        if (host.Runtime.Find(GrainId.Create("test.probe", "timed")) is { } activation && activation.UntilQuiet() is { } quiet)
            await quiet;
    }
}
