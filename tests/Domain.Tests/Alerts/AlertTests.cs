using Manufactura.Domain.Alerts;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Requisitions;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Alerts;

public class AlertTests
{
    [Fact]
    public void A_standing_condition_never_raises_twice()
    {
        var draft = PlantAlerts.LowStock(MaterialOf("TELA") with { MinStock = 10 }, 9.5m)!;

        var alert = AlertRules.Raise(draft, stands: false, At)!;

        Assert.Equal(("low-stock:TELA", "Supervisor", AlertState.Active), (alert.Condition, alert.Role, alert.State));
        Assert.Equal("Tela: quedan 9,5 UN, por debajo del mínimo de 10.", alert.Text.Es);
        Assert.Null(AlertRules.Raise(draft, stands: true, At));
    }

    [Theory]
    [InlineData(10, 9.99, true)]
    [InlineData(10, 10, false)]
    [InlineData(null, 0, false)]
    public void Stock_is_low_below_the_minimum(int? minimum, double available, bool low) =>
        Assert.Equal(low, PlantAlerts.LowStock(MaterialOf("TELA") with { MinStock = minimum }, (decimal)available) is not null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(13, true)]
    [InlineData(14, false)]
    public void A_lot_is_about_to_expire_inside_the_margin(int daysLeft, bool expiring)
    {
        var lot = Lot("L", "TELA", 5, expires: Today.AddDays(daysLeft));

        Assert.Equal(expiring, PlantAlerts.LotExpiring(lot, MaterialOf("TELA"), Today) is not null);
        Assert.Null(PlantAlerts.LotExpiring(lot with { Status = LotStatus.Rejected }, MaterialOf("TELA"), Today));
    }

    [Theory]
    [InlineData(OrderStatus.InProgress, -1, true)]
    [InlineData(OrderStatus.InProgress, 0, false)]
    [InlineData(OrderStatus.Done, -1, false)]
    public void An_open_order_is_overdue_after_its_day(OrderStatus status, int due, bool overdue) =>
        Assert.Equal(
            overdue,
            PlantAlerts.OrderOverdue(Chairs() with { Status = status, DueDate = Today.AddDays(due) }, Today) is not null
        );

    [Theory]
    [InlineData(450, false)]
    [InlineData(450.001, true)]
    public void A_line_is_saturated_above_a_hundred_percent(double assignedKg, bool saturated) =>
        Assert.Equal(saturated, PlantAlerts.LineSaturated("L1", new(450, (decimal)assignedKg)) is not null);

    [Fact]
    public void The_alert_of_a_saturated_line_says_by_how_much() =>
        Assert.Equal(
            "La línea L2 está saturada: 1.693 kg asignados y 900 kg de capacidad por turno (188,1 %).",
            PlantAlerts.LineSaturated("L2", new(900, 1693))!.Text.Es
        );

    [Fact]
    public void Two_failed_entries_of_one_order_are_two_conditions()
    {
        var reason = new Text("sin costo.", "no cost.");
        var first = PlantAlerts.JournalEntryFailed("WO-0007", "WO-0007-01", reason);
        var second = PlantAlerts.JournalEntryFailed("WO-0007", "WO-0007-05", reason);

        Assert.Equal("journal-failed:WO-0007:WO-0007-01", first.Condition);
        Assert.NotEqual(first.Condition, second.Condition);
        Assert.Equal(first.Subject, second.Subject);
    }

    [Fact]
    public void An_alert_is_acknowledged_once_and_cleared_from_either_state()
    {
        var active = Standing();

        var acknowledged = AlertRules.Acknowledge(active, "supervisor", "voy", At.AddHours(1)).Outcome;

        Assert.Equal(
            (AlertState.Acknowledged, "supervisor", "voy"),
            (acknowledged.State, acknowledged.AcknowledgedBy, acknowledged.Note)
        );
        Assert.Equal("invalid-state", AlertRules.Acknowledge(acknowledged, "otro", null, At).Refusal?.Code);
        var cleared = AlertRules.Clear(acknowledged, At)!;
        Assert.Equal(AlertState.Cleared, cleared.State);
        Assert.Equal(AlertState.Cleared, AlertRules.Clear(active, At)?.State);
        Assert.Null(AlertRules.Clear(cleared, At));
    }

    [Fact]
    public void An_alert_nobody_acknowledges_is_escalated_once_when_its_time_has_passed()
    {
        var alert = Standing();
        var due = AlertRules.EscalatesAt(alert);

        Assert.Null(AlertRules.Escalate(alert, due.AddTicks(-1)));
        var escalated = AlertRules.Escalate(alert, due)!;
        Assert.Equal(("ProductionManager", due), (escalated.Role, escalated.EscalatedAt));
        Assert.Null(AlertRules.Escalate(escalated, due.AddDays(9)));
        Assert.Null(AlertRules.Escalate(AlertRules.Acknowledge(alert, "s", null, At).Outcome, due));
    }

    [Fact]
    public void Every_kind_has_a_policy_of_its_own_word()
    {
        var words = Enum.GetValues<AlertKind>().Select(k => AlertPolicy.Of(k)).ToArray();

        Assert.Equal(words.Length, words.Select(p => p.Word).Distinct().Count());
        Assert.All(words, p => Assert.True(p.Within > TimeSpan.Zero && p.Role != p.EscalatesTo));
    }

    [Theory]
    [InlineData(RequisitionStatus.AwaitingApproval, MailState.Held, "requisition-threshold:RQ-1")]
    [InlineData(RequisitionStatus.Open, MailState.Held, "requisition-held:RQ-1")]
    [InlineData(RequisitionStatus.Open, MailState.Failed, "mail-failed:RQ-1")]
    [InlineData(RequisitionStatus.Open, MailState.Queued, null)]
    [InlineData(RequisitionStatus.Cancelled, MailState.Held, null)]
    public void A_requisition_raises_what_stands_of_it(RequisitionStatus status, MailState mail, string? condition)
    {
        var requisition = new Requisition("RQ-1", null, status, mail, null, null, [], "x", At);
        AlertDraft?[] drafts =
        [
            PlantAlerts.RequisitionOverThreshold(requisition),
            PlantAlerts.RequisitionWithoutAddress(requisition),
            PlantAlerts.MailFailed(requisition),
        ];

        Assert.Equal(condition, drafts.SingleOrDefault(d => d is not null)?.Condition);
    }

    private static Alert Standing() =>
        AlertRules.Raise(PlantAlerts.OrderWaiting(Chairs() with { AwaitsMaterials = true })!, false, At)!;
}
