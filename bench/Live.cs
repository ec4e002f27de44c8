using System.Collections.Concurrent;
using System.Diagnostics;
using Manufactura.Dashboard.Tests;
using Manufactura.Dashboard.Tests.Crash;
using Manufactura.Tests.Shared;

namespace Manufactura.Bench;

/// <summary>
/// A plant as it is looked at for minutes on end: 20 editors in one matrix, 50 edits in a second, each moving through the cells as people do,
/// and 200 screens, half of which watch the order and half the whole plant. Every screen is checked for what it missed, saw twice or out of
/// order; the dashboard's memory is read as it goes. The clients share this machine and one process.
/// </summary>
internal static class Live
{
    private const int Screens = 200;
    private const int Editors = 20;
    private const int EditsPerSecond = 50;

    public static async Task RunAsync(double minutes)
    {
        await using var plant = await ChildPlant.CreateAsync();
        using var jefe = await plant.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(6_000_000);
        var token = await plant.TokenAsync("operario");
        var sent = new ConcurrentDictionary<int, long>();
        var times = new Times();
        var screens = new List<Watcher>();
        var editors = new List<HubClient>();
        try
        {
            for (var i = 0; i < Screens; i++)
                screens.Add(await Watcher.OpenAsync(plant.Address, token, i % 2 == 0 ? $"order:{order}" : "plant", sent, times));
            for (var i = 0; i < Editors; i++)
            {
                editors.Add(await new HubClient { Keeps = false }.ConnectAsync(plant.Address, token));
                await editors[i].WatchAsync($"order:{order}");
            }

            var cells = new CellVersions(await jefe.CellsAsync(order));
            await EditAsync(editors, order, cells, sent, TimeSpan.FromSeconds(5));
            times.Clear();
            Console.WriteLine($"{Screens} screens, {Editors} editors, {EditsPerSecond} edits/s for {minutes:0.#} min");
            var edits = 0;
            for (var left = TimeSpan.FromMinutes(minutes); left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(1))
            {
                var memory = plant.WorkingSetBytes / (1024 * 1024);
                edits += await EditAsync(
                    editors,
                    order,
                    cells,
                    sent,
                    left < TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1)
                );
                Console.WriteLine(
                    $"  {edits, 6} edits; {times.Say()}; memory {memory} → {plant.WorkingSetBytes / (1024 * 1024)} MB"
                );
            }

            await Task.Delay(2_000);
            var expected = sent.Count;
            Console.WriteLine(
                $"edit → screen over all: {times.Say()}; missed {screens.Sum(s => expected - s.Seen)}, "
                    + $"twice or out of order {screens.Sum(s => s.Disordered)}, resyncs {screens.Sum(s => s.Resyncs)}, of {(long)expected * Screens} arrivals"
            );
        }
        finally
        {
            foreach (var screen in screens)
                await screen.DisposeAsync();
            foreach (var editor in editors)
                await editor.DisposeAsync();
        }
    }

    /// <summary>Sends at the pace, answered or not; how many. Each editor goes into the cell before writing it.</summary>
    private static async Task<int> EditAsync(
        List<HubClient> editors,
        string order,
        CellVersions cells,
        ConcurrentDictionary<int, long> sent,
        TimeSpan time
    )
    {
        var count = (int)(time.TotalSeconds * EditsPerSecond);
        var answers = new List<Task>(count);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / EditsPerSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            answers.Add(OneAsync(editors[i % editors.Count]));
        }

        await Task.WhenAll(answers);
        return count;

        async Task OneAsync(HubClient editor)
        {
            var (x, y, version, value) = cells.Next();
            var into = editor.InvokeAsync("FocusCell", order, x, y);
            sent[value] = Stopwatch.GetTimestamp();
            var answer = await editor.InvokeAsync("EditCell", order, x, y, "toProduce", value, version);
            await into;
            if (!answer.TryGetProperty("cell", out _))
                throw new InvalidOperationException(answer.ToString());
        }
    }

    /// <summary>Latencies in tenths of a millisecond, counted: minutes of them would be millions of numbers.</summary>
    private sealed class Times
    {
        private readonly long[] counts = new long[100_000];

        public void Add(double ms) => Interlocked.Increment(ref counts[Math.Clamp((int)(ms * 10), 0, counts.Length - 1)]);

        public void Clear() => Array.Clear(counts);

        public string Say() => $"p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, p99.9 {At(0.999):0.0} ms, max {At(1):0.0} ms";

        private double At(double part)
        {
            var rank = (long)(counts.Sum() * part);
            for (var i = 0; i < counts.Length; i++)
                if (counts[i] > 0 && (rank -= counts[i]) <= 0)
                    return i / 10.0;
            return 0;
        }
    }

    /// <summary>One screen, which keeps nothing but what it needs to know whether all came.</summary>
    private sealed class Watcher : IAsyncDisposable
    {
        private HubClient client = null!;
        private long last;

        public int Seen { get; private set; }

        public int Disordered { get; private set; }

        public int Resyncs { get; private set; }

        public static async Task<Watcher> OpenAsync(
            Uri address,
            string token,
            string topic,
            ConcurrentDictionary<int, long> sent,
            Times times
        )
        {
            var watcher = new Watcher();
            watcher.client = new HubClient { Keeps = false, Heard = call => watcher.Hear(call, sent, times) };
            await watcher.client.ConnectAsync(address, token);
            await watcher.client.WatchAsync(topic);
            return watcher;
        }

        public ValueTask DisposeAsync() => client.DisposeAsync();

        private void Hear(HubCall call, ConcurrentDictionary<int, long> sent, Times times)
        {
            if (call.Target == "Resync")
                Resyncs++;
            if (call.Target != "Event")
                return;
            if (call.Id <= last)
                Disordered++;
            last = call.Id;
            if (
                call.Type != "cell-changed"
                || !sent.TryGetValue((int)call.Data.GetProperty("toProduce").GetDecimal(), out var at)
            )
                return;
            Seen++;
            times.Add(Stopwatch.GetElapsedTime(at, call.Arrived).TotalMilliseconds);
        }
    }
}
