using Manufactura.Domain.Lots;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;
using Manufactura.Storage;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Lots: register, inspect, count, scrap, transfer.</summary>
internal static class LotCommands
{
    public static ILotGrain Lot(this SimHost host, string code) => host.Grains.GetGrain<ILotGrain>(code);

    public static async Task<Command?> RegisterAsync(Desk desk)
    {
        var material = desk.Any("WOOD", "WOOD", "TELA", "TELA", "HILO", "FOAM", "BOTON", "SCREW", "SEAT");
        var requisition = desk.Once(2)
            ? await desk.PickAsync(
                "select r.number from requisition r join requisition_line l on l.requisition = r.number where l.material = $1 and r.status <> 'Received' order by r.number",
                material
            )
            : null;
        var bulk = material is "BOTON" or "SCREW";
        var whole = material is "BOTON" or "SCREW" or "SEAT";
        var command = new RegisterLotCommand(
            material,
            desk.Between(1, 40) + (whole ? 0 : desk.Any(0, 0.25m, 0.5m)),
            bulk && !desk.Once(10) || desk.Once(3) ? null : desk.Today.AddDays(desk.Between(-1, 40)),
            desk.Perhaps("MADERAS", "TELAS"),
            desk.Mark,
            desk.Perhaps("BOD", "BOD", "WIP"),
            requisition,
            desk.Once(4) ? desk.Between(1, 500) : null
        );
        var code = desk.Once(3) ? null : "L-" + desk.Mark;
        return Command.Of(
            "POST lots",
            new { code, command },
            async (host, context) =>
                await host.Lot(code ?? NumberKind.Lot.Text((await host.Numbers.NextAsync(NumberKind.Lot, 1))[0]))
                    .Register(command, context),
            l => Made.Nothing with { Lots = [l.Code] }
        );
    }

    public static Task<Command?> ReleaseAsync(Desk desk) => InspectAsync(desk, InspectionDecision.Release);

    public static Task<Command?> RejectOrKeepAsync(Desk desk) =>
        InspectAsync(desk, desk.Any(InspectionDecision.Reject, InspectionDecision.Keep));

    public static async Task<Command?> AdjustAsync(Desk desk)
    {
        if (await desk.LotAsync("status <> 'Quarantine' or on_hand > 0") is not { } code)
            return null;
        var difference = desk.Once(20) ? desk.Any(0, -1000, 0.0001m) : desk.Any(-1m, 1m) * desk.Between(1, 9);
        return Command.Of(
            $"POST lots/{code}/adjust",
            new { difference, desk.Mark },
            (host, context) => host.Lot(code).Adjust(difference, desk.Mark, context)
        );
    }

    public static async Task<Command?> ScrapAsync(Desk desk)
    {
        if (await desk.LotAsync("on_hand > 0") is not { } code)
            return null;
        var quantity = desk.Once(20) ? desk.Any(0m, 1000) : desk.Between(1, 6);
        return Command.Of(
            $"POST lots/{code}/scrap",
            new { quantity, desk.Mark },
            (host, context) => host.Lot(code).Scrap(quantity, desk.Mark, context)
        );
    }

    public static async Task<Command?> TransferAsync(Desk desk)
    {
        if (await desk.LotAsync("on_hand > 0") is not { } code)
            return null;
        var to = desk.Once(20) ? "OLD" : desk.Any("BOD", "BOD", "WIP", "PT");
        decimal? quantity = desk.Once(3) ? null : desk.Between(1, 8);
        return Command.Of(
            $"POST lots/{code}/transfer",
            new { to, quantity },
            (host, context) => host.Lot(code).Transfer(to, quantity, context),
            l => l.OtherLot is { } other ? Made.Nothing with { Lots = [other] } : Made.Nothing
        );
    }

    private static async Task<Command?> InspectAsync(Desk desk, InspectionDecision decision) =>
        await desk.LotAsync("status = 'Quarantine'") is { } code
            ? Command.Of(
                $"POST lots/{code}/{decision}",
                new { desk.Mark },
                (host, context) => host.Lot(code).Inspect(decision, null, desk.Mark, context)
            )
            : null;
}
