namespace Manufactura.Plant.Simulation.Clients;

/// <summary>One command and what its client was told in the end, however often it had to ask.</summary>
/// <param name="Step">The step, and where it has several commands which; what it leaves behind is marked so, after an s.</param>
internal sealed record Entry(string Step, string Actor, string Key, Command Command, Told Told);

/// <summary>All that clients were told.</summary>
internal sealed class Ledger
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];

    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (gate)
                return [.. entries];
        }
    }

    public void Add(Entry entry)
    {
        lock (gate)
            entries.Add(entry);
    }
}
