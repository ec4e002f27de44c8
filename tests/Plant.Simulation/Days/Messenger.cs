using System.Diagnostics;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;
using Manufactura.Storage;
using Npgsql;

namespace Manufactura.Plant.Simulation.Days;

/// <summary>
/// Brings commands to the plant as a patient client does: what got no answer is sent again, with the same key, until it has one.
/// </summary>
internal sealed class Messenger(Hosts hosts, PlantTime time)
{
    private const int MostTries = 12;

    /// <summary>Real time after which somebody is thought to wait for the plant's time to pass: a hold that nobody ended.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(3);

    /// <summary>Longer than a hold lasts.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(11);

    public async Task<Told> SendAsync(Command command, string actor, string key, Random dice, Step? step = null)
    {
        for (var tries = 1; ; tries++)
        {
            var host = hosts.Any(dice);
            if (tries == 1)
                Threaten(host, step);
            try
            {
                return await AnswerAsync(command.Send(host, command.Context(actor, key)), host);
            }
            catch (Exception e) when (MayFail(e, host, tries == 1 && step is { Refused: true }) && tries < MostTries)
            {
                hosts.Shaken = true;
            }
            finally
            {
                host.Wire.Refusing = false;
                if (host.Wire.Struck)
                    hosts.Shaken = true;
                if (tries == 1 && step is not null)
                    host.Wire.Disarm();
                if (host.Death.IsCompleted)
                    await hosts.BuryAsync(host);
            }
        }
    }

    private static void Threaten(SimHost host, Step? step)
    {
        if (step?.Strike is { } strike)
            host.Wire.Arm(strike);
        if (step is { Refused: true })
        {
            host.Wire.Refusing = true;
            host.Wire.Cut();
        }
    }

    /// <summary>A command fails only where something was done to its host; what the database says then is no secret either.</summary>
    private bool MayFail(Exception e, SimHost host, bool refused) =>
        e is HostDiedException
        || (
            (hosts.Shaken || refused || host.Wire.Struck)
            && e is PlantUnavailableException or NpgsqlException or TimeoutException or IOException
        );

    private async Task<Told> AnswerAsync(Task<Told> answer, SimHost host)
    {
        var started = Stopwatch.GetTimestamp();
        for (var waits = 1; waits < 10; waits++)
        {
            await Task.WhenAny(answer, host.Death, Task.Delay(Impatience));
            if (host.Death.IsCompleted)
            {
                _ = answer.ContinueWith(t => t.Exception, TaskContinuationOptions.OnlyOnFaulted);
                throw new HostDiedException();
            }

            if (answer.IsCompleted)
                return await answer;
            time.Move(Wait);
        }

        throw new BrokenPlantException($"No answer after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s.");
    }

    private sealed class HostDiedException() : Exception("The host died.");
}
