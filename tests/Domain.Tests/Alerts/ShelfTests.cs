using Manufactura.Domain.Alerts;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Alerts;

/// <summary>Alerts that are put aside, what lies under them, and how a mail tells of them.</summary>
public class ShelfTests
{
    [Fact]
    public void What_is_put_aside_is_not_escalated_until_its_time_has_begun_anew()
    {
        var alert = Standing();
        var within = AlertRules.EscalatesAt(alert) - alert.RaisedAt;
        var shelved = AlertRules.Shelve(alert, "ana", At.AddHours(30), "mañana", At).Outcome;

        Assert.Null(AlertRules.Escalate(shelved, At.AddHours(29)));
        var back = AlertRules.Unshelve(shelved, At.AddHours(30))!;

        Assert.Equal((null, null, At.AddHours(30)), (back.ShelvedUntil, back.ShelvedBy, back.WaitsSince));
        Assert.Null(AlertRules.Escalate(back, At.AddHours(30) + within - TimeSpan.FromTicks(1)));
        Assert.NotNull(AlertRules.Escalate(back, At.AddHours(30) + within));
        Assert.Null(AlertRules.Unshelve(back, At.AddHours(31)));
    }

    [Theory]
    [InlineData(0, "validation")]
    [InlineData(7 * 24 + 0.01, "validation")]
    [InlineData(7 * 24, null)]
    public void It_is_put_aside_until_a_moment_to_come_seven_days_at_most(double hours, string? refusal) =>
        Assert.Equal(refusal, AlertRules.Shelve(Standing(), "ana", At.AddHours(hours), null, At).Refusal?.Code);

    [Fact]
    public void Only_what_is_active_is_put_aside_and_taking_or_ending_it_takes_it_down()
    {
        var shelved = AlertRules.Shelve(Standing(), "ana", At.AddHours(1), null, At).Outcome;
        var taken = AlertRules.Acknowledge(shelved, "ana", null, At).Outcome;

        Assert.Null(taken.ShelvedUntil);
        Assert.Null(AlertRules.Clear(shelved, At)!.ShelvedUntil);
        Assert.Equal("invalid-state", AlertRules.Shelve(taken, "ana", At.AddHours(1), null, At).Refusal?.Code);
    }

    [Fact]
    public void An_order_that_waits_has_the_first_component_it_lacks_as_its_cause()
    {
        var order = Chairs() with { AwaitsMaterials = true };
        var first = order.BomLines[0].Component;
        var second = order.BomLines[1].Component;

        Assert.Equal(PlantAlerts.CauseOf(first), PlantAlerts.OrderWaiting(order)!.Cause);
        var reserved = new Allocation("L", first, order.BomLines[0].Quantity * order.Outstanding, AllocationState.Reserved);
        Assert.Equal(PlantAlerts.CauseOf(second), PlantAlerts.OrderWaiting(order with { Allocations = [reserved] })!.Cause);
    }

    [Fact]
    public void A_mail_has_one_line_for_each_cause_the_worst_first()
    {
        AlertLine[] lines =
        [
            new(1, AlertSeverity.Warning, "material:TELA", "Tela: quedan 3 m.", At, false),
            new(2, AlertSeverity.Warning, "material:TELA", "La orden WO-0001 espera materiales.", At.AddMinutes(1), false),
            new(3, AlertSeverity.Critical, "mail", "No se pudo enviar el correo.", At.AddMinutes(2), true),
        ];

        var mail = AlertMail.Write(lines, "Supervisor", "a@b.example", At, "fabrica.example");

        Assert.Equal("2 alertas nuevas", mail.Subject);
        var told = mail.Body.Split('\n');
        Assert.StartsWith("- [crítica] No se pudo enviar el correo.", told[0], StringComparison.Ordinal);
        Assert.EndsWith("Escalada: nadie la atendió a tiempo.", told[0], StringComparison.Ordinal);
        Assert.StartsWith("- [aviso] Tela: quedan 3 m. (y 1 más por la misma causa)", told[1], StringComparison.Ordinal);
        Assert.Single(mail.MessageId, '@');
    }

    private static Alert Standing() =>
        AlertRules.Raise(PlantAlerts.OrderWaiting(Chairs() with { AwaitsMaterials = true })!, false, At)!;
}
