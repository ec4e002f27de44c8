using System.Collections.Immutable;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage;

namespace Manufactura.Dashboard.Api.Orders;

/// <summary>Commands on production orders: create, matrix, planning, start, explosion.</summary>
public static class OrderCommands
{
    private sealed record MatrixBody(string?[]? XValues, string?[]? YValues, CurveBody?[]? Curve);

    private sealed record CurveBody(string? Value, int? Proportion);

    private sealed record CreateBody(
        string? Material,
        string? Bom,
        decimal? Quantity,
        string? OriginLocation,
        string? DestinationLocation,
        DateOnly? DueDate,
        int? Priority,
        string? Observations,
        MatrixBody? Matrix
    );

    private sealed record CellBody(string? X, string? Y, decimal? Planned, decimal? ToProduce, int? Version);

    private sealed record CellsBody(CellBody?[]? Cells);

    private sealed record ProduceBody(bool? Backorder);

    /// <summary>Cells that one command may change: a whole matrix.</summary>
    private const int MaxCells = 40_000;

    public static void MapOrderCommands(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");
        MapStockCommands(orders);
        orders.MapPost("/", Create).Requires(Permission.CreateOrders);
        orders.MapPost("/{number}/matrix/recalculate", Recalculate).Requires(Permission.PlanOrders);
        orders.MapPatch("/{number}/matrix/cells", EditCells).Requires(Permission.EditCells);
        orders
            .MapPost(
                "/{number}/confirm-planning",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).ConfirmPlanning(request.Context)).ToResult()
            )
            .Requires(Permission.PlanOrders);
        orders
            .MapPost(
                "/{number}/start",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).Start(request.Context)).ToResult()
            )
            .Requires(Permission.StartOrders);
        orders
            .MapPost(
                "/{number}/produce-lots",
                async (string number, CommandRequest<ProduceBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).ProduceLots(request.Body.Backorder ?? true, request.Context)).ToResult()
            )
            .Requires(Permission.ProduceLots);
    }

    private sealed record MaterialBody(string? Material);

    private sealed record MoveBody(string? From, string? To, decimal? Quantity, string? Reason);

    private static void MapStockCommands(RouteGroupBuilder orders)
    {
        orders
            .MapPost(
                "/{number}/finish",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).Finish(request.Context)).ToResult()
            )
            .Requires(Permission.FinishOrders);
        orders
            .MapPost(
                "/{number}/cancel",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).Cancel(request.Context)).ToResult()
            )
            .Requires(Permission.CancelOrders);
        orders
            .MapPost(
                "/{number}/undo-explosion",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).UndoExplosion(request.Context)).ToResult()
            )
            .Requires(Permission.CancelOrders);
        orders
            .MapPost(
                "/{number}/reserve",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).Reserve(request.Context)).ToResult()
            )
            .Requires(Permission.ReserveMaterials);
        orders
            .MapPost(
                "/{number}/unreserve",
                async (string number, CommandRequest<MaterialBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).Unreserve(request.Body.Material, request.Context)).ToResult()
            )
            .Requires(Permission.ReserveMaterials);
        orders
            .MapPost(
                "/{number}/requisition",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).RequisitionLacks(request.Context)).ToResult()
            )
            .Requires(Permission.ManageRequisitions)
            .WithSummary("Asks the suppliers for what the order lacks and nobody was asked for yet.");
        orders.MapPost("/{number}/move-allocation", MoveAllocation).Requires(Permission.MoveAllocations);
    }

    private static async Task<IResult> MoveAllocation(string number, CommandRequest<MoveBody> request, IGrainFactory grains) =>
        request.Body is not { From: { } from, To: { } to }
            ? Missing("from, to").ToProblem()
            : (
                await Order(grains, number)
                    .MoveAllocation(new(from, to, request.Body.Quantity, request.Body.Reason ?? string.Empty), request.Context)
            ).ToResult();

    private static IProductionOrderGrain Order(IGrainFactory grains, string number) =>
        grains.GetGrain<IProductionOrderGrain>(number);

    private static async Task<IResult> Create(CommandRequest<CreateBody> request, IGrainFactory grains, INumbers numbers)
    {
        var body = request.Body;
        if (body.Quantity is not { } quantity)
            return Missing("quantity").ToProblem();
        var matrix = Choice(body.Matrix);
        if (matrix.Refusal is { } bad)
            return bad.ToProblem();
        var command = new CreateOrderCommand(
            body.Material,
            body.Bom,
            quantity,
            body.OriginLocation,
            body.DestinationLocation,
            body.DueDate,
            body.Priority,
            body.Observations,
            matrix.Outcome
        );
        var number = OrderNumbers.Format("WO", (await numbers.NextAsync(NumberKind.ProductionOrder, 1))[0]);
        var answer = await Order(grains, number).Create(command, request.Context);
        return answer.ToCreated(o => $"/api/v1/orders/{o.Number}");
    }

    private static async Task<IResult> Recalculate(string number, CommandRequest<MatrixBody> request, IGrainFactory grains)
    {
        var body = request.Body;
        var keeps = body is { XValues: null, YValues: null, Curve: null };
        var choice = Choice(keeps ? null : body);
        if (choice.Refusal is { } bad)
            return bad.ToProblem();
        return (await Order(grains, number).Recalculate(choice.Outcome, request.Context)).ToResult();
    }

    private static async Task<IResult> EditCells(
        string number,
        CommandRequest<CellsBody> request,
        IGrainFactory grains,
        CurrentUser user
    )
    {
        if (request.Body.Cells is not { Length: > 0 } cells)
            return Missing("cells").ToProblem();
        if (cells.Length > MaxCells)
            return Malformed(
                    $"Una petición cambia como máximo {MaxCells} celdas.",
                    $"One request changes at most {MaxCells} cells."
                )
                .ToProblem();
        var changes = ImmutableArray.CreateBuilder<CellChange>(cells.Length);
        foreach (var cell in cells)
        {
            if (cell is not { X: { } x, Y: { } y })
                return Malformed("Cada celda lleva x e y.", "Every cell has x and y.").ToProblem();
            if (cell.Planned is null == cell.ToProduce is null)
                return Malformed(
                        $"La celda {x} / {y} lleva planned o toProduce, uno de los dos.",
                        $"Cell {x} / {y} has planned or toProduce, one of the two."
                    )
                    .ToProblem();
            var field = cell.Planned is null ? CellField.ToProduce : CellField.Planned;
            changes.Add(new(x, y, field, cell.Planned ?? cell.ToProduce!.Value, cell.Version));
        }

        if (changes.Any(c => c.Field == CellField.Planned) && !user.May(Permission.PlanOrders))
            return new Refusal(
                "forbidden",
                RefusalKind.Forbidden,
                "Su rol no permite cambiar cantidades programadas.",
                "Your role may not change planned quantities."
            ).ToProblem();
        return (await Order(grains, number).EditCells(new(changes.ToImmutable()), request.Context)).ToResult();
    }

    private static Decision<MatrixChoice?> Choice(MatrixBody? body)
    {
        if (body is null)
            return (MatrixChoice?)null;
        var curve = ImmutableArray.CreateBuilder<CurvePoint>();
        foreach (var point in body.Curve ?? [])
        {
            if (point is not { Value: { } value, Proportion: { } proportion })
                return Malformed(
                    "Cada punto de la curva lleva value y proportion.",
                    "Every point of the curve has value and proportion."
                );
            curve.Add(new(value, proportion));
        }

        if ((body.XValues ?? []).Contains(null) || (body.YValues ?? []).Contains(null))
            return Malformed("Los valores de los ejes no pueden ser null.", "Axis values cannot be null.");
        return new MatrixChoice(
            [.. (body.XValues ?? []).OfType<string>()],
            [.. (body.YValues ?? []).OfType<string>()],
            curve.ToImmutable()
        );
    }

    private static Refusal Missing(string field) =>
        Malformed($"El campo {field} es obligatorio.", $"The field {field} is required.").With("field", field);

    private static Refusal Malformed(string es, string en) => new("validation", RefusalKind.Malformed, es, en);
}
