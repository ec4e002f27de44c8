namespace Manufactura.Domain.Lots;

/// <summary>What the inspector decides of a lot in quarantine.</summary>
public enum InspectionDecision
{
    Release,
    Reject,
    Keep,
}

/// <summary>One inspection of a lot, kept for ever.</summary>
public sealed record Inspection(
    string Lot,
    InspectionDecision Decision,
    string? Result,
    string? Note,
    string By,
    DateTimeOffset At
);

/// <summary>The lot after an inspection; <paramref name="Warning"/> says what the inspector may not have expected.</summary>
public sealed record InspectedLot(Lot Lot, Inspection Inspection, Text? Warning);

/// <summary>
/// Quality control: en_cuarentena → disponible | rechazado, or kept in quarantine until it is evaluated again. Rejected is
/// final; a lot that was released is scrapped, not rejected.
/// </summary>
public static class InspectLot
{
    /// <summary>The most characters of a note or result.</summary>
    public const int MaxNote = 2000;

    /// <summary>
    /// Refused unless the lot is in Quarantine. Releasing a lot whose date has come makes it Expired, never Available.
    /// </summary>
    public static Decision<InspectedLot> Decide(
        Lot lot,
        InspectionDecision decision,
        string? result,
        string? note,
        DateOnly today,
        string by,
        DateTimeOffset at
    )
    {
        if (lot.Status != LotStatus.Quarantine)
            return Refusal.State(
                $"El lote {lot.Code} no está en cuarentena ({LotWords.Es(lot.Status)}).",
                $"Lot {lot.Code} is not in quarantine ({LotWords.En(lot.Status)})."
            );
        if (note?.Length > MaxNote || result?.Length > MaxNote)
            return Refusal.Validation(
                $"La nota y el resultado admiten como máximo {MaxNote} caracteres.",
                $"Note and result take at most {MaxNote} characters."
            );
        var status = decision switch
        {
            InspectionDecision.Release when lot.OnHand == 0 => LotStatus.Depleted,
            InspectionDecision.Release when lot.IsExpired(today) => LotStatus.Expired,
            InspectionDecision.Release => LotStatus.Available,
            InspectionDecision.Reject => LotStatus.Rejected,
            _ => LotStatus.Quarantine,
        };
        return new InspectedLot(
            lot with
            {
                Status = status,
                Version = lot.Version + 1,
            },
            new(lot.Code, decision, result, note, by, at),
            status == LotStatus.Expired ? ExpiredOnRelease(lot) : null
        );
    }

    private static Text ExpiredOnRelease(Lot lot) =>
        new(
            $"El lote {lot.Code} venció el {lot.ExpiresOn!.Value.Es()}: queda Vencido, no Disponible.",
            $"Lot {lot.Code} expired on {lot.ExpiresOn!.Value.En()}: it is Expired, not Available."
        );
}

/// <summary>The words for a lot's status.</summary>
public static class LotWords
{
    public static string Es(LotStatus status) =>
        status switch
        {
            LotStatus.Quarantine => "en cuarentena",
            LotStatus.Available => "disponible",
            LotStatus.Rejected => "rechazado",
            LotStatus.Depleted => "agotado",
            LotStatus.Expired => "vencido",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };

    public static string En(LotStatus status) =>
        status switch
        {
            LotStatus.Quarantine => "in quarantine",
            LotStatus.Available => "available",
            LotStatus.Rejected => "rejected",
            LotStatus.Depleted => "depleted",
            LotStatus.Expired => "expired",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };
}
