using System.Text.Json;
using Orleans.Core;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Marks the states that the runtime made and therefore reads before activation.</summary>
internal interface IEmbeddedState : IStorage;

/// <summary>
/// State of one activation over an <see cref="IStateStore"/>. As in Orleans, a stale write that the grain lets out ends its activation; a
/// grain that catches it has to read again.
/// </summary>
internal sealed class PersistentState<TState>(Activation activation, IStateStore store, string name)
    : IPersistentState<TState>,
        IEmbeddedState
{
    public TState State { get; set; } = Fresh();
    public string? Etag { get; private set; }
    public bool RecordExists => Etag is not null;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        var row = await store.ReadAsync(name, activation.GrainId, cancellationToken);
        State = row is null ? Fresh() : JsonSerializer.Deserialize<TState>(row.Json.Span, Json) ?? Fresh();
        Etag = row?.Etag;
    }

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(State, Json);
        Etag = await store.WriteAsync(name, activation.GrainId, json, Etag, cancellationToken);
    }

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await store.ClearAsync(name, activation.GrainId, Etag, cancellationToken);
        (State, Etag) = (Fresh(), null);
    }

    private JsonSerializerOptions Json => activation.Runtime.Options.StateJson;

    /// <exception cref="MissingMethodException">The type of state has no parameterless constructor.</exception>
    private static TState Fresh() => Activator.CreateInstance<TState>();
}
