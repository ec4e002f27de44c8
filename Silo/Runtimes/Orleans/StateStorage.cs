using System.Globalization;
using System.Text;
using System.Text.Json;
using Manufactura.Storage.GrainRuntime;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Silo;

/// <summary>State as plain JSON: members by their names, no names of types, so that a class may be renamed or moved.</summary>
internal sealed class JsonStateSerializer(JsonSerializerOptions json) : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, json));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, json);
}

/// <summary>
/// State of the plant's own grains in <c>grain_state</c>, the same rows that the embedded runtime keeps: a plant that moves to a cluster,
/// or back, finds its screens. Keyed by the whole grain id; Orleans' own provider leaves the type out of the key and takes texts that look
/// like numbers for numbers.
/// </summary>
internal sealed class PlantStateStorage(GrainStateRows rows, JsonSerializerOptions json) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await rows.ReadAsync(stateName, grainId.ToString());
        grainState.State = row is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(row.Json, json)!;
        grainState.RecordExists = row is not null;
        grainState.ETag = row?.Etag.ToString(CultureInfo.InvariantCulture);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(grainState.State, json));
        var next =
            await rows.WriteAsync(stateName, grainId.ToString(), state, Number(grainState.ETag))
            ?? throw Stale(stateName, grainId, grainState.ETag);
        (grainState.RecordExists, grainState.ETag) = (true, next.ToString(CultureInfo.InvariantCulture));
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var gone = Number(grainState.ETag) is { } etag
            ? await rows.ClearAsync(stateName, grainId.ToString(), etag)
            : await rows.ReadAsync(stateName, grainId.ToString()) is null;
        if (!gone)
            throw Stale(stateName, grainId, grainState.ETag);
        (grainState.State, grainState.RecordExists, grainState.ETag) = (Activator.CreateInstance<T>(), false, null);
    }

    private static long? Number(string? etag) =>
        string.IsNullOrEmpty(etag) ? null : long.Parse(etag, CultureInfo.InvariantCulture);

    private static InconsistentStateException Stale(string stateName, GrainId grain, string? etag) =>
        new($"The state {stateName} of {grain} was changed elsewhere.", null, etag);
}
