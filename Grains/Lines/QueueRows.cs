using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Lines;

/// <summary>
/// The open orders of a line in sequence, with the sums that a load is made of. A change costs a search and what it moves in
/// memory; sums along the queue are kept up to where it last changed, so that nothing is added up twice.
/// </summary>
internal sealed class QueueRows
{
    private readonly List<QueueRow> rows;

    // The sums up to and with each row, as far as they are known.
    private readonly List<(decimal Kg, decimal Units)> sums = [];

    public QueueRows(IEnumerable<QueueRow> orders)
    {
        rows = [.. orders];
        rows.Sort(BySequence.Instance);
        foreach (var row in rows)
            Count(row, 1);
    }

    /// <summary>In sequence.</summary>
    public IReadOnlyList<QueueRow> InSequence => rows;

    /// <summary>Kilograms outstanding of all orders.</summary>
    public decimal Kg { get; private set; }

    /// <summary>Units outstanding of all orders.</summary>
    public decimal Units { get; private set; }

    public void Add(QueueRow row)
    {
        var at = rows.BinarySearch(row, BySequence.Instance);
        rows.Insert(at < 0 ? ~at : at, row);
        Forget(at < 0 ? ~at : at);
        Count(row, 1);
    }

    public void Remove(QueueRow row)
    {
        var at = rows.BinarySearch(row, BySequence.Instance);
        rows.RemoveAt(at);
        Forget(at);
        Count(row, -1);
    }

    /// <summary>Units of the first so many kilograms of the queue; of an order cut by them, its share.</summary>
    public decimal UnitsOf(decimal kg)
    {
        while (sums.Count < rows.Count && (sums.Count == 0 || sums[^1].Kg <= kg))
            Sum(rows[sums.Count]);
        var (low, high) = (0, sums.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sums[middle].Kg > kg)
                high = middle;
            else
                low = middle + 1;
        }

        var before = low > 0 ? sums[low - 1] : default;
        if (low == sums.Count)
            return before.Units;
        var row = rows[low];
        return before.Units + (kg - before.Kg) / row.Kg * row.Outstanding;
    }

    private void Sum(QueueRow row)
    {
        var (kg, units) = sums.Count > 0 ? sums[^1] : default;
        sums.Add((kg + row.Kg, units + row.Outstanding));
    }

    private void Forget(int from)
    {
        if (sums.Count > from)
            sums.RemoveRange(from, sums.Count - from);
    }

    private void Count(QueueRow row, int sign)
    {
        Kg += sign * row.Kg;
        Units += sign * row.Outstanding;
    }

    /// <summary>By place; those without one stand behind, by age.</summary>
    private sealed class BySequence : IComparer<QueueRow>
    {
        public static readonly BySequence Instance = new();

        public int Compare(QueueRow? x, QueueRow? y)
        {
            var byPlace = (x!.Position ?? decimal.MaxValue).CompareTo(y!.Position ?? decimal.MaxValue);
            return byPlace != 0 ? byPlace : x.Id.CompareTo(y.Id);
        }
    }
}
