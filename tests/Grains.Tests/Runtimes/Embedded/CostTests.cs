using System.Diagnostics;
using Manufactura.Grains.Tests.Runtime.Probes;
using Xunit.Abstractions;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Prints what calls and activations cost; times are never asserted.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    private readonly World world = new() { RealTime = true };

    [Fact]
    public async Task Thousands_of_activations_are_cheap()
    {
        await using var host = await ClockedHost.StartAsync(world);
        await CallAllAsync("warm", 1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        const int Grains = 20_000;
        await CallAllAsync("g", Grains);
        var perSecond = Grains / watch.Elapsed.TotalSeconds;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Grains;
        output.WriteLine($"{perSecond:N0} activations/s, {bytes:N0} bytes each");
        Assert.Equal(Grains + 1_000, host.Runtime.ActivationCount);
        Assert.InRange(bytes, 1, 4_000);

        async Task CallAllAsync(string prefix, int many)
        {
            foreach (var some in Enumerable.Range(0, many).Chunk(500))
                await Task.WhenAll(some.Select(i => host.Grains.GetGrain<IOpenGrain>(prefix + i).Nothing()));
        }
    }

    [Fact]
    public async Task Calls_are_fast()
    {
        await using var host = await ClockedHost.StartAsync(world);
        var probes = Enumerable.Range(0, 1_000).Select(i => host.Grains.GetGrain<IProbeGrain>("m" + i)).ToArray();
        var calls = new Task<int>[100];
        for (var run = 0; run < 3; run++)
        {
            const int Batches = 2_000;
            var allocated = GC.GetTotalAllocatedBytes();
            var watch = Stopwatch.StartNew();
            for (var batch = 0; batch < Batches; batch++)
            {
                for (var i = 0; i < calls.Length; i++)
                    calls[i] = probes[(batch * calls.Length + i) % probes.Length].Bump().AsTask();
                await Task.WhenAll(calls);
            }
            var count = Batches * calls.Length;
            var bytes = (GC.GetTotalAllocatedBytes() - allocated) / count;
            output.WriteLine($"{count / watch.Elapsed.TotalSeconds:N0} calls/s in batches of 100, {bytes} bytes per call");
        }
        Assert.Equal(600, await probes[0].Bump() - 1);
    }
}
