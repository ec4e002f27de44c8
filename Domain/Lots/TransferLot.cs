using System.Collections.Immutable;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Lots;

/// <summary>
/// A transfer: <paramref name="Lot"/> after it; <paramref name="Other"/> is the new lot of the part that went, or the bulk lot it
/// went into, null when the whole lot moved.
/// </summary>
public sealed record Transfer(Lot Lot, Lot? Other, ImmutableArray<Movement> Movements);

/// <summary>
/// Moves a lot to another location. The whole lot keeps its code and its reservations; a part is taken from what is free
/// and becomes a new lot. Bulk material goes from one location's bulk lot into the other's.
/// </summary>
public static class TransferLot
{
    /// <param name="to">An active location, not the lot's own.</param>
    /// <param name="quantity">Null for all of it: of bulk material all that is free.</param>
    /// <param name="otherCode">Code of the lot that a part becomes (<see cref="LotCodes.Part"/>), or of a new bulk lot.</param>
    /// <param name="bulkThere">The bulk lot at <paramref name="to"/> if the material is kept in bulk and there is one.</param>
    public static Decision<Transfer> Decide(
        Lot lot,
        Material material,
        string to,
        decimal? quantity,
        string otherCode,
        Lot? bulkThere,
        DateOnly today
    )
    {
        if (to == lot.Location)
            return Refusal.Validation($"El lote {lot.Code} ya está en {to}.", $"Lot {lot.Code} is already at {to}.");
        var moved = quantity ?? (lot.Bulk ? lot.Available : lot.OnHand);
        if (quantity is null && moved == 0)
            return Refusal.State($"El lote {lot.Code} no tiene nada que trasladar.", $"Lot {lot.Code} has nothing to move.");
        if (QuantityRules.Bad(moved, material) is { } bad)
            return bad;
        if (moved > lot.OnHand)
            return LotStock.TooLittle(lot, moved, lot.OnHand);
        if (moved == lot.OnHand && !lot.Bulk)
            return new Transfer(lot with { Location = to, Version = lot.Version + 1 }, null, Movements(lot, lot.Code, to, moved));
        if (moved > lot.Available)
            return ReservedInTheWay(lot, moved);
        if (otherCode.Length > LotCodes.MaxLength)
            return Refusal.Validation(
                $"El código {otherCode} pasa de {LotCodes.MaxLength} caracteres.",
                $"Code {otherCode} is longer than {LotCodes.MaxLength} characters."
            );
        moved = moved.Plain();
        var other =
            lot.Bulk && bulkThere is { } bulk
                ? LotStock.Add(bulk with { Quantity = bulk.Quantity + moved }, moved, today)
                : Part(lot, otherCode, to, moved);
        return new Transfer(
            LotStock.Settle(lot with { OnHand = lot.OnHand - moved }, today),
            other,
            Movements(lot, other.Code, to, moved)
        );
    }

    private static Lot Part(Lot lot, string code, string to, decimal quantity) =>
        lot with
        {
            Code = code,
            Location = to,
            Quantity = quantity,
            OnHand = quantity,
            Reserved = 0,
            Version = 1,
        };

    private static ImmutableArray<Movement> Movements(Lot lot, string other, string to, decimal quantity) =>
        [
            new(MovementType.TransferOut, lot.Material, lot.Code, lot.Location, -quantity, lot.Code),
            new(MovementType.TransferIn, lot.Material, other, to, quantity, lot.Code),
        ];

    private static Refusal ReservedInTheWay(Lot lot, decimal asked) =>
        new Refusal(
            "insufficient-stock",
            RefusalKind.Rule,
            $"Del lote {lot.Code} solo {lot.Available.Es()} no están reservados; se pidieron {asked.Es()}. "
                + "Traslade el lote completo o libere reservas.",
            $"Only {lot.Available.En()} of lot {lot.Code} is not reserved; {asked.En()} was asked for. "
                + "Move the whole lot or release reservations."
        ).With("shortages", (Shortage[])[new(lot.Material, asked, lot.Available)]);
}
