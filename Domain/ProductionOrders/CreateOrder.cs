using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>What somebody asks for when creating an order; quantity in the product's unit.</summary>
public sealed record OrderRequest(
    decimal Quantity,
    string? OriginLocation,
    string? DestinationLocation,
    DateOnly? DueDate,
    int? Priority,
    string? Observations,
    string? SalesOrder,
    MatrixLayout? Matrix
);

/// <summary>The recipe that an order copies when it is created.</summary>
public sealed record Recipe(string Code, string Material, ImmutableArray<OrderBomLine> Lines);

/// <summary>A new order, always in draft.</summary>
public static class CreateOrder
{
    /// <summary>The longest observation kept, in characters.</summary>
    public const int MaxObservations = 2000;

    public const int MaxPriority = 1_000_000;

    /// <param name="axes">The values of the product's attributes; null when it has none.</param>
    public static Decision<ProductionOrder> Decide(
        string number,
        OrderRequest request,
        Material product,
        Recipe? recipe,
        AxisValues? axes,
        string by,
        DateTimeOffset at
    )
    {
        if (Check(request, product) is { } bad)
            return bad;
        if (recipe is not null && TooMuch(request.Quantity, recipe) is { } tooMuch)
            return tooMuch;
        Matrix? matrix = null;
        if (request.Matrix is { } layout)
        {
            var grid = MatrixGrid.Create(product, axes ?? new([], []), layout, by, at);
            if (grid.Refusal is { } refusal)
                return refusal;
            matrix = grid.Outcome;
        }

        return new ProductionOrder
        {
            Number = number,
            Status = OrderStatus.Draft,
            Material = product.Code,
            Bom = recipe?.Code,
            BomLines = recipe?.Lines ?? [],
            Quantity = request.Quantity.Plain(),
            OriginLocation = request.OriginLocation,
            DestinationLocation = request.DestinationLocation,
            Matrix = matrix,
            SalesOrder = request.SalesOrder,
            DueDate = request.DueDate,
            Priority = request.Priority ?? ProductionOrder.DefaultPriority,
            Observations = string.IsNullOrWhiteSpace(request.Observations) ? null : request.Observations,
            CreatedBy = by,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    /// <summary>A requirement that decimal(18,3) cannot hold is refused here, so that no later rule overflows on it.</summary>
    private static Refusal? TooMuch(decimal quantity, Recipe recipe)
    {
        var line = recipe.Lines.FirstOrDefault(l => l.Quantity >= Quantities.Limit / quantity);
        return line is null
            ? null
            : Refusal.Validation(
                $"La cantidad requiere demasiado de {line.Component}: 10^15 o más.",
                $"The quantity requires too much of {line.Component}: 10^15 or more."
            );
    }

    private static Refusal? Check(OrderRequest request, Material product)
    {
        if (request.Quantity <= 0)
            return Refusal.Validation("La cantidad debe ser mayor que cero.", "The quantity must be above zero.");
        if (!Quantities.Fits(request.Quantity, product.Precision))
            return Refusal.Validation(
                product.Precision == 0
                    ? $"La cantidad de {product.Code} debe ser un número entero ({product.Unit}) por debajo de 10^15."
                    : $"La cantidad de {product.Code} admite como máximo {product.Precision} decimales ({product.Unit}), por debajo de 10^15.",
                product.Precision == 0
                    ? $"The quantity of {product.Code} must be a whole number ({product.Unit}) below 10^15."
                    : $"The quantity of {product.Code} takes at most {product.Precision} decimals ({product.Unit}), below 10^15."
            );
        if (request.Priority is <= 0 or > MaxPriority)
            return Refusal.Validation(
                $"La prioridad debe estar entre 1 y {MaxPriority}.",
                $"The priority must be between 1 and {MaxPriority}."
            );
        if (request.Observations?.Length > MaxObservations)
            return Refusal.Validation(
                $"Las observaciones admiten como máximo {MaxObservations} caracteres.",
                $"Observations take at most {MaxObservations} characters."
            );
        return null;
    }
}
