using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Materials;
using Manufactura.Grains.Plant;
using Manufactura.Grains.Requisitions;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>
/// Serializes everything that happens to one order. Memory is only its front: every write names the version it was decided
/// on, and when the database knows another one the grain reads again and decides again.
/// </summary>
[GrainType("production-order")]
public sealed partial class ProductionOrderGrain(
    OrderReader orders,
    MaterialReader masterData,
    MaterialCache materials,
    LotReader lots,
    FamilyReader families,
    LineReader lines,
    PlantMemory plant,
    SupplyReader supply,
    RequisitionMaker requisitions,
    INumbers numbers,
    ICommitLog log,
    PlantClock clock
) : Grain, IProductionOrderGrain
{
    private ProductionOrder? order;

    // What the command under way holds, so that it is given back at once when the command fails.
    private MaterialHolds? holding;

    private string Number => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        order = await orders.LoadAsync(Number, cancellationToken);

    /// <summary>
    /// Decides on what is in memory, writes, and only then moves on. A refusal is checked against the database's version
    /// first, so that a second activation's old memory never says no wrongly.
    /// </summary>
    private async Task<Answer<T>> Handle<T>(
        CommandContext context,
        Func<ProductionOrder, Task<Decision<Change<ProductionOrder, T>>>> decide
    )
        where T : class
    {
        if (await log.AnsweredAsync<T>(context) is { } answered)
            return answered;
        for (var attempt = 0; attempt < CommandDesk.Attempts; attempt++)
        {
            if ((order ??= await orders.LoadAsync(Number)) is not { } current)
                return Refusal.NotFound($"la orden {Number}") with { En = $"Order {Number} does not exist." };
            var decision = await DecideAsync(current, decide);
            if (decision.Refusal is { } refusal)
            {
                if (refusal != CommandDesk.Busy && await orders.VersionAsync(Number) == current.Version)
                    return await log.RefuseAsync<T>(context, refusal);
                order = null;
                continue;
            }

            var (next, work, answer, settle) = decision.Outcome;
            // Nothing to write names no version: that there was nothing to do is checked like a refusal.
            if (work.Count == 0 && await orders.VersionAsync(Number) != current.Version)
            {
                if (settle is not null)
                    await settle(null);
                order = null;
                continue;
            }

            // With a key the answer is kept all the same, or a repetition would find other things to do.
            if (work is { Count: 0, Command: null })
            {
                if (settle is not null)
                    await settle(null);
                return answer;
            }

            switch (await CommitAsync(work, answer, settle))
            {
                case CommitResult.Committed:
                    order = next;
                    return answer;
                case CommitResult.Known known:
                    order = null;
                    return CommandDesk.Stored<T>(known);
                default:
                    order = null;
                    break;
            }
        }

        return CommandDesk.Busy;
    }

    private async Task<T> DecideAsync<T>(ProductionOrder current, Func<ProductionOrder, Task<T>> decide)
    {
        try
        {
            return await decide(current);
        }
        catch when (holding is not null)
        {
            await holding.DropAsync(doubtful: true);
            throw;
        }
        finally
        {
            holding = null;
        }
    }

    private MaterialHolds NewHolds() => holding = new(GrainFactory);

    /// <summary>When it is not known what the database did, memory is not to be trusted either.</summary>
    private async Task<CommitResult> CommitAsync<T>(UnitOfWork work, T answer, Func<CommitResult?, Task>? settle = null)
    {
        if (work.Command is not null)
            work.AnswerJson = MessageJson.Serialize(answer);
        CommitResult? result = null;
        try
        {
            return result = await log.CommitAsync(work);
        }
        catch
        {
            order = null;
            throw;
        }
        finally
        {
            if (settle is not null)
                await settle(result);
        }
    }

    private static UnitOfWork NewWork(CommandContext context) => new() { Command = CommandDesk.KeyOf(context) };

    private async Task<MatrixView> View(ProductionOrder of, IEnumerable<Cell>? cells = null)
    {
        var product = await materials.FindAsync(of.Material);
        var names = new Dictionary<(char, string), string>();
        foreach (var (axis, attribute) in new[] { ('x', product?.XAttribute), ('y', product?.YAttribute) })
            if (attribute is not null)
                foreach (var value in await materials.ValuesAsync(attribute))
                    names[(axis, value.Code)] = value.Name;
        return MatrixView.Of(of, (axis, code) => names.GetValueOrDefault((axis, code), code), cells);
    }

    private async Task<AxisValues?> Axes(Domain.Materials.Material product)
    {
        if (product is not { XAttribute: { } x, YAttribute: { } y })
            return null;
        ImmutableArray<string> xs = [.. (await materials.ValuesAsync(x)).Select(v => v.Code)];
        ImmutableArray<string> ys = [.. (await materials.ValuesAsync(y)).Select(v => v.Code)];
        return new(xs, ys);
    }

    private static MatrixLayout? Layout(MatrixChoice? choice) =>
        choice is null
            ? null
            : new(
                choice.XValues.IsDefault ? [] : choice.XValues,
                choice.YValues.IsDefault ? [] : choice.YValues,
                choice.Curve.IsDefault ? [] : [.. choice.Curve.Select(c => new CurveValue(c.Value, c.Proportion))]
            );
}
