using System.Diagnostics;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Bench;

/// <summary>
/// What a line's load costs with 50 and with 5,000 orders in its queue, three to a shift, so that the long one reaches as far ahead as is
/// foretold: asked again, asked after an order came or went (which is how a board asks), what a line answers an order that looks for one,
/// and assigning itself.
/// </summary>
internal static class Lines
{
    private const int Few = 50;
    private const int Many = 5000;
    private const int Rounds = 400;
    private static readonly CommandContext Ana = new("ana");

    private static readonly string Seed = $"""
        insert into unit (code, name) values ('pcs', 'Piezas');
        insert into material (code, name, kind, unit, unit_weight_kg) values ('P', 'Pantalón', 'FinishedProduct', 'pcs', 1);
        insert into production_line (code, name, capacity_kg) values ('SHORT', 'Corta', 30), ('LONG', 'Larga', 30);
        insert into line_compatibility (line, material) values ('SHORT', 'P'), ('LONG', 'P');
        insert into production_order (number, status, material, quantity, line, line_position, due_date, created_by, created_at, updated_at)
        select line || '-' || n, 'Planned', 'P', 10, line, n, current_date + n, 'ana', now(), now()
        from (values ('SHORT', {Few}), ('LONG', {Many})) as l (line, count) cross join lateral generate_series(1, count) n;
        insert into production_order (number, status, material, quantity, created_by, created_at, updated_at)
        select 'FREE-' || line, 'Planned', 'P', 10, 'ana', now(), now() from (values ('SHORT'), ('LONG')) as l (line);
        """;

    public static async Task RunAsync()
    {
        await using var plant = await Throwaway.StartAsync(Seed);
        foreach (var (line, expected) in new[] { ("SHORT", Few), ("LONG", Many) })
            if ((await LoadAsync(plant, line)).QueueLength != expected)
                throw new InvalidOperationException($"{line} has another queue.");
        await CompareAsync("load, asked again", line => LoadAsync(plant, line));
        await CompareAsync("load, after an order came or went", line => LoadAsync(plant, line), line => TurnAsync(plant, line));
        await CompareAsync("line as an order meets it", line => Line(plant, line).Stand(new("P", "FREE-" + line)));
        await CompareAsync("assign or take off", line => TurnAsync(plant, line));
    }

    private static async Task CompareAsync(string what, Func<string, Task> timed, Func<string, Task>? before = null)
    {
        var took = new Dictionary<string, List<double>> { ["SHORT"] = [], ["LONG"] = [] };
        for (var round = 0; round < Rounds; round++)
            foreach (var (line, times) in took)
            {
                if (before is not null)
                    await before(line);
                var start = Stopwatch.GetTimestamp();
                await timed(line);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

        // The first ones warm up.
        var (few, many) = (took["SHORT"].Skip(Rounds / 4).ToArray(), took["LONG"].Skip(Rounds / 4).ToArray());
        Console.WriteLine(
            $"{what}: {Few} orders p50 {few.Median():0.000} ms, p99 {few.At(0.99):0.00} ms; {Many} orders p50 {many.Median():0.000} ms, "
                + $"p99 {many.At(0.99):0.00} ms; ratio of medians {many.Median() / few.Median():0.00}"
        );
    }

    private static async Task<LineLoadView> LoadAsync(Throwaway plant, string line) => (await Line(plant, line).Load(50))!;

    /// <summary>The free order comes to the line, or leaves it.</summary>
    private static async Task TurnAsync(Throwaway plant, string line)
    {
        var order = plant.Host.Grains.GetGrain<IProductionOrderGrain>("FREE-" + line);
        if ((await order.UnassignLine(Ana)).Problem is not null && (await order.AssignLine(line, false, Ana)).Problem is { } no)
            throw new InvalidOperationException(no.En);
    }

    private static IProductionLineGrain Line(Throwaway plant, string line) =>
        plant.Host.Grains.GetGrain<IProductionLineGrain>(line);
}
