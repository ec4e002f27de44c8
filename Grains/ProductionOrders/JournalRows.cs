using Manufactura.Domain;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.Alerts;
using Manufactura.Grains.Interfaces;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>Turns a journal entry, or the reason why there is none, into rows.</summary>
internal static class JournalRows
{
    /// <param name="order">The finished or exploded order.</param>
    /// <param name="production">The order, or the first partial order of the explosion: one alert per production.</param>
    public static void Insert(
        this UnitOfWork work,
        Decision<JournalEntry> entry,
        string order,
        string production,
        string by,
        DateTimeOffset at
    )
    {
        if (entry.Refusal is { } failed)
        {
            work.Raise(PlantAlerts.JournalEntryFailed(order, production, new(failed.Es, failed.En)), at);
            return;
        }

        var (number, date, description, reference, lines) = entry.Outcome;
        work.Add(new JournalEntryInsert(number, date, description, reference, by, at, production));
        for (var i = 0; i < lines.Length; i++)
            work.Add(new JournalLineInsert(number, i + 1, lines[i].Account, lines[i].Debit, lines[i].Credit));
        work.Add(
            new EventInsert(
                "journal-entry-created",
                "journal:" + number,
                "order:" + order,
                1,
                by,
                MessageJson.Serialize(entry.Outcome)
            )
        );
    }

    /// <summary>Clears the alert of a production whose entry failed, if there is one.</summary>
    public static void Forget(this UnitOfWork work, string order, string production, DateTimeOffset at) =>
        work.Add(new AlertClear(AlertRules.Condition(AlertKind.JournalEntryFailed, order, production), at));

    /// <summary>Raises an alert unless one of the same condition stands.</summary>
    public static void Raise(this UnitOfWork work, AlertDraft draft, DateTimeOffset at)
    {
        var policy = AlertPolicy.Of(draft.Kind);
        work.Add(
            new AlertRaise(
                draft.Condition,
                draft.Cause,
                policy.Word,
                MessageJson.Name(policy.Severity),
                draft.Subject,
                policy.Role,
                draft.Text.Es,
                draft.Text.En,
                "{}",
                at
            )
        );
    }
}
