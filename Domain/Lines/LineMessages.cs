using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>What a person reads after an order came onto a line, left it or was divided.</summary>
public static class LineMessages
{
    public static IEnumerable<Text> Assigned(ProductionOrder order, ProductionOrder? rest)
    {
        yield return new(
            $"Orden {order.Number} asignada a la línea {order.Line}.",
            $"Order {order.Number} assigned to line {order.Line}."
        );
        if (rest is not null)
            yield return new(
                $"Orden dividida: {order.Number} queda con {order.Quantity.Text()} y la nueva {rest.Number} con {rest.Quantity.Text()}.",
                $"Order divided: {order.Number} keeps {order.Quantity.Text()}, the new {rest.Number} has {rest.Quantity.Text()}."
            );
    }

    public static Text Unassigned(string order) =>
        new($"Orden {order} retirada de su línea.", $"Order {order} taken off its line.");

    public static Text Divided(ProductionOrder order, int parts) =>
        parts == 1
            ? new(
                $"Orden {order.Number} asignada a la línea {order.Line}.",
                $"Order {order.Number} assigned to line {order.Line}."
            )
            : new($"Orden {order.Number} dividida en {parts} partes.", $"Order {order.Number} divided into {parts} parts.");

    /// <param name="line">The line that the order was on; it has to be assigned anew.</param>
    public static Text Reunited(ProductionOrder order, string part, string? line) =>
        line is null
            ? new($"{part} se reunió con {order.Number}.", $"{part} was merged back into {order.Number}.")
            : new(
                $"{part} se reunió con {order.Number}, que salió de la línea {line}: asígnela de nuevo.",
                $"{part} was merged back into {order.Number}, which left line {line}: assign it again."
            );
}
