namespace Manufactura.Bench;

/// <summary>What else the machine was doing, and how to say a middle value.</summary>
internal static class Machine
{
    /// <summary>The load averages of 1, 5 and 15 minutes; "?" where there are none.</summary>
    public static string Load =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "?";

    public static double Median(this IEnumerable<double> values) => values.At(0.5);

    /// <param name="part">0 to 1: the value that this part of all does not exceed.</param>
    public static double At(this IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
    }
}
