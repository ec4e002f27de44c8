using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Days;
using Manufactura.Plant.Simulation.Stage;
using Manufactura.Storage;
using Manufactura.Storage.Queries;
using Npgsql;

namespace Manufactura.Plant.Simulation.Checks;

/// <summary>
/// Looks at the books when the plant is at rest: the invariants of the product from its own statements, stricter ones of the
/// simulation, and whether what people and screens were told is what stands there.
/// </summary>
internal sealed class Evening(PlantDatabase database, Plan plan, PlantTime time, Ledger ledger, Hosts hosts, HostLog log)
{
    private static readonly (string Name, string Text)[] Strict = [.. Sql.Names("strict_").Select(n => (n, Sql.Text(n)))];

    private string? fingerprint;

    public async Task LookAsync()
    {
        var broken = new List<string>();
        broken.AddRange(log.TakeErrors().Select(e => "A host logged an error: " + e));
        broken.AddRange(await OwnChecksAsync());
        foreach (var (name, text) in Strict)
        {
            object[] given =
                text.Contains("$1::date", StringComparison.Ordinal) ? [time.Today]
                : text.Contains("$1::text", StringComparison.Ordinal) ? [time.Zone.Id]
                : [];
            var found = await database.Own.TextsAsync(text, given);
            if (found.Count > 0)
                broken.Add($"{name}: {found.Count} ({string.Join("; ", found.Take(5))})");
        }

        broken.AddRange(await new ToldChecks(database.Own, ledger, plan.Stock.Select(l => l.Code)).LookAsync());
        broken.AddRange(await new FeedChecks(database.Own, hosts.Screen).LookAsync());
        if (broken.Count > 0)
            throw new BrokenPlantException(string.Join(Environment.NewLine, broken));
    }

    /// <summary>Changes whenever a row of the plant's tables is written or goes away.</summary>
    public async Task<string> FingerprintAsync() =>
        await database.Own.AskAsync<string>(fingerprint ??= await database.Own.AskAsync<string>(Sql.Text("fingerprint")));

    private async Task<IEnumerable<string>> OwnChecksAsync()
    {
        await using var source = PlantDataSource.Create(database.Own.ConnectionString);
        var results = await new CheckQueries(source).RunAsync(time.Now, time.Zone.Id);
        return results
            .Where(c => c is { Kind: "invariant", Violations: > 0 })
            .Select(c => $"{c.Code}: {c.Violations} ({string.Join(", ", c.Sample)})");
    }
}
