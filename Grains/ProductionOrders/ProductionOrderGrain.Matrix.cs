using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    public Task<Answer<MatrixView>> Recalculate(MatrixChoice? choice, CommandContext context) =>
        Handle<MatrixView>(
            context,
            async current =>
            {
                if (current.Matrix is not { } matrix)
                    return Refusal.State($"La orden {Number} no tiene matriz.", $"Order {Number} has no matrix.");
                var product = (await materials.FindAsync(current.Material))!;
                var now = clock.Now;
                var layout = matrix;
                if (Layout(choice) is { } chosen)
                {
                    var grid = MatrixGrid.Create(product, await Axes(product) ?? new([], []), chosen, context.Actor, now);
                    if (grid.Refusal is { } bad)
                        return bad;
                    layout = grid.Outcome;
                }

                var decision = RecalculateMatrix.Decide(current, layout, product.Precision, context.Actor, now);
                if (decision.Refusal is { } refusal)
                    return refusal;
                var next = current with { Matrix = decision.Outcome, Version = current.Version + 1, UpdatedAt = now };
                var view = await View(next);
                var work = NewWork(context);
                work.Update(current, next);
                work.Add(OrderEvents.Recalculated(next, view, context.Actor));
                work.AddCells(next, OrderRows.ChangedCells(current, next), context.Actor);
                return new Change<ProductionOrder, MatrixView>(next, work, view);
            }
        );

    public Task<Answer<MatrixView>> EditCells(CellChanges changes, CommandContext context) =>
        Handle<MatrixView>(
            context,
            async current =>
            {
                var product = (await materials.FindAsync(current.Material))!;
                ImmutableArray<CellEdit> edits =
                [
                    .. changes.Cells.Select(c => new CellEdit(c.X, c.Y, c.Field, c.Value, c.Version)),
                ];
                var now = clock.Now;
                var decision = Domain.Matrices.EditCells.Decide(
                    current,
                    edits,
                    product.Precision,
                    product.OverproductionTolerance,
                    context.Actor,
                    now
                );
                if (decision.Refusal is { } refusal)
                    return refusal;
                var next = current with { Matrix = decision.Outcome, Version = current.Version + 1, UpdatedAt = now };
                ImmutableArray<Cell> changed = [.. OrderRows.ChangedCells(current, next)];
                var work = NewWork(context);
                work.Update(current, next);
                work.AddCells(next, changed, context.Actor);
                return new Change<ProductionOrder, MatrixView>(next, work, await View(next, changed));
            }
        );
}
