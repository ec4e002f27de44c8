using Manufactura.Plant.Simulation.Stage;
using Manufactura.Storage.Feeds;

namespace Manufactura.Plant.Simulation.Clients;

/// <summary>
/// A screen that was there from the beginning. When its host goes down it turns to the next one and asks for what it missed.
/// </summary>
internal sealed class Subscriber
{
    private readonly List<PlantEvent> heard = [];
    private FeedSubscription? subscription;

    /// <summary>Everything heard so far, as it came.</summary>
    public IReadOnlyList<PlantEvent> Heard => heard;

    private long Last => heard.Count == 0 ? 0 : heard[^1].Id;

    /// <summary>Subscribes first and then reads what it missed, so that nothing falls in between.</summary>
    public async Task TurnToAsync(SimHost host)
    {
        Listen();
        subscription = host.Feed.Subscribe();
        while (await host.Feed.ReadAfterAsync(Last) is { Events: { Count: > 0 } missed })
            heard.AddRange(missed);
    }

    /// <summary>Takes what has come in.</summary>
    public void Listen()
    {
        var missed = Last;
        while (subscription?.TryRead(out var e) == true)
            // What was read while subscribing comes once more.
            if (e.Id > missed)
                heard.Add(e);
        if (subscription?.Overflowed == true)
            throw new BrokenPlantException("A subscriber was cut off.");
    }
}
