namespace Manufactura.Domain.Accounting;

/// <summary>A failed entry is tried again under the rules of the first time, on the production's own day unless somebody says another.</summary>
public static class RetryEntry
{
    /// <summary>The day of the entry: from the production's own to today.</summary>
    public static Decision<DateOnly> Day(DateOnly produced, DateOnly? wanted, DateOnly today) =>
        wanted is not { } day ? produced
        : day < produced
            ? Refusal.Validation(
                $"El asiento no puede ser anterior a la producción ({produced.Es()}).",
                $"The entry cannot be dated before the production ({produced.En()})."
            )
        : day > today ? Refusal.Validation("El asiento no puede tener fecha futura.", "The entry cannot be dated in the future.")
        : day;

    /// <summary>Nothing of the order failed, or it was retried already.</summary>
    public static Refusal NothingWaits(string order) =>
        Refusal.State($"La orden {order} no tiene asientos pendientes.", $"Order {order} has no entries waiting.");

    /// <summary>The production was taken back: there is nothing to book any more.</summary>
    public static Text TakenBack(string production) =>
        new(
            $"La producción {production} se anuló: ya no lleva asiento.",
            $"Production {production} was taken back: it needs no entry."
        );

    /// <summary>Why one production still cannot be booked.</summary>
    public static Text StillFails(string production, Refusal why) =>
        new($"El asiento de {production} sigue pendiente: {why.Es}", $"The entry of {production} is still waiting: {why.En}");
}
