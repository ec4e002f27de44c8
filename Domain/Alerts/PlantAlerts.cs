using Manufactura.Domain.Lines;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Requisitions;

namespace Manufactura.Domain.Alerts;

/// <summary>
/// When each condition stands and what its alert says. A function of a state answers the alert while the condition stands and
/// null when it does not (then a standing alert of that condition is cleared).
/// </summary>
public static class PlantAlerts
{
    /// <summary>Too little of a material: it is low, its lots expire, orders wait for it.</summary>
    public static string CauseOf(string material) => "material:" + material;

    /// <summary>No server takes the plant's mail.</summary>
    public const string Mail = "mail";

    /// <summary>Productions that the books did not take.</summary>
    public const string Accounting = "accounting";

    /// <summary>Below the minimum; <paramref name="available"/> counts Available, unexpired lots only.</summary>
    public static AlertDraft? LowStock(Material material, decimal available) =>
        available < material.MinStock
            ? AlertDraft.Of(
                AlertKind.LowStock,
                material.Code,
                $"{material.Name}: quedan {available.Es()} {material.Unit}, por debajo del mínimo de {material.MinStock.Value.Es()}.",
                $"{material.Name}: {available.En()} {material.Unit} left, below the minimum of {material.MinStock.Value.En()}.",
                cause: CauseOf(material.Code)
            )
            : null;

    /// <summary>Stock that is still good but can no longer be reserved, its date being nearer than the material's margin.</summary>
    public static AlertDraft? LotExpiring(Lot lot, Material material, DateOnly today) =>
        lot is { Status: LotStatus.Available or LotStatus.Depleted, OnHand: > 0, ExpiresOn: { } expiry }
        && expiry > today
        && expiry.DayNumber - today.DayNumber < ChooseLots.MarginOf(material)
            ? AlertDraft.Of(
                AlertKind.LotExpiring,
                lot.Code,
                $"El lote {lot.Code} de {material.Name} ({lot.OnHand.Es()} {material.Unit}) vence el {expiry.Es()}.",
                $"Lot {lot.Code} of {material.Name} ({lot.OnHand.En()} {material.Unit}) expires on {expiry.En()}.",
                cause: "expiry:" + material.Code
            )
            : null;

    /// <summary>A lot expired (or else was counted down or scrapped) while orders had reserved of it.</summary>
    /// <param name="version">The lot's, when that happened: a lot expires once, but may be counted down again.</param>
    /// <param name="lost">What the orders concerned had of it, at least one.</param>
    public static AlertDraft LotLost(
        string lot,
        string material,
        bool expired,
        int version,
        IReadOnlyCollection<ReleasedAllocation> lost
    )
    {
        var text = Lost(lot, expired, lost);
        return AlertDraft.Of(
            expired ? AlertKind.LotExpired : AlertKind.LotLost,
            lot,
            text.Es + " Se replanifican.",
            text.En + " They are re-planned.",
            Which(expired, version),
            CauseOf(material)
        );
    }

    /// <summary>The condition of that alert.</summary>
    public static string LotLostCondition(string lot, bool expired, int version) =>
        AlertRules.Condition(expired ? AlertKind.LotExpired : AlertKind.LotLost, lot, Which(expired, version));

    /// <summary>The text of the same alert once the orders have been offered what there is: what they had, and what they have.</summary>
    /// <param name="now">The orders as they stand, by number.</param>
    public static Text LotReplanned(
        string lot,
        bool expired,
        string material,
        IReadOnlyCollection<ReleasedAllocation> lost,
        IReadOnlyDictionary<string, ProductionOrder> now
    )
    {
        var known = lost.Where(l => now.ContainsKey(l.Order)).Select(l => now[l.Order]).ToArray();
        var before = Lost(lot, expired, lost);
        return new(
            $"{before.Es} Ahora: {List(known, o => Has(o, material, InSentences.Es, "espera"), "y {0} más")}.",
            $"{before.En} Now: {List(known, o => Has(o, material, InSentences.En, "waits"), "and {0} more")}."
        );
    }

    /// <summary>Names at most this many orders, as people read.</summary>
    private const int Named = 10;

    private static string? Which(bool expired, int version) =>
        expired ? null : version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Text Lost(string lot, bool expired, IReadOnlyCollection<ReleasedAllocation> lost) =>
        new(
            $"El lote {lot} {(expired ? "venció con reservas" : "ya no cubre sus reservas")}. Antes: {List(lost, l => $"{l.Order} {l.Quantity.Es()}", "y {0} más")}.",
            $"Lot {lot} {(expired ? "expired with reservations" : "no longer covers its reservations")}. Before: {List(lost, l => $"{l.Order} {l.Quantity.En()}", "and {0} more")}."
        );

    private static string Has(ProductionOrder order, string material, Func<decimal, string> say, string waits)
    {
        var lots = order.Allocations.Where(a => a.State == AllocationState.Reserved && a.Material == material);
        var has = lots.Select(a => $"{say(a.Quantity)} ({a.Lot})");
        return $"{order.Number} {string.Join(" + ", order is { IsOpen: true, AwaitsMaterials: true } ? has.Append(waits) : has)}".TrimEnd();
    }

    private static string List<T>(IReadOnlyCollection<T> all, Func<T, string> say, string more) =>
        string.Join(", ", all.Take(Named).Select(say))
        + (
            all.Count > Named
                ? " " + string.Format(System.Globalization.CultureInfo.InvariantCulture, more, all.Count - Named)
                : ""
        );

    /// <summary>Open after its due date.</summary>
    public static AlertDraft? OrderOverdue(ProductionOrder order, DateOnly today) =>
        order is { IsOpen: true, DueDate: { } due } && due < today
            ? AlertDraft.Of(
                AlertKind.OrderOverdue,
                order.Number,
                $"La orden {order.Number} debía terminarse el {due.Es()}.",
                $"Order {order.Number} was due on {due.En()}."
            )
            : null;

    /// <summary>Tried to reserve and fell short. The first component that it lacks is its cause.</summary>
    public static AlertDraft? OrderWaiting(ProductionOrder order) =>
        order is { IsOpen: true, AwaitsMaterials: true }
            ? AlertDraft.Of(
                AlertKind.OrderWaitingForMaterial,
                order.Number,
                $"La orden {order.Number} espera materiales.",
                $"Order {order.Number} waits for materials.",
                cause: FirstMissing(order) is { } material ? CauseOf(material) : null
            )
            : null;

    /// <summary>Assigned above 100 percent of its capacity per shift.</summary>
    public static AlertDraft? LineSaturated(string line, LineLoad load) =>
        load.Saturated
            ? AlertDraft.Of(
                AlertKind.LineSaturated,
                line,
                $"La línea {line} está saturada: {load.AssignedKg.Es()} kg asignados y {load.CapacityKg.Es()} kg de capacidad por turno ({decimal.Round(load.Percent, 1).Es()} %).",
                $"Line {line} is saturated: {load.AssignedKg.En()} kg assigned and {load.CapacityKg.En()} kg of capacity per shift ({decimal.Round(load.Percent, 1).En()} %)."
            )
            : null;

    /// <summary>Waits for the supervisor's approval.</summary>
    public static AlertDraft? RequisitionOverThreshold(Requisition requisition) =>
        requisition.Status == RequisitionStatus.AwaitingApproval
            ? AlertDraft.Of(
                AlertKind.RequisitionOverThreshold,
                requisition.Number,
                $"La requisición {requisition.Number} supera el umbral crítico y espera aprobación.",
                $"Requisition {requisition.Number} is over the critical threshold and awaits approval."
            )
            : null;

    /// <summary>Open, but there is nobody to write to.</summary>
    public static AlertDraft? RequisitionWithoutAddress(Requisition requisition) =>
        requisition is { Status: RequisitionStatus.Open, Mail: MailState.Held }
            ? AlertDraft.Of(
                AlertKind.RequisitionWithoutAddress,
                requisition.Number,
                $"La requisición {requisition.Number} no tiene proveedor con correo: avise usted mismo.",
                $"Requisition {requisition.Number} has no supplier with an e-mail address: send word yourself."
            )
            : null;

    /// <summary>The e-mail was given up after its retries.</summary>
    public static AlertDraft? MailFailed(Requisition requisition) =>
        requisition is { Status: RequisitionStatus.Open or RequisitionStatus.Confirmed, Mail: MailState.Failed }
            ? AlertDraft.Of(
                AlertKind.MailFailed,
                requisition.Number,
                $"No se pudo enviar el correo de la requisición {requisition.Number}.",
                $"The e-mail of requisition {requisition.Number} could not be sent.",
                cause: Mail
            )
            : null;

    /// <summary>Stands until the entry has been retried; one per production, so an order exploded twice may have two.</summary>
    /// <param name="production">The order's number, or that of the first partial order of its explosion.</param>
    public static AlertDraft JournalEntryFailed(string order, string production, Text reason) =>
        AlertDraft.Of(
            AlertKind.JournalEntryFailed,
            order,
            $"Falló el asiento contable de {production}: {reason.Es}",
            $"The journal entry of {production} failed: {reason.En}",
            production,
            Accounting
        );

    /// <summary>A production was taken back whose entries stand.</summary>
    public static AlertDraft JournalEntryNotReversed(string order, string entry) =>
        AlertDraft.Of(
            AlertKind.JournalEntryNotReversed,
            order,
            $"La producción de {order} se anuló, pero el asiento {entry} no se reversa automáticamente.",
            $"The production of {order} was taken back, but entry {entry} is not reversed automatically.",
            entry
        );

    private static string? FirstMissing(ProductionOrder order) =>
        order
            .BomLines.FirstOrDefault(l => l.Quantity * order.Outstanding > Allocations.ReservedOf(order.Allocations, l.Component))
            ?.Component;
}
