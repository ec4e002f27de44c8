using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Storage.Commits;

internal static partial class Statements
{
    private static Statement[] Books() =>
        [
            new Statement<JournalEntryInsert>()
                .Key(r => r.Number)
                .Date(r => r.Date)
                .Text(r => r.Description)
                .Text(r => r.Reference)
                .Text(r => r.CreatedBy)
                .Instant(r => r.CreatedAt)
                .Text(r => r.Production),
            new Statement<JournalLineInsert>()
                .Key(r => Join(r.Entry, r.Position))
                .Text(r => r.Entry)
                .Int(r => r.Position)
                .Text(r => r.Account)
                .Number(r => r.Debit)
                .Number(r => r.Credit),
            new Statement<MailInsert>()
                .Key(r => r.MessageId)
                .Text(r => r.Requisition)
                .Text(r => r.Recipient)
                .Text(r => r.Subject)
                .Text(r => r.Body)
                .Text(r => r.State)
                .Instant(r => r.NextAttemptAt),
            new Statement<MailUpdate>()
                .Key(r => r.MessageId)
                .Int(r => r.ExpectedAttempts)
                .Text(r => r.State)
                .Int(r => r.Attempts)
                .Instant(r => r.NextAttemptAt)
                .Text(r => r.LastError)
                .Instant(r => r.SentAt),
            new Statement<AlertUpdate>()
                .Key(r => Join(r.Id))
                .Long(r => r.Id)
                .Int(r => r.ExpectedVersion)
                .Text(r => r.State)
                .Instant(r => r.AcknowledgedAt)
                .Text(r => r.AcknowledgedBy)
                .Text(r => r.Note)
                .Instant(r => r.EscalatedAt)
                .Instant(r => r.ClearedAt)
                .Text(r => r.Role)
                .Instant(r => r.ShelvedUntil)
                .Text(r => r.ShelvedBy)
                .Instant(r => r.WaitsSince)
                .Text(r => r.Actor)
                .Text(r => r.TextEs)
                .Text(r => r.TextEn),
            new Statement<AlertRaise>()
                .Text(r => r.Condition)
                .Text(r => r.Cause)
                .Text(r => r.Kind)
                .Text(r => r.Severity)
                .Text(r => r.Subject)
                .Text(r => r.Role)
                .Text(r => r.TextEs)
                .Text(r => r.TextEn)
                .Json(r => r.Data)
                .Instant(r => r.RaisedAt),
            new Statement<AlertClear>().Text(r => r.Condition).Instant(r => r.ClearedAt),
            new Statement<AlertEscalate>().Long(r => r.Id).Text(r => r.Role).Instant(r => r.EscalatedAt),
            new Statement<AlertReturn>().Long(r => r.Id).Instant(r => r.At),
            new Statement<AlertMailed>().Long(r => r.Id).Text(r => r.Role),
        ];

    private static Statement[] Events() =>
        [
            new Statement<EventInsert>()
                .Text(r => r.Type)
                .Text(r => r.Subject)
                .Text(r => r.Also)
                .Int(r => r.Version)
                .Text(r => r.Actor)
                .Json(r => r.DataJson),
        ];
}
