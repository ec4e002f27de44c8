using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Manufactura.Dashboard.Tests;

/// <summary>Orders of the demo plant's jeans, driven over the API as a program would.</summary>
internal static class ApiOrders
{
    public static readonly string[] Tones = ["T-101", "T-105"];
    public static readonly string[] Sizes = ["28", "30", "32"];

    public static async Task<string> CreatedAsync(this HttpClient client, decimal quantity, string material = "PT-JRC")
    {
        var body = new
        {
            material,
            quantity,
            matrix = new
            {
                xValues = Tones,
                yValues = Sizes,
                curve = Sizes.Select(s => new { value = s, proportion = 1 }),
            },
        };
        var order = await client.SendOkAsync(HttpMethod.Post, "/api/v1/orders", body);
        return order.GetProperty("number").GetString()!;
    }

    /// <summary>An order in progress: cells can be edited and lots produced.</summary>
    public static async Task<string> StartedAsync(this HttpClient client, decimal quantity, string material = "PT-JRC")
    {
        var number = await client.CreatedAsync(quantity, material);
        foreach (var step in new[] { "matrix/recalculate", "confirm-planning", "start" })
            await client.SendOkAsync(HttpMethod.Post, $"/api/v1/orders/{number}/{step}", new { });
        return number;
    }

    public static async Task<HttpResponseMessage> CommandAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        object body,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(
                JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Encoding.UTF8,
                "application/json"
            ),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> SendOkAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        object body,
        string? key = null
    )
    {
        using var answer = await client.CommandAsync(method, path, body, key);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static Task<HttpResponseMessage> EditAsync(
        this HttpClient client,
        string order,
        string x,
        string y,
        decimal toProduce,
        int? version = null,
        string? key = null
    ) =>
        client.CommandAsync(
            HttpMethod.Patch,
            $"/api/v1/orders/{order}/matrix/cells",
            new
            {
                cells = new[]
                {
                    new
                    {
                        x,
                        y,
                        toProduce,
                        version,
                    },
                },
            },
            key
        );

    public static async Task<List<JsonElement>> CellsAsync(this HttpClient client, string order)
    {
        var matrix = await client.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order}/matrix");
        return [.. matrix.GetProperty("cells").EnumerateArray()];
    }
}
