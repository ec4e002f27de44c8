using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Counts;

/// <summary>What a lot is corrected by when a count is posted.</summary>
public sealed record CountDifference(string Lot, LotChange Change);

/// <summary>The life of a physical count.</summary>
public static class CountRules
{
    /// <summary>The longest reason kept, in characters.</summary>
    public const int MaxReason = 400;

    /// <summary>The line as it is to stand after somebody counted the lot; a new line when the lot was not on the list.</summary>
    /// <param name="line">As it stands; null when the lot was not in the books when the count began.</param>
    public static Decision<CountLine> Record(
        StockCount count,
        CountLine? line,
        CountEntry entry,
        Lot lot,
        Material material,
        string by,
        DateTimeOffset at
    )
    {
        if (Closed(count) is { } closed)
            return closed;
        if (lot.Location != count.Location)
            return Refusal.Validation(
                $"El lote {lot.Code} está registrado en {lot.Location}, no en {count.Location}: trasládelo primero.",
                $"Lot {lot.Code} is booked at {lot.Location}, not at {count.Location}: transfer it first."
            );
        if (count.Material is { } only && lot.Material != only)
            return Refusal.Validation(
                $"El lote {lot.Code} es de {lot.Material}; este inventario cuenta {only}.",
                $"Lot {lot.Code} is of {lot.Material}; this count is of {only}."
            );
        if (entry.Counted < 0)
            return Refusal.Validation("Lo contado no puede ser negativo.", "A counted quantity cannot be negative.");
        if (entry.Counted is { } quantity && QuantityRules.BadPrecision(quantity, material) is { } bad)
            return bad;
        if (line is not null && entry.Version is { } seen && seen != line.Version)
            return Conflict(line);
        var next = line ?? new CountLine(lot.Code, Version: 0);
        return next with
        {
            Counted = entry.Counted?.Plain(),
            Booked = entry.Counted is null ? null : lot.OnHand,
            By = entry.Counted is null ? null : by,
            At = entry.Counted is null ? null : at,
            Version = next.Version + 1,
        };
    }

    /// <summary>
    /// The corrections of all counted lots that differ; lots that nobody counted stay as they are. Refused as a whole, naming every lot,
    /// where so much left a lot since it was counted that its difference is no longer there to take.
    /// </summary>
    public static Decision<ImmutableArray<CountDifference>> Post(
        StockCount count,
        IReadOnlyCollection<CountLine> lines,
        Func<string, Lot> lotOf,
        Func<string, Material> materialOf,
        ILookup<string, LotAllocation> open,
        DateOnly today
    )
    {
        if (Closed(count) is { } closed)
            return closed;
        if (lines.All(l => l.Counted is null))
            return Refusal.State("Todavía no se ha contado ningún lote.", "No lot has been counted yet.");
        var changes = ImmutableArray.CreateBuilder<CountDifference>();
        var gone = new List<string>();
        foreach (var line in lines.Where(l => l.Difference is not (null or 0)).OrderBy(l => l.Lot, StringComparer.Ordinal))
        {
            var lot = lotOf(line.Lot);
            var change = ChangeLotQuantity.Adjust(
                lot,
                materialOf(lot.Material),
                line.Difference!.Value,
                count.Reason,
                [.. open[line.Lot]],
                today,
                count.Number
            );
            if (change.Refusal is null)
                changes.Add(new(line.Lot, change.Outcome));
            else
                gone.Add(line.Lot);
        }

        return gone.Count == 0 ? changes.ToImmutable() : Recount(gone);
    }

    /// <summary>Refused once it is posted or cancelled.</summary>
    public static Refusal? Closed(StockCount count) =>
        count.Status switch
        {
            CountStatus.Open => null,
            CountStatus.Posted => Refusal.State(
                $"El inventario {count.Number} ya está contabilizado.",
                $"Count {count.Number} is already posted."
            ),
            _ => Refusal.State($"El inventario {count.Number} está anulado.", $"Count {count.Number} is cancelled."),
        };

    public static Text Posted(string number, int differences, int uncounted) =>
        uncounted == 0
            ? new(
                $"Inventario {number} contabilizado: {differences} diferencias.",
                $"Count {number} posted: {differences} differences."
            )
            : new(
                $"Inventario {number} contabilizado: {differences} diferencias; {uncounted} lotes sin contar quedan como estaban.",
                $"Count {number} posted: {differences} differences; {uncounted} lots that were not counted stay as they were."
            );

    private static Refusal Conflict(CountLine line) =>
        new Refusal(
            "count-conflict",
            RefusalKind.Conflict,
            $"El lote {line.Lot} ya fue contado de nuevo por {line.By ?? "otra persona"}.",
            $"Lot {line.Lot} was counted again by {line.By ?? "somebody else"}."
        ).With(
            "current",
            new
            {
                line.Lot,
                line.Counted,
                line.By,
                line.At,
                line.Version,
            }
        );

    private static Refusal Recount(List<string> lots) =>
        new Refusal(
            "recount",
            RefusalKind.Conflict,
            $"Desde que se contaron salió demasiado de {string.Join(", ", lots)}: cuéntelos de nuevo.",
            $"Too much left {string.Join(", ", lots)} since they were counted: count them again."
        ).With("lots", lots);
}
