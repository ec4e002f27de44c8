using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A committed change: the audit. Ids rise in commit order.</summary>
public sealed record EventRow(
    long Id,
    DateTimeOffset At,
    string Type,
    string Subject,
    string? Also,
    int? Version,
    string Actor,
    JsonElement Data
);

/// <summary>A line of a journal entry; either debit or credit is zero.</summary>
public sealed record JournalLineRow(string Account, decimal Debit, decimal Credit, string AccountName);

/// <summary>A journal entry with its lines.</summary>
public sealed record JournalRow(
    string Number,
    DateOnly Date,
    string Description,
    string Reference,
    IReadOnlyList<JournalLineRow> Lines,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    long Id
);

/// <summary>The audit and the books.</summary>
public sealed class AuditQueries(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Events behind <paramref name="after"/>, id rising; empty lists do not filter.</summary>
    public Task<Page<EventRow>> ListAsync(
        long after,
        IReadOnlyList<string> subject,
        IReadOnlyList<string> type,
        int limit,
        CancellationToken ct = default
    ) =>
        database.PageAsync(
            new Filtered("list_events").With("after", after).With("subject", subject.ToArray()).With("type", type.ToArray()),
            new PageRequest(limit),
            r => new EventRow(
                r.GetInt64(0),
                r.GetFieldValue<DateTimeOffset>(1),
                r.GetString(2),
                r.GetString(3),
                r.Text(4),
                r.Value<int>(5),
                r.GetString(6),
                JsonDocument.Parse(r.GetString(7)).RootElement
            ),
            e => Cursor.Of(e.Id),
            ct
        );

    /// <summary>Newest first; empty lists and nulls do not filter, both dates count.</summary>
    public Task<Page<JournalRow>> JournalAsync(
        IReadOnlyList<string> reference,
        DateOnly? from,
        DateOnly? to,
        PageRequest page,
        CancellationToken ct = default
    ) =>
        database.PageAsync(
            new Filtered("list_journal")
                .With("reference", reference.ToArray())
                .With("from", from)
                .With("to", to)
                .With("after", page.AfterId),
            page,
            r => new JournalRow(
                r.GetString(0),
                r.GetFieldValue<DateOnly>(1),
                r.GetString(2),
                r.GetString(3),
                JsonSerializer.Deserialize<JournalLineRow[]>(r.GetString(4), Web)!,
                r.GetString(5),
                r.GetFieldValue<DateTimeOffset>(6),
                r.GetInt64(7)
            ),
            e => Cursor.Of(e.Id),
            ct
        );
}
