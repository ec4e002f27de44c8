using System.Net.Http.Json;
using System.Text.Json;

namespace Manufactura.Dashboard.Tests.Crash;

/// <summary>
/// One person at one order, who writes down what was acknowledged, and what was sent but not answered: after a crash the first must be
/// there, the second may be, whole, or not at all.
/// </summary>
internal sealed class Ledger(string order, int seed)
{
    private sealed record Written(int Version, decimal ToProduce);

    private readonly Random random = new(seed);
    private readonly Dictionary<(string X, string Y), Written> acknowledged = [];
    private readonly HashSet<string> lots = new(StringComparer.Ordinal);
    private readonly HashSet<(string X, string Y)> openEdits = [];
    private string? openKey;

    public string Order => order;

    public int Edits { get; private set; }

    public int Explosions { get; private set; }

    /// <summary>Edits and explodes until the connection breaks or the time is over.</summary>
    public async Task WorkAsync(HttpClient client, CancellationToken over)
    {
        try
        {
            while (!over.IsCancellationRequested)
            {
                if (random.Next(4) == 0)
                    await ExplodeAsync(client);
                else
                    await EditAsync(client);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            // The plant was killed: what is open stays open.
        }
    }

    /// <summary>Compares with what the plant says now, and settles what was open by asking again under the same key.</summary>
    public async Task CheckAsync(HttpClient client)
    {
        if (openKey is not null)
            await ExplodeAsync(client);
        Assert.Null(openKey);
        foreach (var cell in await client.CellsAsync(order))
        {
            var at = (cell.GetProperty("x").GetString()!, cell.GetProperty("y").GetString()!);
            var now = new Written(cell.GetProperty("version").GetInt32(), cell.GetProperty("toProduce").GetDecimal());
            if (acknowledged.TryGetValue(at, out var was) && was != now)
                Assert.True(
                    openEdits.Contains(at) && now.Version > was.Version,
                    $"{order} {at}: acknowledged {was}, found {now}"
                );
            acknowledged[at] = now;
        }

        openEdits.Clear();
        foreach (var lot in lots)
            Assert.Equal(
                1,
                (await client.GetFromJsonAsync<JsonElement>($"/api/v1/lots/{lot}")).GetProperty("version").GetInt32()
            );
    }

    private async Task EditAsync(HttpClient client)
    {
        var at = (ApiOrders.Tones[random.Next(2)], ApiOrders.Sizes[random.Next(3)]);
        openEdits.Add(at);
        var value = random.Next(1, 4);
        using var answer = await client.EditAsync(order, at.Item1, at.Item2, value);
        if (!await SaysAsync(answer))
            return;
        var cell = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("cells")[0];
        acknowledged[at] = new(cell.GetProperty("version").GetInt32(), cell.GetProperty("toProduce").GetDecimal());
        openEdits.Remove(at);
        Edits++;
    }

    private async Task ExplodeAsync(HttpClient client)
    {
        openKey ??= Guid.NewGuid().ToString("N");
        using var answer = await client.CommandAsync(
            HttpMethod.Post,
            $"/api/v1/orders/{order}/produce-lots",
            new { backorder = false },
            openKey
        );
        if (!await SaysAsync(answer))
            return;
        openKey = null;
        if (!answer.IsSuccessStatusCode)
            return;
        Explosions++;
        foreach (var lot in (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lots").EnumerateArray())
            Assert.True(lots.Add(lot.GetString()!), $"Lot {lot} was answered twice");
        foreach (var (at, was) in acknowledged.ToArray())
            if (was.ToProduce > 0)
                acknowledged[at] = new(was.Version + 1, 0);
    }

    /// <summary>Whether the answer is certain. 503 says that the database is away; what it means for the change is open.</summary>
    private static async Task<bool> SaysAsync(HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode == 503)
        {
            await Task.Delay(20);
            return false;
        }

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.IsSuccessStatusCode || text.Contains("nothing-to-produce", StringComparison.Ordinal),
            $"{(int)answer.StatusCode}: {text}"
        );
        return true;
    }
}
