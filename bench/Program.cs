using Manufactura.Bench;
using Manufactura.Bench.Failover;

// dotnet run -c Release --project bench -- cells|explosions|finishing|lines|reservations|supplies|live [minutes]|failover [silo|pause|database|dashboard|upgrade …]|all
var benches = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["reservations"] = Reservations.RunAsync,
    ["supplies"] = Supplies.RunAsync,
    ["explosions"] = Explosions.RunAsync,
    ["lines"] = Lines.RunAsync,
    ["cells"] = Cells.RunAsync,
    ["live"] = () =>
        Live.RunAsync(args.Length > 1 ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1),
    ["finishing"] = Finishing.RunAsync,
    ["failover"] = () => Failover.RunAsync(args.Length > 1 && args[0] == "failover" ? args[1..] : []),
};
var name = args.FirstOrDefault() ?? "all";
if (name != "all" && !benches.ContainsKey(name))
{
    Console.Error.WriteLine($"There is no bench {name}: {string.Join(", ", benches.Keys)}, all.");
    return 1;
}

Console.WriteLine(
    $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, load {Machine.Load} at the start"
);
foreach (var (key, run) in benches)
    if (name == "all" || name == key)
    {
        Console.WriteLine($"\n## {key}");
        await run();
    }

Console.WriteLine($"\nload {Machine.Load} at the end");
return Environment.ExitCode;
