using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Matrices;

public enum CellField
{
    Planned,
    ToProduce,
}

/// <summary>One cell as somebody wants it; <paramref name="SeenVersion"/> null overwrites whatever stands there.</summary>
public sealed record CellEdit(string X, string Y, CellField Field, decimal Value, int? SeenVersion);

/// <summary>What stands in a cell that had moved on: <paramref name="Current"/> is the value of the edited field.</summary>
public sealed record CellConflict(string X, string Y, decimal Current, int Version, string By, DateTimeOffset At);

/// <summary>
/// Edits by several people at once: all of one command or nothing; a cell that has moved on since it was seen is a
/// conflict that overwrites nothing; edits of different cells never conflict.
/// </summary>
public static class EditCells
{
    /// <param name="precision">Decimals of the product's unit.</param>
    /// <param name="tolerance">Over-production tolerance of the product, 0 to 1.</param>
    public static Decision<Matrix> Decide(
        ProductionOrder order,
        ImmutableArray<CellEdit> edits,
        int precision,
        decimal tolerance,
        string by,
        DateTimeOffset at
    )
    {
        if (order.Matrix is not { } matrix)
            return MatrixRules.NoMatrix(order);
        if (edits.IsEmpty)
            return Refusal.Validation("No hay ninguna celda que cambiar.", "There is no cell to change.");
        var cells = matrix.Cells.ToBuilder();
        var conflicts = ImmutableArray.CreateBuilder<CellConflict>();
        var seen = new HashSet<(string, string)>();
        foreach (var edit in edits)
        {
            var row = matrix.X.IndexOf(edit.X);
            var column = matrix.Y.FindIndex(y => y.Value == edit.Y);
            if (row < 0 || column < 0)
                return new Refusal(
                    "not-found",
                    RefusalKind.NotFound,
                    $"La orden {order.Number} no tiene la celda {edit.X} / {edit.Y}.",
                    $"Order {order.Number} has no cell {edit.X} / {edit.Y}."
                );
            if (!seen.Add((edit.X, edit.Y)))
                return Refusal.Validation(
                    $"La celda {edit.X} / {edit.Y} viene dos veces.",
                    $"Cell {edit.X} / {edit.Y} comes twice."
                );
            var at0 = row * matrix.Y.Length + column;
            var cell = cells[at0];
            if (WrongState(order, matrix, edit.Field) is { } wrong)
                return wrong;
            if (edit.SeenVersion is { } version && version != cell.Version)
            {
                conflicts.Add(new(cell.X, cell.Y, Value(cell, edit.Field), cell.Version, cell.SetBy, cell.SetAt));
                continue;
            }

            if (MatrixRules.BadQuantity(edit.X, edit.Y, edit.Value, precision) is { } bad)
                return bad;
            if (edit.Field == CellField.ToProduce && TooMuch(cell, edit.Value, precision, tolerance) is { } tooMuch)
                return tooMuch;
            cells[at0] = Set(cell, edit) with { Version = cell.Version + 1, SetBy = by, SetAt = at };
        }

        return conflicts.Count > 0 ? Conflict(conflicts.ToImmutable()) : matrix with { Cells = cells.ToImmutable() };
    }

    /// <summary>The most that may be produced now: outstanding × (1 + tolerance), rounded down to the unit; never below zero.</summary>
    public static decimal MostToProduce(Cell cell, int precision, decimal tolerance) =>
        Quantities.RoundDown(Math.Max(0, cell.Outstanding) * (1 + tolerance), precision);

    private static Cell Set(Cell cell, CellEdit edit) =>
        edit.Field == CellField.Planned
            ? cell with
            {
                Planned = edit.Value.Plain(),
            }
            : cell with
            {
                ToProduce = edit.Value.Plain(),
            };

    private static decimal Value(Cell cell, CellField field) => field == CellField.Planned ? cell.Planned : cell.ToProduce;

    private static Refusal? WrongState(ProductionOrder order, Matrix matrix, CellField field)
    {
        if (MatrixRules.Closed(order) is { } closed)
            return closed;
        return field switch
        {
            CellField.Planned when matrix.State != MatrixState.Pending => Refusal.State(
                "La cantidad programada solo se edita mientras la matriz está Pendiente.",
                "Planned quantities are edited only while the matrix is pending."
            ),
            CellField.ToProduce when matrix.State is not (MatrixState.Planned or MatrixState.Progress) => Refusal.State(
                "La cantidad a producir se edita cuando la planificación está confirmada.",
                "Quantities to produce are edited once the planning is confirmed."
            ),
            _ => null,
        };
    }

    private static Refusal? TooMuch(Cell cell, decimal value, int precision, decimal tolerance)
    {
        var most = MostToProduce(cell, precision, tolerance);
        return value <= most
            ? null
            : new Refusal(
                "exceeds-outstanding",
                RefusalKind.Rule,
                $"En {cell.X} / {cell.Y} se pueden producir como máximo {most.Text()}; se pidieron {value.Text()}.",
                $"At most {most.Text()} can be produced in {cell.X} / {cell.Y}; {value.Text()} was asked for."
            ).With("most", most);
    }

    private static Refusal Conflict(ImmutableArray<CellConflict> conflicts)
    {
        var first = conflicts[0];
        var more = conflicts.Length - 1;
        return new Refusal(
            "cell-conflict",
            RefusalKind.Conflict,
            $"{first.By} cambió {first.X} / {first.Y} a {first.Current.Text()}"
                + more switch
                {
                    0 => ".",
                    1 => " y hay 1 celda más en conflicto.",
                    _ => $" y hay {more} celdas más en conflicto.",
                },
            $"{first.By} changed {first.X} / {first.Y} to {first.Current.Text()}"
                + more switch
                {
                    0 => ".",
                    1 => " and 1 more cell is in conflict.",
                    _ => $" and {more} more cells are in conflict.",
                }
        ).With("conflicts", conflicts);
    }
}
