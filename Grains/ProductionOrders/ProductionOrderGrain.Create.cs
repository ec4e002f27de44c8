using Manufactura.Domain;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public async Task<Answer<OrderView>> Create(CreateOrderCommand command, CommandContext context)
    {
        if (await log.AnsweredAsync<OrderView>(context) is { } answered)
            return answered;
        var made = await Decide(command, context);
        if (made.Refusal is { } refusal)
            return refusal;
        var work = NewWork(context);
        work.Insert(made.Outcome, context.Actor);
        var answer = OrderView.Of(made.Outcome);
        switch (await CommitAsync(work, answer))
        {
            case CommitResult.Committed:
                order = made.Outcome;
                return answer;
            case CommitResult.Known known:
                return CommandDesk.Stored<OrderView>(known);
            default:
                // The number was drawn for this request: what is missed is a reference that went away meanwhile.
                return CommandDesk.Busy;
        }
    }

    private async Task<Decision<ProductionOrder>> Decide(CreateOrderCommand command, CommandContext context)
    {
        var found = await FindRecipe(command);
        if (found.Refusal is { } noRecipe)
            return noRecipe;
        var (material, recipe) = found.Outcome;
        if (await materials.FindAsync(material) is not { } product)
            return Refusal.Validation($"El material {material} no existe.", $"Material {material} does not exist.");
        var locations = await masterData.LocationsAsync([command.OriginLocation, command.DestinationLocation]);
        if (command.OriginLocation is { } origin && !locations.Active.Contains(origin))
            return Refusal.Validation("Ubicación de origen no válida.", "Invalid origin location.");
        if (command.DestinationLocation is { } destination && !locations.Active.Contains(destination))
            return Refusal.Validation("Ubicación de destino no válida.", "Invalid destination location.");
        var request = new OrderRequest(
            command.Quantity,
            command.OriginLocation,
            command.DestinationLocation,
            command.DueDate,
            command.Priority,
            command.Observations,
            SalesOrder: null,
            Layout(command.Matrix)
        );
        return CreateOrder.Decide(Number, request, product, recipe, await Axes(product), context.Actor, clock.Now);
    }

    /// <summary>By BOM if one is named, else the material's newest active one, else none.</summary>
    private async Task<Decision<(string Material, Recipe? Recipe)>> FindRecipe(CreateOrderCommand command)
    {
        if (command.Bom is { } code)
        {
            if (await masterData.RecipeAsync(code) is not { } named)
                return Refusal.Validation(
                    "Debe seleccionar un Bill of Materials válido.",
                    "A valid bill of materials must be chosen."
                );
            if (!named.Active)
                return Refusal.Validation(
                    $"La lista de materiales {code} está inactiva.",
                    $"Bill of materials {code} is inactive."
                );
            if (command.Material is { } other && other != named.Recipe.Material)
                return Refusal.Validation(
                    $"La lista de materiales {code} no es de {other}.",
                    $"Bill of materials {code} is not for {other}."
                );
            return (named.Recipe.Material, named.Recipe);
        }

        if (command.Material is not { } material)
            return Refusal.Validation(
                "Indique el material o la lista de materiales.",
                "Name the material or the bill of materials."
            );
        return (material, (await masterData.NewestRecipeAsync(material))?.Recipe);
    }
}
