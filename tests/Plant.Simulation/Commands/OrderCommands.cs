using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;
using Manufactura.Storage;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Production orders: create, plan, start, finish, cancel.</summary>
internal static class OrderCommands
{
    public static IProductionOrderGrain Order(this SimHost host, string number) =>
        host.Grains.GetGrain<IProductionOrderGrain>(number);

    public static Task<Command?> CreateAsync(Desk desk)
    {
        var product = desk.Any("CHAIR", "CHAIR", "SEAT", "PIN", "JEAN");
        var bom = product == "PIN" ? null : desk.Perhaps("B-" + product);
        return Task.FromResult<Command?>(Create(desk, bom is null ? product : null, bom, desk.Between(1, 12), null));
    }

    public static Task<Command?> CreateWithMatrixAsync(Desk desk)
    {
        string[] x = desk.Some(["T1", "T2"]);
        string[] y = desk.Some(["S", "M", "L"]);
        // Sometimes the curve lacks a value: such an order cannot be planned.
        var curve = y.Where(_ => !desk.Once(20)).Select(v => new CurvePoint(v, desk.Between(1, 3)));
        return Task.FromResult<Command?>(
            Create(desk, desk.Once(20) ? "CHAIR" : "JEAN", null, desk.Between(4, 24), new([.. x], [.. y], [.. curve]))
        );
    }

    private static Command Create(Desk desk, string? material, string? bom, decimal quantity, MatrixChoice? matrix)
    {
        var order = new CreateOrderCommand(
            material,
            bom,
            desk.Once(30) ? desk.Any(0, -1, 0.5m) : quantity,
            desk.Perhaps("BOD", "BOD", "WIP", "OLD"),
            desk.Perhaps("BOD", "PT"),
            desk.PerhapsDay(-2, 20),
            desk.Once(3) ? desk.Between(1, 9) : null,
            desk.Mark,
            matrix
        );
        return Command.Of(
            "POST orders",
            order,
            async (host, context) =>
            {
                // As the door does: a number for every request, also for one that turns out to be a repetition.
                var drawn = await host.Numbers.NextAsync(NumberKind.ProductionOrder, 1);
                return await host.Order(NumberKind.ProductionOrder.Text(drawn[0])).Create(order, context);
            },
            o => Made.Nothing with { Orders = [o.Number] }
        );
    }

    public static async Task<Command?> ConfirmPlanningAsync(Desk desk) =>
        await desk.OrderAsync("status = 'Draft'") is { } number
            ? Do(number, "confirm-planning", (order, context) => order.ConfirmPlanning(context))
            : null;

    public static async Task<Command?> StartAsync(Desk desk) =>
        await desk.OrderAsync(
            "(status = 'Planned' or status = 'Draft' and matrix_state is null) and (origin_location is null or origin_location = 'BOD')"
        )
            is { } number
            ? Do(number, "start", (order, context) => order.Start(context))
            : null;

    public static async Task<Command?> FinishAsync(Desk desk) =>
        await desk.OrderAsync("status = 'InProgress' and matrix_state is null") is { } number
            ? Do(
                number,
                "finish",
                (order, context) => order.Finish(context),
                a => Made.Nothing with { Lots = [.. a.Order.Lots], Entries = a.JournalEntry is { } e ? [e] : [] }
            )
            : null;

    public static async Task<Command?> CancelAsync(Desk desk) =>
        await desk.OrderAsync("status <> 'Cancelled' and kind <> 'partial'") is { } number
            ? Do(number, "cancel", (order, context) => order.Cancel(context))
            : null;

    public static async Task<Command?> UndoExplosionAsync(Desk desk) =>
        await desk.OrderAsync("partials > 0 and status in ('InProgress', 'Done')") is { } number
            ? Do(number, "undo-explosion", (order, context) => order.UndoExplosion(context))
            : null;

    public static Command Do(
        string number,
        string what,
        Func<IProductionOrderGrain, Grains.Interfaces.CommandContext, Task<Grains.Interfaces.Answer<OrderAnswer>>> send,
        Func<OrderAnswer, Made>? made = null
    ) => Command.Of($"POST orders/{number}/{what}", new { }, (host, context) => send(host.Order(number), context), made);

    /// <summary>What of an order is still open, for those who want to see.</summary>
    public static bool IsOpen(OrderStatus status) => status is OrderStatus.Draft or OrderStatus.Planned or OrderStatus.InProgress;
}
