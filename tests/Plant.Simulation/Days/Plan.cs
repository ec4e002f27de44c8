using Manufactura.Plant.Simulation.Commands;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Days;

/// <summary>Everything that a seed decides beforehand: where and when the plant is, its stock, and what happens.</summary>
internal sealed record Plan(
    int Seed,
    TimeZoneInfo Zone,
    DateTimeOffset Start,
    IReadOnlyList<OpeningLot> Stock,
    IReadOnlyList<Step> Steps
)
{
    /// <summary>One seed of so many has rush hours, which do not replay exactly.</summary>
    private const int RushEvery = 4;

    private static readonly string[] Zones =
    [
        "America/Bogota",
        "Europe/Madrid",
        "America/Santiago",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
    ];

    /// <summary>Days around which clocks are turned somewhere, and two on which they are not.</summary>
    private static readonly DateTime[] Starts =
    [
        new(2026, 3, 8),
        new(2026, 3, 28),
        new(2026, 4, 4),
        new(2026, 9, 5),
        new(2026, 10, 24),
        new(2026, 11, 1),
        new(2026, 12, 30),
        new(2026, 6, 15),
        new(2028, 2, 28),
    ];

    public bool HasRushHours => Seed % RushEvery == 0;

    public static Plan Of(int seed)
    {
        var dice = new Random(seed);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[dice.Next(Zones.Length)]);
        var local = Starts[dice.Next(Starts.Length)].AddMinutes(dice.Next(4) == 0 ? 24 * 60 - 3 : dice.Next(6 * 60, 22 * 60));
        var start = new DateTimeOffset(local, TimeSpan.Zero).Add(-zone.BaseUtcOffset);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        return new(seed, zone, start, StockOf(dice, today), StepsOf(dice, seed % RushEvery == 0));
    }

    /// <summary>The same with these steps only, for finding out which of them matter.</summary>
    public Plan With(IEnumerable<Step> steps) => this with { Steps = [.. steps] };

    private static List<OpeningLot> StockOf(Random dice, DateOnly today)
    {
        var lots = new List<OpeningLot>();
        foreach (
            var (material, most, bulk) in new[]
            {
                ("WOOD", 50, false),
                ("TELA", 35, false),
                ("HILO", 12, false),
                ("FOAM", 6, false),
                ("SEAT", 8, false),
                ("BOTON", 150, true),
                ("SCREW", 80, true),
            }
        )
            for (var i = 0; i < (bulk ? 1 : dice.Next(1, 4)); i++)
                lots.Add(
                    new(
                        bulk ? material + "@BOD" : $"{material}-{i}",
                        material,
                        dice.Next(1, most + 1),
                        bulk || dice.Next(3) == 0
                            ? null
                            : today.AddDays(dice.Next(0, 3) == 0 ? dice.Next(0, 4) : dice.Next(10, 40)),
                        dice.Next(6) == 0 && !bulk ? "WIP" : "BOD"
                    )
                );
        return lots;
    }

    private static List<Step> StepsOf(Random dice, bool rush)
    {
        // Every seed has its favourites: what is done all the time in one plant is never done in another.
        var wheel = new List<(string What, int Upto)>();
        var sum = 0;
        foreach (
            var (what, weight) in Catalogue
                .All.Select(c => (c.Key, c.Value.Weight))
                .Concat(Acts.All.Select(a => (a.Key, a.Value)))
                .Concat(rush ? [(Acts.RushHour, 6)] : [])
        )
            wheel.Add((what, sum += weight * new[] { 0, 1, 1, 3 }[dice.Next(4)]));
        var steps = new List<Step>();
        var days = dice.Next(1, 4);
        for (var day = 0; day < days; day++)
        {
            for (var n = dice.Next(8, 26); n > 0; n--)
            {
                var roll = dice.Next(sum);
                var what = wheel.First(w => roll < w.Upto).What;
                steps.Add(new(steps.Count, what, Catalogue.All.ContainsKey(what) ? StrikeOf(dice) : null, dice.Next(40) == 0));
            }

            steps.Add(new(steps.Count, Acts.Evening));
        }

        return steps;
    }

    private static Strike? StrikeOf(Random dice)
    {
        if (dice.Next(6) > 0)
            return null;
        var onCommit = dice.Next(3) > 0;
        var blow = (Blow)dice.Next(4);
        return new(
            onCommit ? blow
                : blow == Blow.Late ? Blow.Lost
                : blow,
            onCommit,
            onCommit ? 0 : dice.Next(8),
            dice.Next(5) < 2
        );
    }
}
