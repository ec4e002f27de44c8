using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Manufactura.Bench.Failover;

/// <summary>A certain answer: a result, or a refusal with its code.</summary>
internal sealed record Answer(int Status, JsonElement Body)
{
    public bool Ok => Status is >= 200 and < 300;

    public string? Code => !Ok && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string Text(string member) => Body.GetProperty(member).GetString()!;
}

/// <summary>
/// The way in for a program that knows both dashboards: a command keeps its key until it has a certain answer, whoever gives it. Notes
/// when answers came, so that a gap can be seen.
/// </summary>
internal sealed class Gate(IReadOnlyList<Uri> dashboards) : IDisposable
{
    private readonly HttpClient[] clients =
    [
        .. dashboards.Select(d => new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = d,
            Timeout = TimeSpan.FromSeconds(15),
        }),
    ];

    public string Token { get; private set; } = "";

    /// <summary>When each certain answer came, with how long its command took from the first try.</summary>
    public ConcurrentQueue<(long At, TimeSpan Took)> Answers { get; } = new();

    /// <summary>How often what came back instead of a certain answer.</summary>
    public ConcurrentDictionary<string, int> Missed { get; } = new(StringComparer.Ordinal);

    public async Task SignInAsync(string user)
    {
        var answer = await clients[0].PostAsJsonAsync("/api/v1/auth/login", new { user, password = "manufactura" });
        answer.EnsureSuccessStatusCode();
        Token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        foreach (var client in clients)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>Sends until there is a certain answer.</summary>
    /// <param name="first">The dashboard to begin with.</param>
    public async Task<Answer> SendAsync(int first, HttpMethod method, string path, object? body = null)
    {
        var key = Guid.NewGuid().ToString("N");
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            if (await TryAsync(clients[(first + attempt) % clients.Length], method, path, body, key) is { } answer)
            {
                Answers.Enqueue((Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(started)));
                return answer;
            }

            await Task.Delay(Math.Min(100 * (attempt + 1), 1000));
        }
    }

    /// <summary>Reads, from whichever dashboard answers.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                return await clients[attempt % clients.Length].GetFromJsonAsync<JsonElement>(path);
            }
            catch (Exception e) when (attempt < 60 && e is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(500);
            }
    }

    public void Dispose()
    {
        foreach (var client in clients)
            client.Dispose();
    }

    private async Task<Answer?> TryAsync(HttpClient client, HttpMethod method, string path, object? body, string key)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = new StringContent(
                    JsonSerializer.Serialize(body ?? new { }, JsonSerializerOptions.Web),
                    Encoding.UTF8,
                    "application/json"
                ),
            };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await client.SendAsync(request);
            var status = (int)answer.StatusCode;
            var text = await answer.Content.ReadAsStringAsync();
            if (status >= 500 || text.Contains("\"busy\"", StringComparison.Ordinal))
                return Miss(
                    status == 500 ? $"500 to {method} {path}"
                    : status > 500 ? $"{status}"
                    : "busy"
                );
            return new(status, JsonSerializer.Deserialize<JsonElement>(text));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return Miss(e is TaskCanceledException ? "no answer in 15 s" : "connection refused or broken");
        }
    }

    private Answer? Miss(string what)
    {
        Missed.AddOrUpdate(what, 1, (_, n) => n + 1);
        return null;
    }
}
