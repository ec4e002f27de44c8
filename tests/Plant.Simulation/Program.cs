using System.Diagnostics;
using System.Globalization;
using Manufactura.Plant.Simulation.Days;
using Manufactura.Plant.Simulation.Stage;

var from = int.Parse(args.ElementAtOrDefault(0) ?? "1", CultureInfo.InvariantCulture);
var count = int.Parse(args.ElementAtOrDefault(1) ?? "20", CultureInfo.InvariantCulture);
await using var database = await PlantDatabase.CreateAsync();
for (var seed = from; seed < from + count; seed++)
{
    var started = Stopwatch.GetTimestamp();
    await using var day = new Day(database, Plan.Of(seed));
    try
    {
        await day.RunAsync();
        Console.WriteLine($"{seed} fine, {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
    }
    catch (Exception e)
    {
        foreach (var line in day.Diary)
            Console.WriteLine("  " + line);
        Console.WriteLine($"{seed} FAILED {(e is BrokenPlantException ? e.Message : e)}");
    }
}
