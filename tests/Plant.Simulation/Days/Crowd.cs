using System.Diagnostics;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Commands;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Days;

/// <summary>Several people at once.</summary>
internal sealed class Crowd(Hosts hosts, Messenger messenger, Ledger ledger, Func<Random, string, Desk> desk) : IDisposable
{
    public void Dispose() => thinking.Dispose();

    private static readonly string[] People = ["ana", "beto", "carla", "diego"];

    private readonly SemaphoreSlim thinking = new(1, 1);

    /// <summary>How long a command may take to come to the door of the commit log before it counts as waiting for another.</summary>
    private static readonly TimeSpan Meeting = TimeSpan.FromMilliseconds(30);

    /// <summary>
    /// A few commands, each decided before any is written: every one comes as far as the door of the commit log, or to where it has to
    /// wait for another; then all are let in, in an order of the seed's.
    /// </summary>
    public async Task<string> TogetherAsync(Step step, int seed, Random dice)
    {
        var commands = new List<(Command Command, string Actor, string Key)>();
        for (var i = dice.Next(2, 5); i > 0; i--)
            if (await ThinkAsync(dice, $"{step.Index}-{i}") is { } command)
                commands.Add((command, People[i % People.Length], $"{seed}-{step.Index}-{i}"));
        return await MeetAsync(step, commands, dice);
    }

    /// <summary>One command sent twice at the same moment, as by a double click, perhaps to two hosts.</summary>
    public async Task<string> TwinsAsync(Step step, int seed, Random dice)
    {
        if (await ThinkAsync(dice, $"{step.Index}-1") is not { } command)
            return "nothing to do";
        var one = (command, People[step.Index % People.Length], $"{seed}-{step.Index}-1");
        return await MeetAsync(step, [one, one], dice);
    }

    /// <summary>Everybody works at the same time and the feed is read all along. Who is first is nobody's to say.</summary>
    public async Task<string> RushAsync(Step step, int seed, Random dice)
    {
        hosts.LetFeedGo();
        if (dice.Next(2) == 0)
            hosts.Any(dice).Wire.Arm(new((Blow)dice.Next(4), OnCommit: true, dice.Next(12), Dies: dice.Next(2) == 0));
        var done = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async person =>
                {
                    var own = new Random(dice.Next());
                    for (var i = 0; i < 5; i++)
                    {
                        var key = $"{step.Index}-{person}-{i}";
                        await thinking.WaitAsync();
                        Command? command;
                        try
                        {
                            command = await ThinkAsync(own, key);
                        }
                        finally
                        {
                            thinking.Release();
                        }

                        if (command is null)
                            continue;
                        var told = await messenger.SendAsync(command, People[person], $"{seed}-{key}", own);
                        ledger.Add(new(key, People[person], $"{seed}-{key}", command, told));
                        Interlocked.Increment(ref done);
                    }
                })
        );
        await hosts.RestAsync();
        return $"{done} commands";
    }

    private async Task<Command?> ThinkAsync(Random dice, string mark)
    {
        for (var tries = 0; tries < 6; tries++)
        {
            var idea = Catalogue.All.ElementAt(dice.Next(Catalogue.All.Count)).Value.Idea;
            if (await idea(desk(dice, "s" + mark)) is { } command)
                return command;
        }

        return null;
    }

    private async Task<string> MeetAsync(Step step, List<(Command Command, string Actor, string Key)> commands, Random dice)
    {
        var gates = hosts.Alive.Select(h => h.Gate).ToArray();
        var sent = new List<Task<Told>>();
        foreach (var gate in gates)
            gate.Shut();
        foreach (var (command, actor, key) in commands)
        {
            var before = gates.Sum(g => g.Waiting);
            var answer = messenger.SendAsync(command, actor, key, dice);
            sent.Add(answer);
            var started = Stopwatch.GetTimestamp();
            while (!answer.IsCompleted && gates.Sum(g => g.Waiting) == before && Stopwatch.GetElapsedTime(started) < Meeting)
                await Task.Delay(1);
        }

        foreach (var gate in gates)
            gate.Open(n => Enumerable.Range(0, n).OrderBy(_ => dice.Next()));
        var told = await Task.WhenAll(sent);
        for (var i = 0; i < commands.Count; i++)
        {
            var (command, actor, key) = commands[i];
            if (ledger.Entries.FirstOrDefault(e => e.Key == key) is not { } twin)
                ledger.Add(new(key[(key.IndexOf('-', StringComparison.Ordinal) + 1)..], actor, key, command, told[i]));
            else if (told[i].Json != twin.Told.Json && command.AnswersTheSame)
                throw new BrokenPlantException(
                    $"{command} sent twice at once: {twin.Told} {twin.Told.Json}, {told[i]} {told[i].Json}"
                );
        }

        return string.Join(" & ", commands.Select((c, i) => $"{c.Actor} {c.Command}: {told[i]}"));
    }
}
