using Manufactura.Plant.Simulation.Checks;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Commands;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Days;

/// <summary>Carries a plan out, step by step, and looks at the books every evening.</summary>
internal sealed class Day : IAsyncDisposable
{
    private static readonly string[] People = ["ana", "beto", "carla", "diego"];

    private readonly PlantDatabase database;
    private readonly Plan plan;
    private readonly PlantTime time;
    private readonly HostLog log = new();
    private readonly Hosts hosts;
    private readonly Messenger messenger;
    private readonly Crowd crowd;
    private readonly Evening evening;
    private readonly Ledger ledger = new();
    private readonly List<string> diary = [];

    public Day(PlantDatabase database, Plan plan)
    {
        (this.database, this.plan) = (database, plan);
        time = new(plan.Start, plan.Zone);
        hosts = new(database, time, log);
        messenger = new(hosts, time);
        crowd = new(hosts, messenger, ledger, (dice, mark) => new(dice, mark, database.Own, time));
        evening = new(database, plan, time, ledger, hosts, log);
    }

    /// <summary>What was done and what was answered, one line each.</summary>
    public IReadOnlyList<string> Diary => diary;

    /// <summary>How many commands were answered.</summary>
    public int Commands => ledger.Entries.Count;

    public async Task RunAsync()
    {
        await database.OpenPlantAsync(plan.Stock, time.Now);
        await hosts.AddAsync();
        foreach (var step in plan.Steps)
        {
            time.Slip(TimeSpan.FromMilliseconds(7));
            try
            {
                diary.Add($"{step}: {await CarryOutAsync(step, new Random(HashCode(plan.Seed, step.Index)))}");
            }
            catch (Exception e)
            {
                diary.Add($"{step}: {e.Message}");
                throw;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        crowd.Dispose();
        return hosts.DisposeAsync();
    }

    private async Task<string> CarryOutAsync(Step step, Random dice)
    {
        if (Catalogue.All.TryGetValue(step.What, out var kind))
            return await OneAsync(step, kind.Idea, dice);
        switch (step.What)
        {
            case Acts.Rest:
                await hosts.RestAsync();
                return "";
            case Acts.Evening:
                await hosts.RestAsync();
                await evening.LookAsync();
                return $"{ledger.Entries.Count} commands";
            case Acts.HostDies:
                await hosts.BuryAsync(hosts.Any(dice));
                return "";
            case Acts.ConnectionsBreak:
                hosts.Any(dice).Wire.Cut();
                hosts.Shaken = true;
                return "";
            case Acts.FeedBreaks:
                hosts.Any(dice).Wire.CutFeed();
                return "";
            case Acts.SecondHost:
                await hosts.TurnSecondAsync();
                return $"{hosts.Alive.Count} hosts";
            case Acts.Again:
                return await AgainAsync(dice);
            case Acts.Together:
                return await crowd.TogetherAsync(step, plan.Seed, dice);
            case Acts.Twins:
                return await crowd.TwinsAsync(step, plan.Seed, dice);
            case Acts.RushHour:
                return await crowd.RushAsync(step, plan.Seed, dice);
            case Acts.ExpiryPass:
                return await Clockwork.PassAsync(hosts, time, dice);
            default:
                Clockwork.Turn(step.What, time, dice);
                await hosts.RestAsync();
                return $"{TimeZoneInfo.ConvertTime(time.Now, plan.Zone):yyyy-MM-dd HH:mm zzz}";
        }
    }

    private async Task<string> OneAsync(Step step, Idea idea, Random dice)
    {
        if (await idea(new(dice, $"s{step.Index}", database.Own, time)) is not { } command)
            return "nothing to do";
        var (actor, key) = (People[step.Index % People.Length], $"{plan.Seed}-{step.Index}");
        var before = await evening.FingerprintAsync();
        var told = await messenger.SendAsync(command, actor, key, dice, step);
        ledger.Add(new($"{step.Index}", actor, key, command, told));
        if (!told.Accepted && step is { Strike: null, Refused: false } && before != await evening.FingerprintAsync())
            throw new BrokenPlantException($"{command} was refused ({told.Problem!.Code}) and yet changed something.");
        if (told.Problem?.Code == "busy")
            throw new BrokenPlantException($"{command} was told that somebody else was faster, and there was nobody.");
        if (told.Accepted && dice.Next(3) == 0)
            await RepeatAsync(ledger.Entries[^1], dice);
        return $"{actor} {command}: {told}";
    }

    /// <summary>A command from long ago once more.</summary>
    private async Task<string> AgainAsync(Random dice)
    {
        var done = ledger.Entries.Where(e => e.Told.Accepted).ToArray();
        if (done.Length == 0)
            return "nothing to repeat";
        var entry = done[dice.Next(done.Length)];
        await RepeatAsync(entry, dice);
        return $"step {entry.Step}";
    }

    private async Task RepeatAsync(Entry entry, Random dice)
    {
        var before = await evening.FingerprintAsync();
        var again = await messenger.SendAsync(entry.Command, entry.Actor, entry.Key, dice);
        if (!again.Accepted || (entry.Command.AnswersTheSame && again.Json != entry.Told.Json))
            throw new BrokenPlantException(
                $"{entry.Command} repeated was answered otherwise: {again} {again.Json} instead of {entry.Told.Json}"
            );
        if (before != await evening.FingerprintAsync())
            throw new BrokenPlantException($"{entry.Command} repeated changed something.");
    }

    /// <summary>The same in every process, unlike the framework's own.</summary>
    private static int HashCode(int seed, int step) => unchecked((seed * 16777619) ^ (step * 486187739) ^ (step << 7));
}
