namespace Manufactura.Dashboard.Live;

/// <summary>Where somebody is in a matrix.</summary>
public sealed record PresenceCell(string User, string X, string Y);

/// <summary>Who is in which cell of which order, in this process; gone with the connection.</summary>
public sealed class Presence
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<string, PresenceCell>> orders = new(StringComparer.Ordinal);
    private HashSet<string> changed = new(StringComparer.Ordinal);
    private TaskCompletionSource news = NewSignal();

    /// <summary>Puts a connection into a cell; it is in one cell of an order at a time.</summary>
    public void Focus(string order, string connection, PresenceCell cell)
    {
        lock (gate)
        {
            if (!orders.TryGetValue(order, out var people))
                orders[order] = people = new(StringComparer.Ordinal);
            people[connection] = cell;
            Mark(order);
        }
    }

    /// <summary>Takes a connection out of an order; nothing where it was in none of its cells.</summary>
    public void Blur(string order, string connection)
    {
        lock (gate)
        {
            if (!orders.TryGetValue(order, out var people) || !people.Remove(connection))
                return;
            if (people.Count == 0)
                orders.Remove(order);
            Mark(order);
        }
    }

    /// <summary>Takes a closed connection out of every order.</summary>
    public void Leave(string connection)
    {
        lock (gate)
            foreach (var order in orders.Where(o => o.Value.ContainsKey(connection)).Select(o => o.Key).ToArray())
                Blur(order, connection);
    }

    /// <summary>Who is in an order's matrix.</summary>
    public IReadOnlyList<PresenceCell> In(string order)
    {
        lock (gate)
            return orders.TryGetValue(order, out var people) ? [.. people.Values] : [];
    }

    /// <summary>Waits until somebody has moved, and answers in which orders.</summary>
    public async Task<IReadOnlyCollection<string>> ChangedAsync(CancellationToken ct)
    {
        Task come;
        lock (gate)
            come = news.Task;
        await come.WaitAsync(ct);
        lock (gate)
        {
            var orders = changed;
            (changed, news) = (new(StringComparer.Ordinal), NewSignal());
            return orders;
        }
    }

    private void Mark(string order)
    {
        changed.Add(order);
        news.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Tells who is where, some times a second per order: only the last place counts, and twenty people who move through a matrix that two
/// hundred screens watch would otherwise be more messages than their edits.
/// </summary>
public sealed class PresenceTeller(Presence presence, PlantConnections connections, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var order in await presence.ChangedAsync(stoppingToken))
                connections.Tell(order, presence.In(order));
            await Task.Delay(Gather, time, stoppingToken);
        }
    }
}
