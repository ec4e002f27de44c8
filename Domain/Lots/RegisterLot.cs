using System.Collections.Immutable;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Lots;

/// <summary>
/// What arrived; quantity above zero in the material's unit. <paramref name="Requisition"/> is what it answers, if any;
/// <paramref name="UnitCost"/> what was paid for one unit, if that is known.
/// </summary>
public sealed record LotRequest(
    decimal Quantity,
    DateOnly? ExpiresOn,
    string? Supplier,
    string? SupplierLot,
    string Location,
    string? Requisition = null,
    decimal? UnitCost = null
);

/// <summary>A lot after something was done to it, and the movements that explain its quantity.</summary>
public sealed record LotChange(Lot Lot, ImmutableArray<Movement> Movements, ImmutableArray<ReleasedAllocation> Released);

/// <summary>
/// The quality inspector registers what arrived: it enters in Quarantine with total = available (flujo-materia-prima). A
/// material that is not tracked by lot is added to the one bulk lot of its location, which needs no release.
/// </summary>
public static class RegisterLot
{
    /// <param name="code">The new lot's code: the person's, or one the plant numbered.</param>
    /// <param name="bulk">The material's bulk lot at that location when it is not tracked by lot; null while there is none.</param>
    public static Decision<LotChange> Decide(
        string code,
        LotRequest request,
        Material material,
        Lot? bulk,
        DateOnly today,
        DateTimeOffset at
    )
    {
        if (QuantityRules.Bad(request.Quantity, material) is { } bad)
            return bad;
        var quantity = request.Quantity.Plain();
        if (material.LotTracked)
        {
            var lot = New(code, request, material, quantity, at) with { Status = LotStatus.Quarantine };
            return Received(lot, quantity, request);
        }

        if (request.ExpiresOn is not null)
            return Refusal.Validation(
                $"El material {material.Code} no se controla por lote: no lleva fecha de vencimiento.",
                $"Material {material.Code} is not tracked by lot: it takes no expiry date."
            );
        if (bulk is null)
            return Received(New(code, request, material, quantity, at) with { Bulk = true }, quantity, request);
        if (QuantityRules.BadPrecision(bulk.Quantity + quantity, material) is { } tooMuch)
            return tooMuch;
        return Received(LotStock.Add(bulk with { Quantity = bulk.Quantity + quantity }, quantity, today), quantity, request);
    }

    private static LotChange Received(Lot lot, decimal quantity, LotRequest request) =>
        new(
            lot,
            [
                new(
                    MovementType.PurchaseIn,
                    lot.Material,
                    lot.Code,
                    lot.Location,
                    quantity,
                    request.Requisition ?? lot.Code,
                    UnitCost: request.UnitCost
                ),
            ],
            []
        );

    private static Lot New(string code, LotRequest request, Material material, decimal quantity, DateTimeOffset at) =>
        new(
            code,
            material.Code,
            LotStatus.Available,
            quantity,
            quantity,
            0,
            request.ExpiresOn,
            request.Supplier,
            string.IsNullOrWhiteSpace(request.SupplierLot) ? null : request.SupplierLot,
            request.Location,
            ImmutableDictionary<string, string>.Empty,
            false,
            null,
            request.Requisition,
            at,
            1
        );
}

/// <summary>Checks that every command on stock shares.</summary>
public static class QuantityRules
{
    /// <summary>Null when the quantity is above zero and fits the material's unit.</summary>
    public static Refusal? Bad(decimal quantity, Material material) =>
        quantity <= 0
            ? Refusal.Validation("La cantidad debe ser mayor que cero.", "The quantity must be above zero.")
            : BadPrecision(quantity, material);

    /// <summary>Null when the quantity, of either sign, fits the material's unit.</summary>
    public static Refusal? BadPrecision(decimal quantity, Material material) =>
        Quantities.Fits(quantity, material.Precision)
            ? null
            : Refusal.Validation(
                material.Precision == 0
                    ? $"La cantidad de {material.Code} debe ser un número entero ({material.Unit}) por debajo de 10^15."
                    : $"La cantidad de {material.Code} admite como máximo {material.Precision} decimales ({material.Unit}), por debajo de 10^15.",
                material.Precision == 0
                    ? $"The quantity of {material.Code} must be a whole number ({material.Unit}) below 10^15."
                    : $"The quantity of {material.Code} takes at most {material.Precision} decimals ({material.Unit}), below 10^15."
            );

    /// <summary>Null when a reason was given.</summary>
    internal static Refusal? NoReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? Refusal.Validation("Indique el motivo.", "Give the reason.") : null;
}
