using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Manufactura.Browser.Tests.Orders;

/// <summary>
/// The chair works of the seed's worked example: BOM-001, an office chair of five components in BOD-MP, and the next entry is JE-0015.
/// </summary>
public sealed class ChairWorks : IAsyncLifetime
{
    private readonly EmptyPlant _plant = new();

    /// <summary>Name, per chair, what one costs, and what lies in BOD-MP: ten chairs take 1,500.00 of it.</summary>
    public static readonly (string Code, string Name, int PerChair, decimal Cost, int Stock)[] Components =
    [
        ("MP-ASIENTO", "Asiento", 1, 40, 15),
        ("MP-RESPALDO", "Respaldo", 1, 35, 12),
        ("MP-BASE", "Base", 1, 45, 20),
        ("MP-RUEDAS", "Ruedas", 5, 4, 100),
        ("MP-TORNILLOS", "Tornillos", 20, 0.5m, 500),
    ];

    public Uri Address => _plant.Address;

    public HttpClient Admin { get; private set; } = null!;

    public NpgsqlDataSource Database => _plant.Services.GetRequiredService<NpgsqlDataSource>();

    public async Task InitializeAsync()
    {
        await _plant.InitializeAsync();
        Admin = await _plant.SignedInAsync("admin", PlantApp.AdminPassword);
        await PostAsync("units", new { code = "unid", name = "Unidad" });
        await PostAsync("locations", new { code = "BOD-MP", name = "Bodega Materias Primas" });
        await PostAsync("locations", new { code = "BOD-PT", name = "Bodega Productos Terminados" });
        foreach (var (code, name, _, cost, stock) in Components)
        {
            await MaterialAsync(code, name, "Component");
            await ReceiveAsync(code, stock, cost);
        }

        await MaterialAsync("PROD-SILLA-001", "Silla de Oficina", "FinishedProduct");
        var lines = Components.Select(c => new { component = c.Code, quantity = c.PerChair }).ToArray();
        await PostAsync(
            "boms",
            new
            {
                code = "BOM-001",
                material = "PROD-SILLA-001",
                lines,
            }
        );
        await using var next = Database.CreateCommand("alter sequence journal_entry_number restart with 15");
        await next.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        Admin.Dispose();
        await _plant.DisposeAsync();
    }

    /// <summary>Not tracked by lot: the example counts what there is, not which.</summary>
    public Task MaterialAsync(string code, string name, string kind) =>
        PostAsync(
            "materials",
            new
            {
                code,
                name,
                kind,
                unit = "unid",
                lotTracked = false,
            }
        );

    public Task ReceiveAsync(string material, decimal quantity, decimal unitCost) =>
        PostAsync(
            "lots",
            new
            {
                material,
                quantity,
                location = "BOD-MP",
                unitCost,
            }
        );

    /// <summary>A draft of chairs.</summary>
    public async Task<string> DraftAsync(int quantity, string? origin = "BOD-MP", string? destination = "BOD-PT") => (
            await PostAsync(
                "orders",
                new
                {
                    bom = "BOM-001",
                    quantity,
                    originLocation = origin,
                    destinationLocation = destination,
                }
            )
        ).GetProperty("number").GetString()!;

    public async Task<JsonElement> PostAsync(string path, object? body = null)
    {
        var answer = await Admin.PostAsJsonAsync($"/api/v1/{path}", body ?? new { });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? json : throw new InvalidOperationException($"{path}: {json}");
    }

    /// <summary>The refusal's sentence, in Spanish unless asked otherwise.</summary>
    public async Task<string> RefusalAsync(string path, object? body = null, string language = "es")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = JsonContent.Create(body ?? new { }),
        };
        request.Headers.Add("Accept-Language", language);
        var answer = await Admin.SendAsync(request);
        Assert.False(answer.IsSuccessStatusCode, path);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString()!;
    }

    public async Task<JsonElement> GetAsync(string path) => await Admin.GetFromJsonAsync<JsonElement>($"/api/v1/{path}");

    /// <summary>The plant's date.</summary>
    public DateOnly Today =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(_plant.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/Bogota")).DateTime
        );

    /// <summary>On hand at a location, by material.</summary>
    public async Task<Dictionary<string, decimal>> StockAsync(string location) =>
        (await GetAsync($"stock?location={location}&limit=100"))
            .GetProperty("items")
            .EnumerateArray()
            .ToDictionary(s => s.GetProperty("material").GetString()!, s => s.GetProperty("onHand").GetDecimal());

    public static string Figures(IEnumerable<KeyValuePair<string, decimal>> stock) =>
        string.Join(
            ", ",
            stock.OrderBy(s => s.Key).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.###}"))
        );
}
