namespace Manufactura.Domain.Matrices;

/// <summary>Checks that several commands on a matrix share.</summary>
internal static class MatrixRules
{
    /// <summary>"Refused if a chosen Y value has no proportion."</summary>
    public static Refusal? MissingProportion(Matrix matrix)
    {
        var missing = matrix.Y.Where(y => y.Proportion is null).Select(y => y.Value).ToArray();
        return missing.Length == 0
            ? null
            : Refusal.Validation(
                $"Falta la proporción de la curva para {string.Join(", ", missing)}.",
                $"The curve has no proportion for {string.Join(", ", missing)}."
            );
    }

    /// <summary>Null when a person may write <paramref name="value"/> into a cell of a unit with that precision.</summary>
    public static Refusal? BadQuantity(string x, string y, decimal value, int precision) =>
        value < 0
            ? Refusal.Validation(
                $"La cantidad de {x} / {y} no puede ser negativa ({value.Plain()}).",
                $"The quantity of {x} / {y} cannot be negative ({value.Plain()})."
            )
        : !Quantities.Fits(value, precision)
            ? Refusal.Validation(
                precision == 0
                    ? $"La cantidad de {x} / {y} debe ser un número entero ({value.Plain()})."
                    : $"La cantidad de {x} / {y} admite como máximo {precision} decimales ({value.Plain()}).",
                precision == 0
                    ? $"The quantity of {x} / {y} must be a whole number ({value.Plain()})."
                    : $"The quantity of {x} / {y} takes at most {precision} decimals ({value.Plain()})."
            )
        : null;
}
