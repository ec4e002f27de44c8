using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace Manufactura.Dashboard.Tests.Crash;

/// <summary>Kills of the process and of its database under load, again and again: nothing half done, nothing acknowledged lost.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Orders = 6;

    /// <summary>How often; a long run of an evening names more than a test run can wait for.</summary>
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("MANUFACTURA_KILLS") ?? "5");

    private enum What
    {
        Dashboard,
        DatabaseProcess,
        DatabaseServer,
    }

    private static readonly What[] Kills = [What.Dashboard, What.DatabaseProcess, What.Dashboard, What.DatabaseServer];

    [Fact]
    public async Task Killed_again_and_again_under_load_nothing_is_half_done_lost_or_double()
    {
        await using var plant = await ChildPlant.CreateAsync();
        output.WriteLine($"first start, with the demo plant: ready after {plant.ReadyAfter.TotalSeconds:0.0} s");
        var sound = await SoundAsync(plant);
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var people = new List<Ledger>();
        using (var client = await plant.SignedInAsync("jefe"))
            for (var i = 0; i < Orders; i++)
                people.Add(new(await client.StartedAsync(600_000), seed + i));
        await StockAsync(plant, people[0].Order);
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
            try
            {
                await KillUnderLoadAsync(plant, people, Kills[round % Kills.Length], random.Next(1, 40));
                await CheckAsync(plant, people, sound);
            }
            catch
            {
                output.WriteLine(plant.Said);
                throw;
            }

        output.WriteLine($"{people.Sum(p => p.Edits)} edits and {people.Sum(p => p.Explosions)} explosions were acknowledged");
        Assert.All(people, p => Assert.True(p.Edits > 0 && p.Explosions > 0));
    }

    /// <summary>Ample stock of every component, bought and released as anybody's.</summary>
    private static async Task StockAsync(ChildPlant plant, string order)
    {
        using var client = await plant.SignedInAsync("calidad");
        var components = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order}"))
            .GetProperty("bomLines")
            .EnumerateArray()
            .Select(line => line.GetProperty("component").GetString()!);
        foreach (var material in components)
        {
            var bought = new
            {
                material,
                quantity = 9_000_000,
                location = "BOD-MP",
            };
            var lot = await client.SendOkAsync(HttpMethod.Post, "/api/v1/lots", bought);
            if (lot.GetProperty("status").GetString() == "Quarantine")
                await client.SendOkAsync(HttpMethod.Post, $"/api/v1/lots/{lot.GetProperty("code").GetString()}/release", new { });
        }
    }

    /// <param name="after">Explosions of all people together until it strikes, so that it strikes among them on any machine.</param>
    private async Task KillUnderLoadAsync(ChildPlant plant, List<Ledger> people, What what, int after)
    {
        using var client = await plant.SignedInAsync("operario");
        using var over = new CancellationTokenSource();
        var work = people.Select(p => p.WorkAsync(client, over.Token)).ToArray();
        await UntilAsync(people, p => p.Explosions, after);
        switch (what)
        {
            case What.Dashboard:
                await plant.KillAsync();
                await Task.WhenAll(work);
                await plant.StartAsync();
                break;
            case What.DatabaseServer:
                plant.KillServer(postmaster: true);
                await Task.Delay(100);
                await plant.KillAsync();
                await Task.WhenAll(work);
                await plant.StartAsync();
                break;
            default:
                plant.KillServer(postmaster: false);
                // The dashboard lives and goes on by itself once the server has recovered.
                await UntilAsync(people, p => p.Edits, 50);
                await over.CancelAsync();
                await Task.WhenAll(work);
                break;
        }

        output.WriteLine($"{what} killed after {after} explosions: ready again after {plant.ReadyAfter.TotalSeconds:0.0} s");
    }

    private static async Task UntilAsync(List<Ledger> people, Func<Ledger, int> count, int more)
    {
        var wanted = people.Sum(count) + more;
        for (var i = 0; people.Sum(count) < wanted; i++)
        {
            Assert.True(i < 6_000, "The plant did not go on");
            await Task.Delay(20);
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
        // The same person as before: what was open is settled by the same key, and a key belongs to who sent it.
        using var client = await plant.SignedInAsync("operario");
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
