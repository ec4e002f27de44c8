using System.Collections.Immutable;

namespace Manufactura.Domain.Lines;

/// <summary>An order and its place in a line's queue; null stands behind all that have one.</summary>
public sealed record QueuePlace(string Number, decimal? Position);

/// <summary>
/// Where in a queue: before an order, at its end, or (neither) at its beginning. Named by neighbour and not by number of place, so
/// that two people who move different orders at once both get what they wanted.
/// </summary>
public sealed record QueueTarget(string? Before = null, bool Last = false)
{
    public static readonly QueueTarget First = new();
}

/// <summary>
/// Another sequence of a line's queue with as few changed places as possible: an order that is moved gets a place between its new
/// neighbours, so that nobody else's row is written.
/// </summary>
public static class LineSequence
{
    /// <summary>Decimals that a place has.</summary>
    public const int Precision = 6;

    /// <param name="queue">The queue as it stands, in its order.</param>
    /// <param name="moved">These go to where they are wanted, in this order; all others keep theirs.</param>
    /// <param name="to">Where they are wanted.</param>
    /// <returns>The places that change; no two orders get the same.</returns>
    public static Decision<ImmutableArray<QueuePlace>> Decide(
        IReadOnlyList<QueuePlace> queue,
        IReadOnlyList<string> moved,
        QueueTarget to
    )
    {
        var places = queue.ToDictionary(q => q.Number, q => q.Position, StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in moved.Concat(to.Before is { } before ? [before] : []))
        {
            if (!places.ContainsKey(number))
                return Refusal.State(
                    $"La orden {number} ya no está en la cola de la línea.",
                    $"Order {number} is no longer in the line's queue."
                );
            if (!named.Add(number))
                return Refusal.Validation($"La orden {number} aparece dos veces.", $"Order {number} is named twice.");
        }

        var going = new HashSet<string>(moved, StringComparer.Ordinal);
        var next = queue.Where(q => !going.Contains(q.Number)).ToList();
        var at =
            to.Before is not null ? next.FindIndex(q => q.Number == to.Before)
            : to.Last ? next.Count
            : 0;
        next.InsertRange(at, moved.Select(n => new QueuePlace(n, places[n])));
        var placed = Place([.. next]);
        return placed.Where(p => places[p.Number] != p.Position).ToImmutableArray();
    }

    private static QueuePlace[] Place(QueuePlace[] next)
    {
        var stays = Rising(next);
        var placed = (QueuePlace[])next.Clone();
        for (var i = 0; i < next.Length; )
        {
            if (stays[i])
            {
                i++;
                continue;
            }

            var end = i;
            while (end < next.Length && !stays[end])
                end++;
            decimal? before = i > 0 ? placed[i - 1].Position : null;
            decimal? after = end < next.Length ? next[end].Position : null;
            for (var k = i; k < end; k++)
                placed[k] = next[k] with { Position = Between(before, after, k - i + 1, end - i) };
            i = end;
        }

        // Where there is no room left between two neighbours, or a place is still held by one that moves, the whole queue goes to
        // new places behind all that were ever held: rows are checked one by one as they are written.
        var held = next.Select(q => q.Position).OfType<decimal>().ToHashSet();
        for (var i = 0; i < placed.Length; i++)
            if (
                (i > 0 && placed[i].Position <= placed[i - 1].Position) || (!stays[i] && held.Contains(placed[i].Position!.Value))
            )
            {
                var behind = LineQueue.NextPosition(next.Select(q => q.Position));
                return [.. next.Select((q, n) => q with { Position = behind + n })];
            }

        return placed;
    }

    private static decimal Between(decimal? before, decimal? after, int nth, int count) =>
        (before, after) switch
        {
            ({ } b, { } a) => decimal.Round(b + (a - b) * nth / (count + 1), Precision).Plain(),
            ({ } b, null) => Math.Floor(b) + nth,
            (null, { } a) => Math.Ceiling(a) - (count - nth + 1),
            _ => nth,
        };

    /// <summary>The longest rising run of places: the orders that need not move.</summary>
    private static bool[] Rising(QueuePlace[] next)
    {
        var ends = new List<int>();
        var previous = new int[next.Length];
        for (var i = 0; i < next.Length; i++)
        {
            previous[i] = -1;
            if (next[i].Position is not { } place)
                continue;
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (next[ends[middle]].Position < place)
                    low = middle + 1;
                else
                    high = middle;
            }

            previous[i] = low > 0 ? ends[low - 1] : -1;
            if (low == ends.Count)
                ends.Add(i);
            else
                ends[low] = i;
        }

        var stays = new bool[next.Length];
        for (var i = ends.Count > 0 ? ends[^1] : -1; i >= 0; i = previous[i])
            stays[i] = true;
        return stays;
    }
}
