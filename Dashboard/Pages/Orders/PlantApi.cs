using System.Text.Json;
using Manufactura.Grains.Interfaces;
using Microsoft.JSInterop;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>What the API answered. Status 0: no answer came, so whether the command was carried out is not known.</summary>
public sealed record ApiAnswer(int Status, JsonElement Body)
{
    /// <summary>The command was carried out.</summary>
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>The command may have been carried out: asking again with the same key is safe.</summary>
    public bool Unknown => Status is 0 or >= 500;

    /// <summary>The sentence of a refusal, in the page's language; null where there is none.</summary>
    public string? Title => Text("title");

    /// <summary>A text member of the answer, or null.</summary>
    public string? Text(string member) =>
        Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A list of texts in the answer; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string member) =>
        Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.ToString())]
            : [];
}

/// <summary>
/// Commands of a page, sent by its browser over the JSON API. So roles, keys and refusals are checked in one place, and a command
/// that was sent goes on while the page's circuit is gone.
/// </summary>
public sealed class PlantApi(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;

    private sealed record Reply(int Status, string? Text);

    /// <summary>A new key for one command; make it when the button appears, so that a second click is the same command.</summary>
    public static string NewKey() => Guid.CreateVersion7().ToString("N");

    /// <param name="path">Path under <c>/api/v1</c>, its parts escaped.</param>
    /// <param name="body">What is sent as JSON; null for none.</param>
    /// <param name="key">Idempotency key; null sends none.</param>
    public async Task<ApiAnswer> SendAsync(string method, string path, object? body = null, string? key = null)
    {
        try
        {
            module ??= await js.InvokeAsync<IJSObjectReference>("import", "/js/plant-api.js");
            var text = body is null ? null : JsonSerializer.Serialize(body, MessageJson.Options);
            var reply = await module.InvokeAsync<Reply>("send", method, path, text, key);
            return new(reply.Status, Parse(reply.Text));
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            return new(0, default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }

    private static JsonElement Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return default;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
