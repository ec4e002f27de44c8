using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Lines;

/// <summary>A plant of these tests alone: what others write straight into its tables would be seen by its checks.</summary>
[CollectionDefinition(Name)]
public sealed class LinePlant : ICollectionFixture<PlantApp>
{
    public const string Name = "line plant";
}

/// <summary>
/// Lines and products of these tests alone, made over the API: product <c>lw-p</c> (1 kg), <c>lw-n</c> without weight, <c>lw-h</c>
/// (1,000 kg); lines <c>LW1</c> (300 kg, priority 1), <c>LW2</c> (200 kg, priority 2), <c>LWX</c> (knows only the other two),
/// <c>LW0</c> (inactive).
/// </summary>
internal sealed class Workshop(PlantApp app)
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static bool isBuilt;

    public HttpClient Jefe { get; private set; } = null!;

    public HttpClient Operario { get; private set; } = null!;

    public static async Task<Workshop> OpenAsync(PlantApp app)
    {
        var workshop = new Workshop(app);
        (workshop.Jefe, workshop.Operario) = (await app.SignedInAsync("jefe"), await app.SignedInAsync("operario"));
        await Turn.WaitAsync();
        try
        {
            if (!isBuilt)
                await workshop.BuildAsync();
            isBuilt = true;
        }
        finally
        {
            Turn.Release();
        }

        return workshop;
    }

    /// <summary>A Planned order of a product without matrix.</summary>
    public async Task<string> OrderAsync(decimal quantity, string material = "lw-p", bool plan = true)
    {
        var order = await Jefe.SendOkAsync(
            HttpMethod.Post,
            "/api/v1/orders",
            new
            {
                material,
                quantity,
                observations = "Urgente",
                dueDate = "2027-03-01",
                destinationLocation = "BOD-PT",
            }
        );
        var number = order.GetProperty("number").GetString()!;
        if (plan)
            await Jefe.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{number}/confirm-planning", new { });
        return number;
    }

    /// <summary>A line of its own for one test; with <paramref name="change"/> one that is there becomes like this.</summary>
    public Task LineAsync(
        string code,
        decimal capacityKg,
        int priority = 5,
        bool active = true,
        string[]? products = null,
        bool change = false
    ) =>
        Jefe.SendOkAsync(
            change ? HttpMethod.Put : HttpMethod.Post,
            "/api/v1/lines" + (change ? "/" + code : ""),
            new
            {
                code,
                name = "Línea " + code,
                capacityKg,
                active,
                products = (products ?? ["lw-p"]).Select(material => new { material, priority }),
            }
        );

    public Task<JsonElement> DoAsync(string number, string command, object? body = null) =>
        Operario.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{number}/{command}", body ?? new { });

    public Task<HttpResponseMessage> TryAsync(string number, string command, object? body = null) =>
        Operario.CommandAsync(HttpMethod.Post, $"/api/v1/orders/{number}/{command}", body ?? new { });

    public Task<JsonElement> GetAsync(string path) => Operario.GetFromJsonAsync<JsonElement>("/api/v1/" + path);

    public Task<JsonElement> ReadAsync(string number) => GetAsync("orders/" + number);

    /// <summary>The numbers of a line's queue, in sequence.</summary>
    public async Task<string[]> QueueAsync(string line) =>
        [
            .. (await GetAsync($"lines/{line}/load"))
                .GetProperty("queue")
                .EnumerateArray()
                .Select(q => q.GetProperty("number").GetString()!),
        ];

    /// <summary>Violations of every invariant, as the maintenance page shows them.</summary>
    public async Task<string[]> ViolationsAsync() =>
        [
            .. (await GetAsync("checks"))
                .GetProperty("items")
                .EnumerateArray()
                .Where(c => c.GetProperty("kind").GetString() == "invariant" && c.GetProperty("violations").GetInt64() > 0)
                .Select(c => c.GetRawText()),
        ];

    public Uri Address => app.Address;

    private async Task BuildAsync()
    {
        await MaterialAsync("lw-p", 1m);
        await MaterialAsync("lw-n", null);
        await MaterialAsync("lw-h", 1000m);
        await LineAsync("LW1", 300, 1);
        await LineAsync("LW2", 200, 2);
        await LineAsync("LWX", 900, 1, products: ["lw-n", "lw-h"]);
        await LineAsync("LW0", 300, 1, active: false);
    }

    private Task MaterialAsync(string code, decimal? unitWeightKg) =>
        Jefe.SendOkAsync(
            HttpMethod.Post,
            "/api/v1/materials",
            new
            {
                code,
                name = "Producto " + code,
                kind = "FinishedProduct",
                unit = "und",
                unitWeightKg,
            }
        );
}

/// <summary>Short ways to what an answer says.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement e, string member) => e.GetProperty(member).GetString();

    public static decimal Number(this JsonElement e, string member) => e.GetProperty(member).GetDecimal();

    public static bool IsNull(this JsonElement e, string member) => e.GetProperty(member).ValueKind == JsonValueKind.Null;
}
