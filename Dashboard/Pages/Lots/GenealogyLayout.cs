using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Lots;

/// <summary>A node's place in the drawing: column 0 is the lot or order in question, those before it to the left.</summary>
public sealed record PlacedNode(TraceNode Node, string Key, int Column, int Row);

/// <summary>
/// Lays a genealogy out in columns, from what it was made of on the left to what was made of it on the right. A node stands as far out as
/// its longest way, so that every link leads to the right; within a column, near those it is linked with.
/// </summary>
public sealed class GenealogyLayout
{
    /// <summary>Nodes drawn per direction; beyond that a drawing tells less than a list.</summary>
    public const int MaxNodes = 90;

    private GenealogyLayout(IReadOnlyList<PlacedNode> nodes, IReadOnlyList<TraceLink> links, int hidden) =>
        (Nodes, Links, Hidden) = (nodes, links, hidden);

    public IReadOnlyList<PlacedNode> Nodes { get; }

    public IReadOnlyList<TraceLink> Links { get; }

    /// <summary>Nodes that found no room.</summary>
    public int Hidden { get; }

    public int FirstColumn => Nodes.Min(n => n.Column);

    public int Columns => Nodes.Max(n => n.Column) - FirstColumn + 1;

    public int Rows => Nodes.Max(n => n.Row) + 1;

    /// <param name="focus">The node in question: <c>lot:</c> or <c>order:</c> and its code.</param>
    public static GenealogyLayout Of(string focus, Trace back, Trace forward)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal) { [focus] = 0 };
        var hidden = Place(columns, focus, back.Links, l => l.To, l => l.From, -1);
        hidden += Place(columns, focus, forward.Links, l => l.From, l => l.To, 1);
        var known = back
            .Nodes.Concat(forward.Nodes)
            .GroupBy(n => $"{n.Type}:{n.Code}", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        TraceLink[] links =
        [
            .. back
                .Links.Concat(forward.Links)
                .Where(l => columns.ContainsKey(l.From) && columns.ContainsKey(l.To))
                .DistinctBy(l => (l.From, l.To)),
        ];
        return new(Arrange(columns, known, links), links, hidden);
    }

    private static int Place(
        Dictionary<string, int> columns,
        string focus,
        IReadOnlyList<TraceLink> links,
        Func<TraceLink, string> near,
        Func<TraceLink, string> far,
        int step
    )
    {
        var byNear = links.ToLookup(near, far, StringComparer.Ordinal);
        var side = new Dictionary<string, int>(StringComparer.Ordinal) { [focus] = 0 };
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var wave = new List<string> { focus };
        // Nothing is made of itself; the bound only keeps a damaged ledger from going round.
        for (var column = step; wave.Count > 0 && Math.Abs(column) <= 40; column += step)
        {
            var next = new HashSet<string>(StringComparer.Ordinal);
            foreach (var node in wave.SelectMany(n => byNear[n]))
                if (side.ContainsKey(node) || side.Count <= MaxNodes)
                    (side[node], _) = (column, next.Add(node));
                else
                    hidden.Add(node);
            wave = [.. next];
        }

        side.Remove(focus);
        foreach (var (node, column) in side)
            columns[node] = column;
        return hidden.Count;
    }

    private static List<PlacedNode> Arrange(
        Dictionary<string, int> columns,
        Dictionary<string, TraceNode> known,
        TraceLink[] links
    )
    {
        var neighbours = links
            .SelectMany(l => new[] { (l.From, l.To), (From: l.To, To: l.From) })
            .ToLookup(l => l.Item1, l => l.Item2, StringComparer.Ordinal);
        var rows = new Dictionary<string, double>(StringComparer.Ordinal);
        var placed = new List<PlacedNode>();
        var tallest = columns.Values.GroupBy(c => c).Max(g => g.Count());
        foreach (var column in columns.Where(c => known.ContainsKey(c.Key)).GroupBy(c => c.Value).OrderBy(g => Math.Abs(g.Key)))
        {
            var keys = column
                .Select(c => c.Key)
                .OrderBy(k => neighbours[k].Where(rows.ContainsKey).Select(n => rows[n]).DefaultIfEmpty(0).Average())
                .ThenBy(k => k, StringComparer.Ordinal)
                .ToArray();
            // In the middle of its neighbours, yet never so far down that the lot in question is not seen at once.
            var top = Math.Min((tallest - keys.Length) / 2, 4);
            for (var i = 0; i < keys.Length; i++)
            {
                rows[keys[i]] = top + i;
                placed.Add(new(known[keys[i]], keys[i], column.Key, top + i));
            }
        }

        return placed;
    }
}
