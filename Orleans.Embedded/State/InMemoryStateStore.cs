using System.Globalization;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>State that lives as long as this object: for tests and for what may be lost.</summary>
public sealed class InMemoryStateStore : IStateStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string State, GrainId Grain), StoredState> rows = [];
    private long lastEtag;

    /// <inheritdoc/>
    public Task<StoredState?> ReadAsync(string stateName, GrainId grain, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(rows.GetValueOrDefault((stateName, grain)));
    }

    /// <inheritdoc/>
    public Task<string> WriteAsync(
        string stateName,
        GrainId grain,
        ReadOnlyMemory<byte> json,
        string? etag,
        CancellationToken cancellationToken
    )
    {
        lock (gate)
        {
            Expect(stateName, grain, etag);
            var next = (++lastEtag).ToString(CultureInfo.InvariantCulture);
            rows[(stateName, grain)] = new(json.ToArray(), next);
            return Task.FromResult(next);
        }
    }

    /// <inheritdoc/>
    public Task ClearAsync(string stateName, GrainId grain, string? etag, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Expect(stateName, grain, etag);
            rows.Remove((stateName, grain));
            return Task.CompletedTask;
        }
    }

    private void Expect(string stateName, GrainId grain, string? etag)
    {
        var stored = rows.GetValueOrDefault((stateName, grain))?.Etag;
        if (stored != etag)
            throw new InconsistentStateException($"State '{stateName}' of {grain} was changed elsewhere.", stored, etag);
    }
}
