using Manufactura.Domain.Accounting;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Plant;

/// <summary>
/// What every production asks of the plant and hardly ever moves: its default location and the settings of accounting. Kept until the
/// feed tells of a change; a value is milliseconds old at most.
/// </summary>
public sealed class PlantMemory(MaterialReader masterData, SettingReader settings)
{
    private sealed record Known(string? DefaultLocation, AccountingSettings Accounting);

    private Known? known;
    private long generation;

    /// <summary>Null when the plant has none.</summary>
    public async ValueTask<string?> DefaultLocationAsync() => (await KnownAsync()).DefaultLocation;

    public async ValueTask<AccountingSettings> AccountingAsync() => (await KnownAsync()).Accounting;

    /// <summary>Called for every change of locations or settings that is made or heard of, and when the feed had a gap.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref generation);
        Volatile.Write(ref known, null);
    }

    private async ValueTask<Known> KnownAsync()
    {
        if (Volatile.Read(ref known) is { } kept)
            return kept;
        // What was read before a change was heard of must not be kept after it.
        var before = Interlocked.Read(ref generation);
        var read = new Known((await masterData.LocationsAsync([])).Default, await settings.AccountingAsync());
        if (before == Interlocked.Read(ref generation))
            Volatile.Write(ref known, read);
        return read;
    }
}
