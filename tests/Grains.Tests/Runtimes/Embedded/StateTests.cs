using System.Text;
using Manufactura.Grains.Tests.Runtime.Probes;
using Orleans.Embedded;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Stored state over restarts and against a second writer.</summary>
public sealed class StateTests
{
    private readonly World world = new();

    [Fact]
    public async Task State_survives_a_restart()
    {
        await using (var first = await ClockedHost.StartAsync(world))
            await first.Grains.GetGrain<IShelfGrain>("s").Put(5);
        await using var second = await ClockedHost.StartAsync(world);
        Assert.Equal(5, await second.Grains.GetGrain<IShelfGrain>("s").OnHand());
    }

    [Fact]
    public async Task State_is_stored_as_json()
    {
        await using var host = await ClockedHost.StartAsync(world);
        await host.Grains.GetGrain<IShelfGrain>("s").Put(5);
        var row = await world.States.ReadAsync("shelf", GrainId.Create("test.shelf", "s"), default);
        Assert.Equal("""{"OnHand":5,"Notes":["\u002B5"]}""", Encoding.UTF8.GetString(row!.Json.Span));
    }

    [Fact]
    public async Task A_stale_write_changes_nothing_and_ends_the_activation()
    {
        await using var one = await ClockedHost.StartAsync(world);
        await using var other = await ClockedHost.StartAsync(world);
        var (mine, theirs) = (one.Grains.GetGrain<IShelfGrain>("s"), other.Grains.GetGrain<IShelfGrain>("s"));
        await mine.Put(5);
        await theirs.Put(1); // two activations of one grain, as after a partition
        await Assert.ThrowsAsync<InconsistentStateException>(() => mine.Put(7));
        Assert.Equal(6, await mine.OnHand());
        Assert.Contains("s ended: ApplicationError", world.Diary.Lines);
    }

    [Fact]
    public async Task A_stale_write_that_the_grain_catches_leaves_it_as_it_is()
    {
        await using var one = await ClockedHost.StartAsync(world);
        await using var other = await ClockedHost.StartAsync(world);
        var (mine, theirs) = (one.Grains.GetGrain<IShelfGrain>("s"), other.Grains.GetGrain<IShelfGrain>("s"));
        await mine.Put(5);
        await theirs.Put(1);
        Assert.True(await mine.PutAnyway(7));
        Assert.Equal(12, await mine.OnHand());
        Assert.Equal(6, await theirs.OnHand());
    }

    [Fact]
    public async Task A_row_that_was_cleared_and_written_anew_is_not_taken_for_the_old_one()
    {
        var (store, grain, json) = (new InMemoryStateStore(), GrainId.Create("t", "k"), "{}"u8.ToArray());
        var old = await store.WriteAsync("n", grain, json, null, default);
        await store.ClearAsync("n", grain, old, default);
        await store.WriteAsync("n", grain, json, null, default);
        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteAsync("n", grain, json, old, default));
        Assert.Equal(old, error.CurrentEtag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.ClearAsync("n", grain, old, default));
    }
}
