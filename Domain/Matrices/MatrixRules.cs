using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Matrices;

/// <summary>Checks that several commands on a matrix share.</summary>
internal static class MatrixRules
{
    public static Refusal NoMatrix(ProductionOrder order) =>
        Refusal.State($"La orden {order.Number} no tiene matriz.", $"Order {order.Number} has no matrix.");

    /// <summary>"Cancelada, which is final": a pending matrix of a closed order is as read-only as any.</summary>
    public static Refusal? Closed(ProductionOrder order) =>
        order.IsOpen
            ? null
            : Refusal.State(
                "La orden está cerrada: su matriz ya no se edita.",
                "The order is closed: its matrix is no longer edited."
            );

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
                $"La cantidad de {x} / {y} no puede ser negativa ({value.Text()}).",
                $"The quantity of {x} / {y} cannot be negative ({value.Text()})."
            )
        : value >= Quantities.Limit
            ? Refusal.Validation(
                $"La cantidad de {x} / {y} es demasiado grande ({value.Text()}).",
                $"The quantity of {x} / {y} is too large ({value.Text()})."
            )
        : !Quantities.Fits(value, precision)
            ? Refusal.Validation(
                precision == 0
                    ? $"La cantidad de {x} / {y} debe ser un número entero ({value.Text()})."
                    : $"La cantidad de {x} / {y} admite como máximo {precision} decimales ({value.Text()}).",
                precision == 0
                    ? $"The quantity of {x} / {y} must be a whole number ({value.Text()})."
                    : $"The quantity of {x} / {y} takes at most {precision} decimals ({value.Text()})."
            )
        : null;
}
