namespace Manufactura.Domain.Materials;

/// <summary>One place where master data is used and how often; the texts are plural nouns.</summary>
public sealed record Usage(string What, string Es, string En, long Count);

/// <summary>What already uses master data holds it: deleting it, or changing what others count on, is refused.</summary>
public static class MasterChanges
{
    /// <summary>409 <c>duplicate</c>.</summary>
    public static Refusal Duplicate(string code) =>
        new Refusal("duplicate", RefusalKind.Conflict, $"El código {code} ya existe.", $"Code {code} already exists.").With(
            "existing",
            code
        );

    /// <summary>409 <c>in-use</c>, naming by what and how many; null when nothing uses it.</summary>
    public static Refusal? InUse(string code, IReadOnlyCollection<Usage> uses) =>
        Held(uses, by => $"{code} no se puede eliminar: se usa en {by}.", by => $"{code} cannot be deleted: it is used in {by}.");

    /// <summary>409 <c>in-use</c> for a change of what others count on, such as a material's unit; null when nothing uses it.</summary>
    public static Refusal? Fixed(string code, Text what, IReadOnlyCollection<Usage> uses) =>
        Held(
            uses,
            by => $"No se puede cambiar {what.Es} de {code}: se usa en {by}.",
            by => $"{what.En} of {code} cannot be changed: it is used in {by}."
        );

    /// <summary>A unit keeps enough decimals for the quantities that exist.</summary>
    /// <param name="needed">Decimals of the finest quantity there is.</param>
    public static Refusal? Precision(string unit, int precision, int needed) =>
        precision >= needed
            ? null
            : new Refusal(
                "in-use",
                RefusalKind.Conflict,
                $"La unidad {unit} no puede quedar con {precision} decimales: ya hay cantidades con {needed}.",
                $"Unit {unit} cannot have {precision} decimals: there are quantities with {needed} already."
            ).With("neededPrecision", needed);

    private static Refusal? Held(IReadOnlyCollection<Usage> uses, Func<string, string> es, Func<string, string> en)
    {
        Usage[] used = [.. uses.Where(u => u.Count > 0)];
        if (used.Length == 0)
            return null;
        var byEs = string.Join(", ", used.Select(u => $"{u.Es} ({u.Count})"));
        var byEn = string.Join(", ", used.Select(u => $"{u.En} ({u.Count})"));
        return new Refusal("in-use", RefusalKind.Conflict, es(byEs), en(byEn)).With(
            "usedBy",
            used.Select(u => new { u.What, u.Count }).ToArray()
        );
    }
}
