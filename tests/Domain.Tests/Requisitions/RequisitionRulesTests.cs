using Manufactura.Domain.Materials;
using Manufactura.Domain.Requisitions;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Requisitions;

public class RequisitionRulesTests
{
    private static readonly Supplier Mill = new("TEX", "Textiles SA", "ventas@tex.example");

    [Theory]
    [InlineData(100.0, "TEX", RequisitionStatus.Open, MailState.Queued, false, false)]
    [InlineData(100.01, "TEX", RequisitionStatus.AwaitingApproval, MailState.Held, true, false)]
    [InlineData(5.0, null, RequisitionStatus.Open, MailState.Held, false, true)]
    [InlineData(5.0, "MUDO", RequisitionStatus.Open, MailState.Held, false, true)]
    [InlineData(500.0, null, RequisitionStatus.AwaitingApproval, MailState.Held, true, true)]
    public void Threshold_and_address_decide_whether_the_mail_goes(
        double quantity,
        string? supplier,
        RequisitionStatus status,
        MailState mail,
        bool overThreshold,
        bool noAddress
    )
    {
        var draft = Assert.Single(Plan(supplier, ("TELA", (decimal)quantity)));

        Assert.Equal(
            (status, mail, overThreshold, noAddress),
            (draft.Status, draft.Mail, draft.OverThreshold, draft.MailHeldForNoAddress)
        );
        Assert.Equal(new RequisitionLine("TELA", (decimal)quantity, Today.AddDays(5)), draft.Line);
    }

    [Fact]
    public void One_requisition_per_material_for_all_lines_of_the_sale()
    {
        var drafts = Plan("TEX", ("TELA", 3), ("BASE", 2), ("TELA", 4), ("RUEDA", 0));

        Assert.Equal([("TELA", 7m), ("BASE", 2m)], drafts.Select(d => (d.Line.Material, d.Line.Quantity)));
    }

    [Fact]
    public void Approving_queues_the_mail()
    {
        var waiting = Requisition(RequisitionStatus.AwaitingApproval) with { Mail = MailState.Held };

        var open = RequisitionRules.Approve(waiting, Mill).Outcome;
        Assert.Equal((RequisitionStatus.Open, MailState.Queued), (open.Status, open.Mail));
        Assert.Equal(MailState.Held, RequisitionRules.Approve(waiting, null).Outcome.Mail);
    }

    [Theory]
    [InlineData(RequisitionStatus.AwaitingApproval, true, false, false, true)]
    [InlineData(RequisitionStatus.Open, false, true, true, true)]
    [InlineData(RequisitionStatus.Confirmed, false, false, true, true)]
    [InlineData(RequisitionStatus.Received, false, false, false, false)]
    [InlineData(RequisitionStatus.Cancelled, false, false, false, false)]
    public void Each_state_allows_what_it_allows(RequisitionStatus status, bool approve, bool confirm, bool receive, bool cancel)
    {
        var requisition = Requisition(status);

        Assert.Equal(approve, RequisitionRules.Approve(requisition, Mill).Refusal is null);
        Assert.Equal(confirm, RequisitionRules.Confirm(requisition).Refusal is null);
        Assert.Equal(receive, RequisitionRules.Receive(requisition, _ => 10).Refusal is null);
        Assert.Equal(cancel, RequisitionRules.Cancel(requisition).Refusal is null);
    }

    [Theory]
    [InlineData(9.99, RequisitionStatus.Confirmed)]
    [InlineData(10.0, RequisitionStatus.Received)]
    public void It_is_received_when_all_has_come(double received, RequisitionStatus status) =>
        Assert.Equal(
            status,
            RequisitionRules.Receive(Requisition(RequisitionStatus.Confirmed), _ => (decimal)received).Outcome.Status
        );

    [Fact]
    public void The_mail_names_material_quantity_and_target_date_and_keeps_its_message_id()
    {
        var requisition = Requisition(RequisitionStatus.Open);

        var mail = RequisitionMail.Write(requisition, Mill, MaterialOf, "planta.example");

        Assert.Contains("- Tela (TELA): 10 UN, para el 28 nov 2025", mail.Body);
        Assert.Equal(("<RQ-0001@planta.example>", Mill.Email), (mail.MessageId, mail.Recipient));
        Assert.Equal(mail, RequisitionMail.Write(requisition, Mill, MaterialOf, "planta.example"));
    }

    private static Requisition Requisition(RequisitionStatus status) =>
        Plan("TEX", ("TELA", 10))[0].ToRequisition("RQ-0001", "SO-0001", null, "vendedor", At) with
        {
            Status = status,
        };

    private static RequisitionDraft[] Plan(string? supplier, params (string, decimal)[] missing) =>
        [
            .. RequisitionRules.Plan(
                missing,
                Today.AddDays(5),
                c => MaterialOf(c) with { Supplier = supplier, CriticalQuantity = 100 },
                s => s == "TEX" ? Mill : new(s, s, " ")
            ),
        ];
}
