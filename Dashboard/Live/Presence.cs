using Microsoft.AspNetCore.SignalR;

namespace Manufactura.Dashboard.Live;

/// <summary>Where somebody is in a matrix.</summary>
public sealed record PresenceCell(string User, string X, string Y);

/// <summary>Who is in which cell of which order, in this process; gone with the connection.</summary>
public sealed class Presence
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<string, PresenceCell>> orders = new(StringComparer.Ordinal);

    /// <summary>Puts a connection into a cell; it is in one cell of an order at a time.</summary>
    public IReadOnlyList<PresenceCell> Focus(string order, string connection, PresenceCell cell)
    {
        lock (gate)
        {
            if (!orders.TryGetValue(order, out var people))
                orders[order] = people = new(StringComparer.Ordinal);
            people[connection] = cell;
            return [.. people.Values];
        }
    }

    /// <summary>Who is left; null when the connection was not there.</summary>
    public IReadOnlyList<PresenceCell>? Blur(string order, string connection)
    {
        lock (gate)
        {
            if (!orders.TryGetValue(order, out var people) || !people.Remove(connection))
                return null;
            if (people.Count == 0)
                orders.Remove(order);
            return [.. people.Values];
        }
    }

    /// <summary>Takes a closed connection out of every order; answers the orders it was in, with who is left.</summary>
    public IReadOnlyList<(string Order, IReadOnlyList<PresenceCell> Left)> Leave(string connection)
    {
        lock (gate)
        {
            string[] was = [.. orders.Where(o => o.Value.ContainsKey(connection)).Select(o => o.Key)];
            return [.. was.Select(o => (o, Blur(o, connection)!))];
        }
    }

    public IReadOnlyList<PresenceCell> In(string order)
    {
        lock (gate)
            return orders.TryGetValue(order, out var people) ? [.. people.Values] : [];
    }
}
