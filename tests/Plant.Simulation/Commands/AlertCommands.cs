using Manufactura.Grains.Interfaces.Alerts;
using Manufactura.Plant.Simulation.Clients;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Alerts that somebody takes care of.</summary>
internal static class AlertCommands
{
    public static async Task<Command?> AcknowledgeAsync(Desk desk) =>
        // By what it is about: which number it has, depends on who was faster.
        await desk.PickAsync("condition", "alert", "state = 'active'", "condition") is { } condition
        && await desk.PickAsync("select max(id)::text from alert where condition = $1", condition) is { } id
            ? Command.Of(
                $"POST alerts/{id}/acknowledge",
                new { desk.Mark },
                (host, context) => host.Grains.GetGrain<IAlertGrain>(id).Acknowledge(desk.Mark, context)
            )
            : null;
}
