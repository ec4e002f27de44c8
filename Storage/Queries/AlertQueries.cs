using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>An alert; both texts, the screen picks one. <c>Role</c> must act.</summary>
public sealed record AlertRow(
    long Id,
    string Kind,
    string Severity,
    string Subject,
    string Role,
    string State,
    string TextEs,
    string TextEn,
    JsonElement Data,
    DateTimeOffset RaisedAt,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? Note,
    DateTimeOffset? EscalatedAt,
    DateTimeOffset? ClearedAt,
    string Condition,
    int Version,
    string Cause,
    DateTimeOffset? ShelvedUntil,
    string? ShelvedBy,
    DateTimeOffset? WaitsSince
);

/// <summary>
/// Which alerts; empty lists do not filter. <paramref name="Cause"/> finds standing ones. <paramref name="Shelved"/>: those put aside, or
/// the others; null: both.
/// </summary>
public sealed record AlertFilter(
    IReadOnlyList<string> State,
    IReadOnlyList<string> Severity,
    IReadOnlyList<string> Kind,
    IReadOnlyList<string> Subject,
    IReadOnlyList<string> Role,
    IReadOnlyList<string> Cause,
    bool? Shelved = null
)
{
    public static AlertFilter None { get; } = new([], [], [], [], [], []);
}

/// <summary>An alert that its role has not been told of by mail.</summary>
public sealed record UntoldAlert(
    long Id,
    string Severity,
    string Role,
    string Text,
    DateTimeOffset RaisedAt,
    DateTimeOffset? EscalatedAt,
    string Cause
);

/// <summary>How many causes wait for a role, and whether one of them is critical.</summary>
public sealed record Unattended(string Role, long Causes, bool Critical);

/// <summary>What the navigation shows beside its entries.</summary>
public sealed record PlantCounts(
    long Draft,
    long Planned,
    long InProgress,
    long QuarantineLots,
    long ActiveAlerts,
    long RequisitionsToApprove,
    long PendingSales
);

/// <summary>What needs somebody now.</summary>
public sealed class AlertQueries(NpgsqlDataSource database)
{
    /// <summary>Newest first.</summary>
    public Task<Page<AlertRow>> ListAsync(AlertFilter filter, PageRequest page, CancellationToken ct = default) =>
        database.PageAsync(
            new Filtered("list_alerts")
                .With("state", filter.State.ToArray())
                .With("severity", filter.Severity.ToArray())
                .With("kind", filter.Kind.ToArray())
                .With("subject", filter.Subject.ToArray())
                .With("role", filter.Role.ToArray())
                .With("cause", filter.Cause.ToArray())
                .With("shelved", filter.Shelved is true)
                .With("unshelved", filter.Shelved is false)
                .With("after", page.AfterId),
            page,
            Row,
            a => Cursor.Of(a.Id),
            ct
        );

    public async Task<AlertRow?> FindAsync(long id, CancellationToken ct = default) =>
        (await database.RowsAsync(new Filtered("list_alerts").With("id", id).With("limit", 1), Row, ct)) is [var row]
            ? row
            : null;

    public async Task<PlantCounts> CountsAsync(CancellationToken ct = default) =>
        (
            await database.RowsAsync(
                new Filtered("nav_counts"),
                r => new PlantCounts(
                    r.GetInt64(0),
                    r.GetInt64(1),
                    r.GetInt64(2),
                    r.GetInt64(3),
                    r.GetInt64(4),
                    r.GetInt64(5),
                    r.GetInt64(6)
                ),
                ct
            )
        )[0];

    /// <summary>Unattended alerts of these severities whose role is one of these and has not been told by mail, oldest first.</summary>
    public async Task<IReadOnlyList<UntoldAlert>> UntoldAsync(
        string[] severities,
        string[] roles,
        int limit,
        CancellationToken ct = default
    )
    {
        await using var command = database.Command("alert_mails", severities, roles, limit);
        await using var r = await command.ExecuteReaderAsync(ct);
        var untold = new List<UntoldAlert>();
        while (await r.ReadAsync(ct))
            untold.Add(
                new(
                    r.GetInt64(0),
                    r.GetString(1),
                    r.GetString(2),
                    r.GetString(3),
                    r.GetFieldValue<DateTimeOffset>(4),
                    r.Value<DateTimeOffset>(5),
                    r.GetString(6)
                )
            );
        return untold;
    }

    /// <summary>What waits for each role.</summary>
    public Task<List<Unattended>> UnattendedAsync(CancellationToken ct = default) =>
        database.RowsAsync(
            new Filtered("alert_unattended"),
            r => new Unattended(r.GetString(0), r.GetInt64(1), r.GetBoolean(2)),
            ct
        );

    private static AlertRow Row(NpgsqlDataReader r) =>
        new(
            r.GetInt64(0),
            r.GetString(1),
            r.GetString(2),
            r.GetString(3),
            r.GetString(4),
            r.GetString(5),
            r.GetString(6),
            r.GetString(7),
            JsonDocument.Parse(r.GetString(8)).RootElement,
            r.GetFieldValue<DateTimeOffset>(9),
            r.Value<DateTimeOffset>(10),
            r.Text(11),
            r.Text(12),
            r.Value<DateTimeOffset>(13),
            r.Value<DateTimeOffset>(14),
            r.GetString(15),
            r.GetInt32(16),
            r.GetString(17),
            r.Value<DateTimeOffset>(18),
            r.Text(19),
            r.Value<DateTimeOffset>(20)
        );
}
