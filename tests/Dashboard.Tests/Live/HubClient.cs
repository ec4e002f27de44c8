using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Manufactura.Tests.Shared;

/// <summary>One call from the hub, with the time at which it arrived.</summary>
public sealed record HubCall(string Target, JsonElement Arguments, long Arrived)
{
    /// <summary>The id of an <c>Event</c>.</summary>
    public long Id => Arguments[0].GetInt64();

    public string Topic => Arguments[Target == "Event" ? 1 : 0].GetString()!;

    public string Type => Arguments[2].GetString()!;

    public JsonElement Data => Arguments[3];
}

/// <summary>A client of the SignalR JSON protocol over a bare WebSocket; keeps all that it was called with, in order.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> asked = new(StringComparer.Ordinal);
    private readonly List<HubCall> calls = [];
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource over = new();
    private volatile TaskCompletionSource changed = NewChange();
    private volatile TaskCompletionSource? paused;
    private Task reading = Task.CompletedTask;
    private int last;

    /// <summary>Completes when the other side has ended the connection, however it did.</summary>
    public Task Closed => reading.ContinueWith(static _ => { }, TaskScheduler.Default);

    /// <summary>Told of every call as it arrives, before it is kept.</summary>
    public Action<HubCall>? Heard { get; set; }

    /// <summary>Whether calls are kept; a load client only looks at them.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<HubCall> Calls
    {
        get
        {
            lock (calls)
                return [.. calls];
        }
    }

    public IEnumerable<HubCall> Events(string topic) => Calls.Where(c => c.Target == "Event" && c.Topic == topic);

    /// <summary>Connects with a token in the address, as a browser does, and shakes hands.</summary>
    public async Task<HubClient> ConnectAsync(Uri address, string token)
    {
        var hub = new UriBuilder(address)
        {
            Scheme = "ws",
            Path = "/hubs/plant",
            Query = "access_token=" + Uri.EscapeDataString(token),
        };
        await socket.ConnectAsync(hub.Uri, over.Token);
        await SendAsync("""{"protocol":"json","version":1}""");
        var hands = new TaskCompletionSource();
        reading = Task.Run(() => ReadAsync(hands));
        await hands.Task.WaitAsync(TimeSpan.FromSeconds(90));
        return this;
    }

    /// <summary>The answer of a hub method; <c>{"error": …}</c> where the hub failed.</summary>
    public async Task<JsonElement> InvokeAsync(string target, params object?[] arguments) =>
        await InvokeRawAsync(target, JsonSerializer.Serialize(arguments, JsonSerializerOptions.Web));

    /// <param name="arguments">A JSON array, as it is.</param>
    public async Task<JsonElement> InvokeRawAsync(string target, string arguments)
    {
        var id = Interlocked.Increment(ref last).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{target}}","arguments":{{arguments}}}""");
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }

    public Task<JsonElement> WatchAsync(string topic, long? after = null) => InvokeAsync("Watch", new[] { topic }, after);

    /// <summary>Waits until a call like this has arrived, and answers the first one.</summary>
    public async Task<HubCall> UntilAsync(Func<HubCall, bool> match, int seconds = 90)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var looked = 0;
        while (true)
        {
            var next = changed.Task;
            lock (calls)
                for (; looked < calls.Count; looked++)
                    if (match(calls[looked]))
                        return calls[looked];
            await next.WaitAsync(limit.Token);
        }
    }

    /// <summary>Reads nothing more until <see cref="Resume"/>: the client is slow.</summary>
    public void Pause() => paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => Interlocked.Exchange(ref paused, null)?.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Resume();
        await over.CancelAsync();
        socket.Abort();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task SendAsync(string message)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, over.Token);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task ReadAsync(TaskCompletionSource hands)
    {
        var buffer = new byte[16 * 1024];
        using var text = new MemoryStream();
        while (true)
        {
            if (paused is { } wait)
                await wait.Task;
            var got = await socket.ReceiveAsync(buffer.AsMemory(), over.Token);
            if (got.MessageType == WebSocketMessageType.Close)
                return;
            foreach (var b in buffer.AsSpan(0, got.Count))
            {
                if (b != End)
                {
                    text.WriteByte(b);
                    continue;
                }

                if (!hands.TrySetResult())
                    Take(text.GetBuffer().AsMemory(0, (int)text.Length));
                text.SetLength(0);
            }
        }
    }

    private void Take(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var message = document.RootElement;
        switch (message.GetProperty("type").GetInt32())
        {
            case 1:
                var call = new HubCall(
                    message.GetProperty("target").GetString()!,
                    message.GetProperty("arguments").Clone(),
                    TimeProvider.System.GetTimestamp()
                );
                Heard?.Invoke(call);
                if (!Keeps)
                    return;
                lock (calls)
                    calls.Add(call);
                Interlocked.Exchange(ref changed, NewChange()).TrySetResult();
                break;
            case 3 when asked.TryRemove(message.GetProperty("invocationId").GetString()!, out var answer):
                answer.TrySetResult((message.TryGetProperty("result", out var result) ? result : message).Clone());
                break;
        }
    }
}
