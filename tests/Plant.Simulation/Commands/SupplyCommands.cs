using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Plant.Simulation.Clients;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>What orders reserve.</summary>
internal static class SupplyCommands
{
    private const string Open = "status in ('Draft', 'Planned', 'InProgress')";

    public static async Task<Command?> ReserveAsync(Desk desk) =>
        await desk.OrderAsync(Open) is { } number
            ? Command.Of($"POST orders/{number}/reserve", new { }, (host, context) => host.Order(number).Reserve(context))
            : null;

    public static async Task<Command?> UnreserveAsync(Desk desk)
    {
        if (
            await desk.PickAsync(
                "production_order || '|' || material",
                "allocation",
                "state = 'Reserved'",
                "production_order, material"
            )
            is not { } found
        )
            return null;
        var (number, material) = (found.Split('|')[0], desk.Once(2) ? found.Split('|')[1] : null);
        return Command.Of(
            $"POST orders/{number}/unreserve",
            new { material },
            (host, context) => host.Order(number).Unreserve(material, context)
        );
    }

    public static async Task<Command?> MoveAllocationAsync(Desk desk)
    {
        const string From = """
            allocation a join lot l on l.material = a.material and l.code <> a.lot
            """;
        if (
            await desk.PickAsync(
                "concat_ws('|', a.production_order, a.lot, l.code, least(a.quantity, greatest(l.on_hand - l.reserved, 0.001)))",
                From,
                "a.state = 'Reserved' and l.status = 'Available' and l.on_hand > l.reserved",
                "a.production_order, a.lot, l.code"
            )
            is not { } found
        )
            return null;
        var parts = found.Split('|');
        var most = decimal.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture);
        var move = new AllocationMove(
            parts[1],
            parts[2],
            desk.Once(3) ? null : Math.Max(1, Math.Floor(most / desk.Between(1, 2))),
            desk.Once(20) ? "" : desk.Mark
        );
        return Command.Of(
            $"POST orders/{parts[0]}/move-allocation",
            move,
            (host, context) => host.Order(parts[0]).MoveAllocation(move, context)
        );
    }
}
