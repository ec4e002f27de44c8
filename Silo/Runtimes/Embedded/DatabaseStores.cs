using System.Globalization;
using System.Text;
using Manufactura.Storage.GrainRuntime;
using Orleans.Embedded;
using Orleans.Runtime;
using Orleans.Storage;
using StoredReminder = Orleans.Embedded.ReminderRow;

namespace Manufactura.Silo;

/// <summary>Grain state in the plant's database.</summary>
internal sealed class DatabaseStateStore(GrainStateRows rows) : IStateStore
{
    public async Task<StoredState?> ReadAsync(string stateName, GrainId grain, CancellationToken cancellationToken) =>
        await rows.ReadAsync(stateName, grain.ToString(), cancellationToken) is { } row
            ? new(Encoding.UTF8.GetBytes(row.Json), row.Etag.ToString(CultureInfo.InvariantCulture))
            : null;

    public async Task<string> WriteAsync(
        string stateName,
        GrainId grain,
        ReadOnlyMemory<byte> json,
        string? etag,
        CancellationToken cancellationToken
    ) =>
        await rows.WriteAsync(stateName, grain.ToString(), Encoding.UTF8.GetString(json.Span), Number(etag), cancellationToken)
            is { } next
            ? next.ToString(CultureInfo.InvariantCulture)
            : throw Stale(stateName, grain, etag);

    public async Task ClearAsync(string stateName, GrainId grain, string? etag, CancellationToken cancellationToken)
    {
        if (Number(etag) is { } known)
        {
            if (!await rows.ClearAsync(stateName, grain.ToString(), known, cancellationToken))
                throw Stale(stateName, grain, etag);
        }
        else if (await rows.ReadAsync(stateName, grain.ToString(), cancellationToken) is not null)
            throw Stale(stateName, grain, etag);
    }

    private static long? Number(string? etag) => etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture);

    private static InconsistentStateException Stale(string stateName, GrainId grain, string? etag) =>
        new($"The state {stateName} of {grain} was changed elsewhere.", null, etag);
}

/// <summary>Reminders in the plant's database.</summary>
internal sealed class DatabaseReminderTable(ReminderRows rows) : IReminderTable
{
    public async Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) =>
        [
            .. (await rows.ReadAsync(null, cancellationToken)).Select(r => new StoredReminder(
                GrainId.Parse(r.GrainId),
                r.Name,
                r.StartAt,
                r.Period,
                r.LastFiredAt
            )),
        ];

    public Task UpsertAsync(StoredReminder row, CancellationToken cancellationToken) =>
        rows.UpsertAsync(row.Grain.ToString(), row.Name, row.StartAt, row.Period, cancellationToken);

    public Task MarkTickAsync(GrainId grain, string name, DateTimeOffset at, CancellationToken cancellationToken) =>
        rows.FiredAsync(grain.ToString(), name, at, cancellationToken);

    public Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken) =>
        rows.DeleteAsync(grain.ToString(), name, cancellationToken);
}
