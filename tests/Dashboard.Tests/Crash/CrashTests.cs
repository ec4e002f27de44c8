using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace Manufactura.Dashboard.Tests.Crash;

/// <summary>Kills of the process and of its database under load, again and again: nothing half done, nothing acknowledged lost.</summary>
[Trait("Category", "Timing")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Orders = 6;

    private enum What
    {
        Dashboard,
        DatabaseProcess,
        DatabaseServer,
    }

    private static readonly What[] Kills = [What.Dashboard, What.DatabaseProcess, What.DatabaseServer, What.Dashboard];

    [Fact]
    public async Task Killed_again_and_again_under_load_nothing_is_half_done_lost_or_double()
    {
        await using var plant = await ChildPlant.CreateAsync();
        output.WriteLine($"first start, with the demo plant: ready after {plant.ReadyAfter.TotalSeconds:0.0} s");
        var sound = await SoundAsync(plant);
        await using (var database = plant.Database())
        await using (var stock = database.CreateCommand(CrashSql.Stock))
            await stock.ExecuteNonQueryAsync();
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var people = new List<Ledger>();
        using (var client = await plant.SignedInAsync("jefe"))
            for (var i = 0; i < Orders; i++)
                people.Add(new(await client.StartedAsync(60_000), seed + i));
        var random = new Random(seed);
        foreach (var what in Kills)
            try
            {
                await KillUnderLoadAsync(plant, people, what, TimeSpan.FromMilliseconds(random.Next(300, 1500)));
                await CheckAsync(plant, people, sound);
            }
            catch
            {
                output.WriteLine(plant.Said);
                throw;
            }

        output.WriteLine($"{people.Sum(p => p.Edits)} edits and {people.Sum(p => p.Explosions)} explosions were acknowledged");
        Assert.True(people.Sum(p => p.Edits) > Kills.Length);
    }

    private async Task KillUnderLoadAsync(ChildPlant plant, List<Ledger> people, What what, TimeSpan after)
    {
        using var client = await plant.SignedInAsync("operario");
        using var over = new CancellationTokenSource();
        var work = people.Select(p => p.WorkAsync(client, over.Token)).ToArray();
        await Task.Delay(after);
        switch (what)
        {
            case What.Dashboard:
                await plant.KillAsync();
                await Task.WhenAll(work);
                await plant.StartAsync();
                output.WriteLine(
                    $"{what} killed after {after.TotalMilliseconds:0} ms: ready again after {plant.ReadyAfter.TotalSeconds:0.0} s"
                );
                break;
            case What.DatabaseServer:
                plant.KillServer(postmaster: true);
                await Task.Delay(100);
                await plant.KillAsync();
                await Task.WhenAll(work);
                await plant.StartAsync();
                output.WriteLine(
                    $"{what} killed after {after.TotalMilliseconds:0} ms: ready again after {plant.ReadyAfter.TotalSeconds:0.0} s"
                );
                break;
            default:
                var before = people.Sum(p => p.Edits);
                plant.KillServer(postmaster: false);
                // The dashboard lives and goes on by itself once the server has recovered.
                for (var i = 0; i < 500 && people.Sum(p => p.Edits) < before + 20; i++)
                    await Task.Delay(20);
                await over.CancelAsync();
                await Task.WhenAll(work);
                Assert.True(people.Sum(p => p.Edits) >= before + 20, "The dashboard did not go on after its database recovered");
                break;
        }
    }

    /// <summary>What the checks find in the demo plant itself: it must not become more.</summary>
    private async Task<Dictionary<string, long>> SoundAsync(ChildPlant plant)
    {
        using var client = await plant.SignedInAsync("jefe");
        var checks = (await client.GetFromJsonAsync<JsonElement>("/api/v1/checks"))
            .GetProperty("items")
            .EnumerateArray()
            .ToList();
        foreach (var check in checks.Where(c => c.GetProperty("kind").GetString() == "invariant" && Violations(c) > 0))
            output.WriteLine($"The demo plant itself: {check.GetRawText()}");
        return checks.ToDictionary(c => c.GetProperty("code").GetString()!, Violations);
    }

    private static long Violations(JsonElement check) => check.GetProperty("violations").GetInt64();

    private static async Task CheckAsync(ChildPlant plant, List<Ledger> people, Dictionary<string, long> sound)
    {
        using var client = await plant.SignedInAsync("jefe");
        foreach (var person in people)
            await person.CheckAsync(client);
        var checks = await client.GetFromJsonAsync<JsonElement>("/api/v1/checks");
        foreach (var check in checks.GetProperty("items").EnumerateArray())
            if (check.GetProperty("kind").GetString() == "invariant")
                Assert.True(Violations(check) <= sound[check.GetProperty("code").GetString()!], check.GetRawText());
        await using var database = plant.Database();
        foreach (var (what, sql) in CrashSql.Violations)
        {
            await using var command = database.CreateCommand(sql);
            Assert.True(await command.ExecuteScalarAsync() is 0L, what);
        }
    }
}
