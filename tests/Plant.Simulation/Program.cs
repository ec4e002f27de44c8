using Manufactura.Plant.Simulation.Runs;

if (Arguments.Parse(args) is not { } asked)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

var runner = new Runner(Console.Out);
if (asked.Seed is { } seed)
    return await runner.ReplayAsync(Arguments.Chosen(seed, asked.Steps)) ? 0 : 1;
await runner.RunAsync(
    asked.From,
    asked.Count,
    asked.Workers,
    asked.Minutes == double.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMinutes(asked.Minutes),
    TimeSpan.FromMinutes(asked.Shrink),
    asked.Failures
);
return runner.Failures == 0 ? 0 : 1;
