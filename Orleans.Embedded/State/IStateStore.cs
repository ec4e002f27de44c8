using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A stored row: the state as UTF-8 JSON, and its version.</summary>
public sealed record StoredState(ReadOnlyMemory<byte> Json, string Etag);

/// <summary>
/// Where grain state is kept. A write or clear names the etag it has read, null for "no row"; it succeeds on exactly that version,
/// atomically. An etag is never used again for the same row, also not after a clear.
/// </summary>
public interface IStateStore
{
    /// <summary>The row, or null.</summary>
    Task<StoredState?> ReadAsync(string stateName, GrainId grain, CancellationToken cancellationToken);

    /// <summary>Writes the row and answers its new etag.</summary>
    /// <exception cref="Storage.InconsistentStateException">The row's etag is another.</exception>
    Task<string> WriteAsync(
        string stateName,
        GrainId grain,
        ReadOnlyMemory<byte> json,
        string? etag,
        CancellationToken cancellationToken
    );

    /// <summary>Removes the row. Removing what is not there with a null etag is no error.</summary>
    /// <exception cref="Storage.InconsistentStateException">The row's etag is another.</exception>
    Task ClearAsync(string stateName, GrainId grain, string? etag, CancellationToken cancellationToken);
}
