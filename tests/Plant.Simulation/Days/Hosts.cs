using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Days;

/// <summary>
/// The hosts of one plant: one, or for a while two that know nothing of each other. Readers of the feed are held between rests, so that
/// what a command finds does not depend on how fast they are.
/// </summary>
internal sealed class Hosts(PlantDatabase database, PlantTime time, HostLog log) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<Task> leaving = [];
    private readonly Subscriber screen = new();
    private readonly Quiet quiet = new(database, time);
    private volatile SimHost[] alive = [];
    private SimHost? screened;

    public IReadOnlyList<SimHost> Alive => alive;

    public Subscriber Screen => screen;

    /// <summary>Whether somebody lost a connection since the last rest, so that a command may fail and be sent again.</summary>
    public bool Shaken { get; set; }

    public SimHost Any(Random dice)
    {
        var all = alive;
        return all[dice.Next(all.Length)];
    }

    public async Task AddAsync()
    {
        alive = [.. alive, await SimHost.StartAsync(database, time, log, null)];
        if (screened is null)
            await TurnScreenAsync();
    }

    /// <summary>The host is dead, or is made so; another one takes its place unless one is left.</summary>
    public async Task BuryAsync(SimHost host)
    {
        await turn.WaitAsync();
        try
        {
            if (!alive.Contains(host))
                return;
            host.Wire.Die();
            Shaken = true;
            leaving.Add(host.DisposeAsync().AsTask());
            if (alive.Length == 1)
                alive = [await SimHost.StartAsync(database, time, log, host.Wire)];
            else
            {
                alive = [.. alive.Where(h => h != host)];
                alive[0].Wire.Overdue = host.Wire;
            }

            if (screened == host)
                await TurnScreenAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A second host comes, or the first one goes in order.</summary>
    public async Task TurnSecondAsync()
    {
        if (alive.Length == 1)
        {
            await AddAsync();
            return;
        }

        var going = alive[0];
        screen.Listen();
        alive = [alive[1]];
        leaving.Add(going.DisposeAsync().AsTask());
        if (screened == going)
            await TurnScreenAsync();
    }

    /// <summary>Everything that follows follows, and what was late arrives.</summary>
    public async Task RestAsync()
    {
        foreach (var host in alive)
        {
            await host.Wire.OverdueArrivesAsync();
            host.Wire.Disarm();
            host.Wire.LetFeedGo();
        }

        await quiet.ComeAsync(alive);
        screen.Listen();
        Hold();
        Shaken = false;
    }

    public void LetFeedGo()
    {
        foreach (var host in alive)
            host.Wire.LetFeedGo();
    }

    public void Hold()
    {
        foreach (var host in alive)
            host.Wire.HoldFeed();
    }

    public async ValueTask DisposeAsync()
    {
        leaving.AddRange(alive.Select(h => h.DisposeAsync().AsTask()));
        alive = [];
        await Task.WhenAll(leaving);
        turn.Dispose();
    }

    private async Task TurnScreenAsync()
    {
        screened = alive[0];
        for (var tries = 1; ; tries++)
        {
            try
            {
                await screen.TurnToAsync(screened);
                return;
            }
            catch (Exception e) when (e is not BrokenPlantException && tries < 10)
            {
                // A screen asks again.
            }
        }
    }
}
