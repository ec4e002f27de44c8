using System.Collections.Immutable;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Requisitions;

/// <summary>
/// A requisition before it has a number. <paramref name="MailHeldForNoAddress"/>: nobody can be written to, which raises an alert;
/// <paramref name="OverThreshold"/>: the supervisor must approve it, which raises one too.
/// </summary>
public sealed record RequisitionDraft(
    string? Supplier,
    RequisitionStatus Status,
    MailState Mail,
    RequisitionLine Line,
    bool OverThreshold,
    bool MailHeldForNoAddress
)
{
    /// <summary>The requisition under its number.</summary>
    public Requisition ToRequisition(string number, string? salesOrder, string? order, string by, DateTimeOffset at) =>
        new(number, Supplier, Status, Mail, salesOrder, order, [Line], by, at);
}

/// <summary>AwaitingApproval → Open → Confirmed → Received | Cancelled.</summary>
public static class RequisitionRules
{
    /// <summary>
    /// One requisition per material and its supplier for all that one sale (or one reservation by hand) lacks, never merged with
    /// others. Above the material's critical quantity it waits for the supervisor before the e-mail goes out; without a supplier,
    /// or one without address, the mail is held.
    /// </summary>
    /// <param name="missing">What reserving fell short of; the same material may come several times.</param>
    /// <param name="targetDate">When it is needed.</param>
    public static ImmutableArray<RequisitionDraft> Plan(
        IEnumerable<(string Material, decimal Quantity)> missing,
        DateOnly? targetDate,
        Func<string, Material> materialOf,
        Func<string, Supplier?> supplierOf
    ) =>
        [
            .. missing
                .Where(m => m.Quantity > 0)
                .GroupBy(m => m.Material)
                .Select(g => Draft(materialOf(g.Key), g.Sum(m => m.Quantity), targetDate, supplierOf)),
        ];

    /// <summary>Of what one order lacks, what nobody has been asked for yet.</summary>
    /// <param name="lacking">What the order lacks, each material once.</param>
    /// <param name="inAll">What it and the others that share its requisitions lack of a material.</param>
    /// <param name="asked">What was asked for and is still to come.</param>
    public static ImmutableArray<(string Material, decimal Quantity)> NotAsked(
        IEnumerable<(string Material, decimal Quantity)> lacking,
        Func<string, decimal> inAll,
        Func<string, decimal> asked
    ) =>
        [
            .. lacking
                .Select(l => (l.Material, Quantity: Math.Min(l.Quantity, inAll(l.Material) - asked(l.Material))))
                .Where(l => l.Quantity > 0),
        ];

    /// <summary>The supervisor lets it go: AwaitingApproval → Open, and the mail is queued if there is somebody to write to.</summary>
    public static Decision<Requisition> Approve(Requisition requisition, Supplier? supplier) =>
        requisition.Status == RequisitionStatus.AwaitingApproval
            ? Next(requisition, RequisitionStatus.Open) with
            {
                Mail = HasAddress(supplier) ? MailState.Queued : MailState.Held,
            }
            : Wrong("La requisición no espera aprobación.", "The requisition does not await approval.", requisition);

    /// <summary>A person confirms that the supplier delivers: Open → Confirmed.</summary>
    public static Decision<Requisition> Confirm(Requisition requisition) =>
        requisition.Status == RequisitionStatus.Open
            ? Next(requisition, RequisitionStatus.Confirmed)
            : Wrong("La requisición no está abierta.", "The requisition is not open.", requisition);

    /// <summary>
    /// A lot for it was registered: Received once all lines have come, unchanged before. Goods may come before anybody confirmed;
    /// refused when it awaits approval or is closed.
    /// </summary>
    /// <param name="receivedOf">Quantity registered so far for this requisition, per material.</param>
    public static Decision<Requisition> Receive(Requisition requisition, Func<string, decimal> receivedOf)
    {
        if (requisition.Status is not (RequisitionStatus.Open or RequisitionStatus.Confirmed))
            return Wrong(
                "La requisición no está abierta ni confirmada.",
                "The requisition is neither open nor confirmed.",
                requisition
            );
        return requisition.Lines.All(l => receivedOf(l.Material) >= l.Quantity)
            ? Next(requisition, RequisitionStatus.Received)
            : requisition;
    }

    /// <summary>Any but Received → Cancelled; a mail that has not gone out is held.</summary>
    public static Decision<Requisition> Cancel(Requisition requisition) =>
        requisition.Status is RequisitionStatus.Received or RequisitionStatus.Cancelled
            ? Wrong(
                "La requisición ya fue recibida o cancelada.",
                "The requisition was already received or cancelled.",
                requisition
            )
            : Next(requisition, RequisitionStatus.Cancelled) with
            {
                Mail = requisition.Mail == MailState.Sent ? MailState.Sent : MailState.Held,
            };

    /// <summary>A person lets a mail go again that failed, or one that was held while there was nobody to write to.</summary>
    public static Decision<Requisition> SendAgain(Requisition requisition, Supplier? supplier)
    {
        if (requisition.Status is not (RequisitionStatus.Open or RequisitionStatus.Confirmed))
            return Wrong(
                "La requisición no está abierta ni confirmada.",
                "The requisition is neither open nor confirmed.",
                requisition
            );
        if (requisition.Mail is not (MailState.Failed or MailState.Held))
            return Wrong("El correo ya está en cola o enviado.", "The mail is already queued or sent.", requisition);
        return HasAddress(supplier)
            ? Next(requisition, requisition.Status) with
            {
                Mail = MailState.Queued,
            }
            : Wrong("El proveedor no tiene correo.", "The supplier has no e-mail address.", requisition);
    }

    private static RequisitionDraft Draft(
        Material material,
        decimal quantity,
        DateOnly? targetDate,
        Func<string, Supplier?> supplierOf
    )
    {
        var critical = quantity > material.CriticalQuantity;
        var address = material.Supplier is { } code && HasAddress(supplierOf(code));
        return new RequisitionDraft(
            material.Supplier,
            critical ? RequisitionStatus.AwaitingApproval : RequisitionStatus.Open,
            critical || !address ? MailState.Held : MailState.Queued,
            new(material.Code, quantity.Plain(), targetDate),
            critical,
            !address
        );
    }

    private static bool HasAddress(Supplier? supplier) => !string.IsNullOrWhiteSpace(supplier?.Email);

    private static Requisition Next(Requisition requisition, RequisitionStatus status) =>
        requisition with
        {
            Status = status,
            Version = requisition.Version + 1,
        };

    private static Refusal Wrong(string es, string en, Requisition requisition) =>
        Refusal.State($"{requisition.Number}: {es}", $"{requisition.Number}: {en}");
}
