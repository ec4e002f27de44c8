using System.Diagnostics;
using Npgsql;

namespace Manufactura.Bench;

/// <summary>How many a second, and how long one took at the median and at the 99th percentile, in milliseconds.</summary>
internal sealed record Run(double PerSecond, double P50, double P99);

/// <summary>Callers who each do one thing after another, and the statements of the classic yardstick.</summary>
internal static class Yardstick
{
    /// <summary>One statement with texts; answers its first value.</summary>
    public static async Task<object?> RunAsync(NpgsqlConnection connection, string sql, params string[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var p in parameters)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = p });
        return await command.ExecuteScalarAsync();
    }

    /// <param name="open">The connection of a caller; null where it needs none.</param>
    /// <param name="one">Does the thing with this number, of <paramref name="callers"/> × <paramref name="each"/>.</param>
    public static async Task<Run> MeasureAsync(
        int callers,
        int each,
        Func<int, Task<NpgsqlConnection?>> open,
        Func<NpgsqlConnection?, int, Task> one
    )
    {
        var took = new double[callers * each];
        var connections = await Task.WhenAll(Enumerable.Range(0, callers).Select(open));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        for (var n = 0; n < each; n++)
                        {
                            var i = caller * each + n;
                            var at = Stopwatch.GetTimestamp();
                            await one(connections[caller], i);
                            took[i] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                        }
                    })
                )
        );
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var connection in connections.OfType<NpgsqlConnection>())
            await connection.DisposeAsync();
        return new(took.Length / seconds, took.At(0.5), took.At(0.99));
    }
}
