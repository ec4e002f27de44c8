using Manufactura.Grains.Tests.Runtime.Probes;
using Orleans.Runtime;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>What goes down with a call and what comes back.</summary>
public sealed class CallTests(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    private readonly Diary diary = fixture.Diary;

    private IProbeGrain Probe(string key) => fixture.Grains.GetGrain<IProbeGrain>(key);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_reaches_the_caller_with_its_data(bool later)
    {
        var error = await Assert.ThrowsAsync<ShortException>(() => Probe("thrower").Fail(7, later));
        Assert.Equal(7, error.By);
    }

    [Fact]
    public async Task A_call_goes_through_several_grains_and_back() =>
        Assert.Equal("walk1 walk2 walk3", await Probe("walk1").Walk(["walk2", "walk3"]));

    [Fact]
    public async Task Calls_in_a_circle_end_as_a_time_out_and_the_grains_go_on()
    {
        await Assert.ThrowsAnyAsync<TimeoutException>(() => Probe("circle1").Walk(["circle2", "circle1"]));
        Assert.Equal("circle1", await Probe("circle1").Walk([]));
    }

    [Fact]
    public async Task Ambient_values_of_the_caller_are_not_seen_by_the_grain()
    {
        Diary.Ambient.Value = "leak";
        Assert.Null(await Probe("ambient").AmbientValue());
    }

    [Fact]
    public async Task Request_context_goes_down_the_chain()
    {
        RequestContext.Set("command", "42");
        Assert.Equal("42", await Probe("context1").ContextValue("command", ["context2", "context3"]));
        RequestContext.Clear();
        Assert.Null(await Probe("context1").ContextValue("command", ["context2"]));
    }

    [Fact]
    public async Task Cancellation_reaches_the_grain_and_the_caller()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Probe("cancelled").WaitForCancellation("cancelled", cancellation.Token);
        await diary.Gate("cancelled").ArrivedAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await diary.UntilAsync("cancelled cancelled");
    }

    [Fact]
    public async Task A_one_way_call_tells_and_does_not_wait_for_its_failure()
    {
        await Probe("teller").Tell("news");
        await diary.UntilAsync("teller told news");
    }

    [Fact]
    public void References_to_one_grain_are_equal()
    {
        Assert.Equal(Probe("x"), Probe("x"));
        Assert.NotEqual(Probe("x"), Probe("y"));
        Assert.Equal("x", Probe("x").GetPrimaryKeyString());
    }
}
