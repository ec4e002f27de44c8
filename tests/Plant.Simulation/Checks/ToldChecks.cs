using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;
using Npgsql;

namespace Manufactura.Plant.Simulation.Checks;

/// <summary>Compares what every client was told with what the database holds.</summary>
internal sealed class ToldChecks(NpgsqlConnection books, Ledger ledger, IEnumerable<string> openingLots)
{
    private readonly List<string> broken = [];

    public async Task<IEnumerable<string>> LookAsync()
    {
        await AnswersAsync();
        await MadeAsync("Order", "select number from production_order", m => m.Orders, []);
        await MadeAsync("Lot", "select code from lot", m => m.Lots, openingLots);
        await MadeAsync("Sale", "select number from sales_order", m => m.Sales, []);
        // What a sale loses with a lot is asked of the supplier by itself.
        await MadeAsync("Requisition", "select number from requisition where created_by <> 'system'", m => m.Requisitions, []);
        await MadeAsync("Entry", "select number from journal_entry", m => m.Entries, []);
        await MarksAsync("/adjust", "select reason from inventory_movement where type like 'ADJUSTMENT%'");
        await MarksAsync("/scrap", "select reason from inventory_movement where type = 'SCRAP_OUT'");
        await MarksAsync("/Release", "select note from lot_inspection where decision = 'release'");
        await MarksAsync("/Reject", "select note from lot_inspection where decision = 'reject'");
        await MarksAsync("/Keep", "select note from lot_inspection where decision = 'keep'");
        await MarksAsync(
            "POST orders",
            "select observations from production_order where kind = 'main' and observations is not null"
        );
        await MarksAsync("/acknowledge", "select note from alert where acknowledged_at is not null");
        return broken;
    }

    /// <summary>An acknowledged command is there exactly once, with the answer that was given; a refused one is not.</summary>
    private async Task AnswersAsync()
    {
        var stored = (
            await books.ListAsync(
                "select actor, call, key, answer from command",
                r => (Key: (r.GetString(0), r.GetString(1), r.GetString(2)), Answer: r.GetString(3))
            )
        ).ToDictionary(r => r.Key, r => r.Answer);
        foreach (var entry in ledger.Entries)
        {
            var there = stored.Remove((entry.Actor, entry.Command.Call, entry.Key), out var answer);
            if (there != entry.Told.Accepted)
                broken.Add($"Step {entry.Step} {entry.Command}: {entry.Told}, but {(there ? "" : "not ")}in the books.");
            else if (there && entry.Command.AnswersTheSame && answer != entry.Told.Json)
                broken.Add($"Step {entry.Step} {entry.Command}: told {entry.Told.Json}, stored {answer}");
        }

        broken.AddRange(stored.Keys.Select(k => $"Command {k} is in the books, and nobody gave it."));
    }

    /// <summary>What somebody was told had come into being is there, and nothing is there that nobody was told of.</summary>
    private async Task MadeAsync(string what, string sql, Func<Made, IEnumerable<string>> made, IEnumerable<string> before)
    {
        var there = (await books.TextsAsync(sql)).ToHashSet(StringComparer.Ordinal);
        var told = ledger.Entries.SelectMany(e => made(e.Told.Made)).ToHashSet(StringComparer.Ordinal);
        broken.AddRange(told.Except(there).Select(n => $"{what} {n} was told of and is not there."));
        broken.AddRange(there.Except(told).Except(before).Select(n => $"{what} {n} is there, and nobody was told of it."));
    }

    /// <summary>Each command of a kind has left its mark once, where it was accepted.</summary>
    private async Task MarksAsync(string call, string sql)
    {
        var marks = (await books.TextsAsync(sql)).GroupBy(m => m).ToDictionary(g => g.Key, g => g.Count());
        foreach (
            var entry in ledger.Entries.Where(e => e.Command.Call.EndsWith(call, StringComparison.Ordinal) && e.Told.Accepted)
        )
            if (!marks.Remove("s" + entry.Step, out var times) || times != 1)
                broken.Add($"Step {entry.Step} {entry.Command} was accepted and is there {times} times.");
        broken.AddRange(marks.Keys.Select(m => $"{call} of {m} is there, and was not accepted."));
    }
}
