using Manufactura.Domain;
using Manufactura.Domain.Requisitions;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.Requisitions;

/// <summary>Serializes what people do to one requisition; the mail's sender and receipts write beside it under its version.</summary>
[GrainType("requisition")]
public sealed class RequisitionGrain(
    SalesQueries sales,
    MasterReader master,
    MaterialCache materials,
    MailOutbox outbox,
    MailIdentity identity,
    ICommitLog log,
    PlantClock clock
) : Grain, IRequisitionGrain
{
    private string Number => this.GetPrimaryKeyString();

    public Task<Answer<RequisitionView>> Approve(CommandContext context) =>
        Change(context, async r => RequisitionRules.Approve(r, await SupplierAsync(r.Supplier)));

    public Task<Answer<RequisitionView>> Confirm(CommandContext context) =>
        Change(context, r => Task.FromResult(RequisitionRules.Confirm(r)));

    public Task<Answer<RequisitionView>> Cancel(CommandContext context) =>
        Change(context, r => Task.FromResult(RequisitionRules.Cancel(r)));

    public Task<Answer<RequisitionView>> SendAgain(CommandContext context) =>
        Change(context, async r => RequisitionRules.SendAgain(r, await SupplierAsync(r.Supplier)));

    private Task<Answer<RequisitionView>> Change(CommandContext context, Func<Requisition, Task<Decision<Requisition>>> rule) =>
        log.CarryOutAsync<RequisitionView>(
            context,
            async draft =>
            {
                if (await sales.RequisitionAsync(Number) is not { } row)
                    return Refusal.NotFound($"la requisición {Number}") with { En = $"Requisition {Number} does not exist." };
                var before = RequisitionRows.Of(row);
                var decision = await rule(before);
                if (decision.Refusal is { } refusal)
                    return refusal;
                var after = decision.Outcome;
                var now = clock.Now;
                draft.Work.Update(before, after, context.Actor, now);
                if (before.Mail != after.Mail)
                    await MoveMail(draft.Work, after, now);
                return RequisitionView.Of(after);
            }
        );

    /// <summary>The mail follows: into the outbox, back into it, or out of the sender's reach.</summary>
    private async Task MoveMail(UnitOfWork work, Requisition after, DateTimeOffset at)
    {
        var mail = await outbox.OfRequisitionAsync(Number);
        if (after.Mail == MailState.Queued && mail is null)
        {
            var names = await materials.GetAsync([.. after.Lines.Select(l => l.Material)]);
            if (RequisitionRows.MailOf(after, await SupplierAsync(after.Supplier), m => names[m], identity) is { } written)
                work.Add(new MailInsert(written.MessageId, Number, written.Recipient, written.Subject, written.Body, at));
        }
        else if (after.Mail == MailState.Queued && mail is { State: "failed" })
            work.Add(new MailUpdate(mail.MessageId, mail.Attempts, "queued", 0, at, null, null));
        else if (after.Mail == MailState.Held && mail is { State: "queued" })
            work.Add(new MailUpdate(mail.MessageId, mail.Attempts, "failed", mail.Attempts + 1, at, "cancelled", null));
    }

    private async Task<Supplier?> SupplierAsync(string? code) =>
        code is not null && await master.FindAsync(MasterTable.Supplier, code) is { } row
            ? Suppliers.Of(MessageJson.Deserialize<SupplierData>(row.Json))
            : null;
}

/// <summary>Suppliers as the rules see them.</summary>
internal static class Suppliers
{
    public static Supplier Of(SupplierData data) => new(data.Code!, data.Name!, data.Email);
}
