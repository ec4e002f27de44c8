using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;
using Manufactura.Storage;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Sales and what is requisitioned for them.</summary>
internal static class SalesCommands
{
    public static Task<Command?> CreateAsync(Desk desk)
    {
        var lines = Enumerable
            .Range(0, desk.Between(1, 3))
            .Select(_ => new SalesLineData(desk.Any("JEAN", "CHAIR", "CHAIR", "SEAT", "PIN"), desk.Between(1, 9)))
            .ToArray();
        var sale = new CreateSalesOrderCommand(desk.Any("ACME", "BETA"), desk.PerhapsDay(0, 20), [.. lines]);
        return Task.FromResult<Command?>(
            Command.Of(
                "POST sales-orders",
                new { sale, desk.Mark },
                async (host, context) =>
                {
                    var drawn = await host.Numbers.NextAsync(NumberKind.SalesOrder, 1);
                    return await host.Sale(NumberKind.SalesOrder.Text(drawn[0])).Create(sale, context);
                },
                s => Made.Nothing with { Sales = [s.Number] }
            )
        );
    }

    public static async Task<Command?> ConfirmAsync(Desk desk) =>
        await desk.PickAsync("number", "sales_order", "status = 'Pending'", "id") is { } number
            ? Command.Of(
                $"POST sales-orders/{number}/confirm",
                new { },
                (host, context) => host.Sale(number).Confirm(context),
                s => Made.Nothing with { Orders = s.Orders, Requisitions = [.. s.Requisitions.Select(r => r.Number)] }
            )
            : null;

    public static async Task<Command?> CancelAsync(Desk desk) =>
        await desk.PickAsync("number", "sales_order", "status in ('Pending', 'Confirmed')", "id") is { } number
            ? Command.Of($"POST sales-orders/{number}/cancel", new { }, (host, context) => host.Sale(number).Cancel(context))
            : null;

    public static Task<Command?> ApproveAsync(Desk desk) =>
        RequisitionAsync(desk, "status = 'AwaitingApproval'", "approve", (r, context) => r.Approve(context));

    public static Task<Command?> ConfirmRequisitionAsync(Desk desk) =>
        RequisitionAsync(desk, "status = 'Open'", "confirm", (r, context) => r.Confirm(context));

    public static Task<Command?> CancelRequisitionAsync(Desk desk) =>
        RequisitionAsync(
            desk,
            "status in ('AwaitingApproval', 'Open', 'Confirmed')",
            "cancel",
            (r, context) => r.Cancel(context)
        );

    public static Task<Command?> SendAgainAsync(Desk desk) =>
        RequisitionAsync(desk, "mail in ('held', 'failed')", "send-again", (r, context) => r.SendAgain(context));

    private static async Task<Command?> RequisitionAsync(
        Desk desk,
        string sensible,
        string what,
        Func<IRequisitionGrain, Grains.Interfaces.CommandContext, Task<Grains.Interfaces.Answer<RequisitionView>>> send
    ) =>
        await desk.PickAsync("number", "requisition", sensible, "id") is { } number
            ? Command.Of(
                $"POST requisitions/{number}/{what}",
                new { },
                (host, context) => send(host.Grains.GetGrain<IRequisitionGrain>(number), context)
            )
            : null;

    private static ISalesOrderGrain Sale(this SimHost host, string number) => host.Grains.GetGrain<ISalesOrderGrain>(number);
}
