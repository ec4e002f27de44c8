using Manufactura.Domain.Alerts;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Requisitions;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Requisitions;

/// <summary>The plant's name in mail: the right side of every Message-ID.</summary>
public sealed record MailIdentity(string Host)
{
    /// <summary>Where no sender is configured.</summary>
    public static MailIdentity Default { get; } = new("manufactura.local");
}

/// <summary>Turns requisitions into the rows that a unit of work writes, with their events and alerts.</summary>
public static class RequisitionRows
{
    /// <summary>A new requisition; its mail if it is queued; the alerts of one that waits for somebody.</summary>
    /// <param name="mail">Its e-mail when it may go out at once.</param>
    public static void Insert(this UnitOfWork work, Requisition r, Mail? mail, string actor, DateTimeOffset at)
    {
        work.Add(
            new RequisitionInsert(
                r.Number,
                r.Supplier,
                r.Status.ToString(),
                MessageJson.Name(r.Mail),
                r.SalesOrder,
                r.ProductionOrder,
                r.CreatedBy,
                r.CreatedAt,
                r.Version
            )
        );
        for (var i = 0; i < r.Lines.Length; i++)
            work.Add(new RequisitionLineInsert(r.Number, i + 1, r.Lines[i].Material, r.Lines[i].Quantity, r.Lines[i].TargetDate));
        if (mail is not null)
            work.Add(new MailInsert(mail.MessageId, r.Number, mail.Recipient, mail.Subject, mail.Body, at));
        work.Add(Event("requisition-created", r, actor));
        if (PlantAlerts.RequisitionOverThreshold(r) is { } over)
            work.RaiseAlert(over, at);
        if (PlantAlerts.RequisitionWithoutAddress(r) is { } held)
            work.RaiseAlert(held, at);
    }

    /// <summary>The row as it is to stand, one version on, and the alerts that come and go with its state.</summary>
    public static void Update(this UnitOfWork work, Requisition before, Requisition after, string actor, DateTimeOffset at)
    {
        work.Add(new RequisitionUpdate(after.Number, before.Version, after.Status.ToString(), MessageJson.Name(after.Mail)));
        work.Add(Event("requisition-changed", after, actor));
        work.Follow(PlantAlerts.RequisitionOverThreshold, AlertKind.RequisitionOverThreshold, before, after, at);
        work.Follow(PlantAlerts.RequisitionWithoutAddress, AlertKind.RequisitionWithoutAddress, before, after, at);
        work.Follow(PlantAlerts.MailFailed, AlertKind.MailFailed, before, after, at);
    }

    /// <summary>The e-mail of one whose mail is queued; null otherwise.</summary>
    public static Mail? MailOf(Requisition r, Supplier? supplier, Func<string, Material> materialOf, MailIdentity identity) =>
        r.Mail == MailState.Queued && supplier is not null ? RequisitionMail.Write(r, supplier, materialOf, identity.Host) : null;

    /// <summary>A stored requisition as its rules see it.</summary>
    public static Requisition Of(RequisitionRow row) =>
        new(
            row.Number,
            row.Supplier,
            Enum.Parse<RequisitionStatus>(row.Status),
            Enum.Parse<MailState>(row.Mail, ignoreCase: true),
            row.SalesOrder,
            row.ProductionOrder,
            [.. row.Lines.Select(l => new RequisitionLine(l.Material, l.Quantity, l.TargetDate))],
            row.CreatedBy,
            row.CreatedAt,
            row.Version
        );

    private static void Follow(
        this UnitOfWork work,
        Func<Requisition, AlertDraft?> alertOf,
        AlertKind kind,
        Requisition before,
        Requisition after,
        DateTimeOffset at
    )
    {
        var draft = alertOf(after);
        if (draft is not null || alertOf(before) is not null)
            work.Show(draft, kind, after.Number, at);
    }

    private static EventInsert Event(string type, Requisition r, string actor) =>
        new(
            type,
            "requisition:" + r.Number,
            r.SalesOrder is null ? null : "sales-order:" + r.SalesOrder,
            r.Version,
            actor,
            MessageJson.Serialize(RequisitionView.Of(r))
        );
}
