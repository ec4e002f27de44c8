using System.Collections.Concurrent;
using System.Diagnostics;
using Manufactura.Dashboard.Tests;
using Manufactura.Dashboard.Tests.Crash;
using Manufactura.Tests.Shared;

namespace Manufactura.Bench;

/// <summary>
/// Edits of one matrix on the hub, 50 in a second, shown on 200 connected screens: from sending the edit to its event at each screen. The
/// dashboard is a process of its own; the screens share this one, so its share of the two cores is part of what is measured.
/// </summary>
internal static class Cells
{
    private const int Screens = 200;
    private const int EditsPerSecond = 50;
    private const int Seconds = 12;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        await using var plant = await ChildPlant.CreateAsync();
        Console.WriteLine($"cold start with an empty data directory to ready: {plant.ReadyAfter.TotalSeconds:0.0} s");
        await plant.KillAsync();
        await plant.StartAsync();
        Console.WriteLine($"start with the demo plant present to ready: {plant.ReadyAfter.TotalSeconds:0.0} s");
        using var jefe = await plant.SignedInAsync("jefe");
        var order = await jefe.StartedAsync(60_000);
        var token = await plant.TokenAsync("operario");
        var sent = new ConcurrentDictionary<int, long>();
        var took = new ConcurrentBag<double>();
        var screens = new List<HubClient>();
        try
        {
            for (var i = 0; i < Screens; i++)
            {
                var screen = new HubClient
                {
                    Keeps = false,
                    Heard = call =>
                    {
                        if (
                            call.Target == "Event"
                            && call.Type == "cell-changed"
                            && sent.TryGetValue((int)call.Data.GetProperty("toProduce").GetDecimal(), out var at)
                        )
                            took.Add(Stopwatch.GetElapsedTime(at, call.Arrived).TotalMilliseconds);
                    },
                };
                screens.Add(await screen.ConnectAsync(plant.Address, token));
                await screen.WatchAsync($"order:{order}");
            }

            await using var editor = await new HubClient { Keeps = false }.ConnectAsync(plant.Address, token);
            var echo = new CellVersions(await jefe.CellsAsync(order));
            await EditAsync(editor, order, echo, sent, 2);
            for (var round = 1; round <= Rounds; round++)
            {
                took.Clear();
                var answered = await EditAsync(editor, order, echo, sent, Seconds);
                await Task.Delay(500);
                var all = took.ToArray();
                Console.WriteLine(
                    $"round {round}: {all.Length} of {Screens * Seconds * EditsPerSecond} arrivals; edit → screen p50 {all.At(0.5):0.0} ms, p99 {all.At(0.99):0.0} ms, max {all.Max():0.0} ms; "
                        + $"edit → answer p50 {answered.At(0.5):0.0} ms, p99 {answered.At(0.99):0.0} ms"
                );
            }
        }
        finally
        {
            foreach (var screen in screens)
                await screen.DisposeAsync();
        }
    }

    /// <summary>Sends at the pace whether or not the last one was answered; each edit has a value of its own.</summary>
    private static async Task<List<double>> EditAsync(
        HubClient editor,
        string order,
        CellVersions cells,
        ConcurrentDictionary<int, long> sent,
        int seconds
    )
    {
        var answers = new List<Task<double>>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < seconds * EditsPerSecond; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / EditsPerSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            answers.Add(OneAsync());
        }

        return [.. await Task.WhenAll(answers)];

        async Task<double> OneAsync()
        {
            var (x, y, version, value) = cells.Next();
            var at = sent[value] = Stopwatch.GetTimestamp();
            var answer = await editor.InvokeAsync("EditCell", order, x, y, "toProduce", value, version);
            if (!answer.TryGetProperty("cell", out _))
                throw new InvalidOperationException(answer.ToString());
            return Stopwatch.GetElapsedTime(at).TotalMilliseconds;
        }
    }
}
