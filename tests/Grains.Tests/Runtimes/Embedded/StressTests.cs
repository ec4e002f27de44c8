using System.Collections.Concurrent;
using Manufactura.Grains.Tests.Runtime.Probes;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>All at once on few grains: nothing hangs, overlaps or fails that should not.</summary>
public sealed class StressTests
{
    private readonly World world = new() { RealTime = true };

    [Fact]
    public async Task Random_calls_ends_and_cancellations_leave_every_grain_working()
    {
        await using var host = await ClockedHost.StartAsync(world, o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
        var failures = new ConcurrentQueue<Exception>();
        world.Diary.Gate("open").Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => CallAsync(host, new Random(seed), failures))));
        Assert.Empty(failures);
        for (var i = 0; i < 4; i++)
        {
            var probe = host.Grains.GetGrain<IProbeGrain>("s" + i);
            Assert.Equal(0, await probe.Inside());
            Assert.Equal(1, await probe.PassGate("open"));
        }
    }

    private static async Task CallAsync(ClockedHost host, Random random, ConcurrentQueue<Exception> failures)
    {
        for (var i = 0; i < 4_000; i++)
        {
            var probe = host.Grains.GetGrain<IProbeGrain>("s" + random.Next(4));
            using var cancellation = new CancellationTokenSource();
            try
            {
                switch (random.Next(8))
                {
                    case 0:
                        await probe.End();
                        break;
                    case 1:
                        var waiting = probe.WaitForCancellation("never", cancellation.Token);
                        await Task.Yield();
                        await cancellation.CancelAsync();
                        await waiting;
                        break;
                    case 2:
                        await probe.Inside();
                        break;
                    case 3:
                        await probe.AddSlowly(3);
                        break;
                    case 4:
                        await probe.Walk(["s4", "s5"]);
                        break;
                    default:
                        await probe.PassGate("open");
                        break;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { }
            catch (Exception error)
            {
                failures.Enqueue(error);
            }
        }
    }
}
