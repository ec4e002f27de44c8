using Manufactura.Storage.Turns;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A mail that has not been accepted by a server yet.</summary>
/// <param name="Attempts">How often it was tried; what a <c>MailUpdate</c> expects.</param>
/// <param name="State"><c>queued</c>, <c>sent</c> or <c>failed</c>.</param>
public sealed record OutgoingMail(
    string MessageId,
    string? Requisition,
    string Recipient,
    string Subject,
    string Body,
    int Attempts,
    string State = "queued"
);

/// <summary>Mails that wait to be sent. One process of all sends them: the one that holds the turn.</summary>
public sealed class MailOutbox(NpgsqlDataSource database)
{
    private const int Kind = 7703;

    /// <summary>The turn, held until disposed; null while another process holds it.</summary>
    public async Task<MailTurn?> TryTakeAsync(CancellationToken ct) =>
        await Turn.TryTakeAsync(database, Kind, 1, ct) is { } turn ? new MailTurn(turn) : null;

    /// <summary>The newest mail of a requisition, or null.</summary>
    public async Task<OutgoingMail?> OfRequisitionAsync(string requisition, CancellationToken ct = default)
    {
        await using var command = database.Command("mail_of_requisition", requisition);
        await using var r = await command.ExecuteReaderAsync(ct);
        return await r.ReadAsync(ct) ? MailTurn.Row(r) with { State = r.GetString(6) } : null;
    }
}

/// <summary>The right to send. Mails are read on its own session: who has lost it cannot learn of another mail to send.</summary>
public sealed class MailTurn(Turn turn) : IAsyncDisposable
{
    /// <summary>Mails whose time has come, longest due first.</summary>
    public Task<IReadOnlyList<OutgoingMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken ct) =>
        turn.UseAsync<IReadOnlyList<OutgoingMail>>(
            async connection =>
            {
                await using var command = new NpgsqlCommand(Query.Text("mail_due"), connection);
                command.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
                command.Parameters.Add(new NpgsqlParameter { Value = limit });
                await using var r = await command.ExecuteReaderAsync(ct);
                var mails = new List<OutgoingMail>();
                while (await r.ReadAsync(ct))
                    mails.Add(Row(r));
                return mails;
            },
            ct
        );

    /// <summary>When the next one is due; null when none is queued.</summary>
    public Task<DateTimeOffset?> NextAsync(CancellationToken ct) =>
        turn.UseAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(Query.Text("mail_next"), connection);
                await using var r = await command.ExecuteReaderAsync(ct);
                return await r.ReadAsync(ct) ? r.Value<DateTimeOffset>(0) : null;
            },
            ct
        );

    public ValueTask DisposeAsync() => turn.DisposeAsync();

    internal static OutgoingMail Row(NpgsqlDataReader r) =>
        new(r.GetString(0), r.Text(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5));
}
