using Manufactura.Grains.Tests.Runtime.Probes;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Which requests of a grain run together.</summary>
public sealed class TurnTests(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    private readonly Diary diary = fixture.Diary;

    [Fact]
    public async Task One_request_runs_at_a_time_also_across_awaits()
    {
        var probe = fixture.Grains.GetGrain<IProbeGrain>("turns");
        await probe.Life();
        var calls = Enumerable.Range(0, 10).Select(_ => probe.PassGate("turns")).ToArray();
        await diary.Gate("turns").ArrivedAsync();
        Assert.Equal(1, await probe.Inside());
        diary.Gate("turns").Open();
        Assert.All(await Task.WhenAll(calls), most => Assert.Equal(1, most));
    }

    [Fact]
    public async Task Read_only_requests_run_beside_each_other()
    {
        var probe = fixture.Grains.GetGrain<IProbeGrain>("readers");
        await probe.Life();
        var calls = Enumerable.Range(0, 5).Select(_ => probe.ReadThroughGate("readers")).ToArray();
        await diary.Gate("readers").ArrivedAsync(5);
        diary.Gate("readers").Open();
        Assert.Equal(5, (await Task.WhenAll(calls)).Max());
    }

    [Fact]
    public async Task A_reentrant_grain_lets_all_requests_in()
    {
        var open = fixture.Grains.GetGrain<IOpenGrain>("open");
        var calls = new[] { open.PassGate("open"), open.PassGate("open") };
        await diary.Gate("open").ArrivedAsync(2);
        diary.Gate("open").Open();
        var inside = await Task.WhenAll(calls);
        Assert.Equal([2, 2], inside);
    }

    [Fact]
    public async Task Calls_side_by_side_in_one_request_lose_no_update() =>
        Assert.Equal(2000, await fixture.Grains.GetGrain<IProbeGrain>("fan").FanOut(2000));

    [Fact]
    public async Task Interleaved_requests_lose_no_update()
    {
        var probe = fixture.Grains.GetGrain<IProbeGrain>("adders");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => probe.AddSlowly(500))));
        Assert.Equal(4000, await probe.Sum());
    }

    [Fact]
    public async Task A_timer_ticks_between_requests_never_in_one()
    {
        var probe = fixture.Grains.GetGrain<IProbeGrain>("ticks");
        await probe.StartTimer(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20), keepAlive: false);
        await diary.UntilAsync(line => line.StartsWith("ticks tick", StringComparison.Ordinal));
        var call = probe.PassGate("ticks");
        await diary.Gate("ticks").ArrivedAsync();
        var ticksBefore = diary.Lines.Count(line => line.StartsWith("ticks tick", StringComparison.Ordinal));
        await Task.Delay(100); // ticks are due meanwhile, and must not come
        Assert.Equal(ticksBefore, diary.Lines.Count(line => line.StartsWith("ticks tick", StringComparison.Ordinal)));
        diary.Gate("ticks").Open();
        await call;
        await diary.UntilAsync(line => line.StartsWith("ticks tick", StringComparison.Ordinal), ticksBefore + 2);
        Assert.DoesNotContain("ticks tick, 1 inside", diary.Lines);
    }
}
