using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Domain.Lots;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Storage;

namespace Manufactura.Dashboard.Api.Lots;

/// <summary>Commands on lots: register, inspect, adjust, scrap, transfer. Each answers the lot.</summary>
public static class LotCommands
{
    private sealed record RegisterBody(
        string? Code,
        string? Material,
        decimal? Quantity,
        DateOnly? ExpiresOn,
        string? Supplier,
        string? SupplierLot,
        string? Location,
        string? Requisition,
        decimal? UnitCost
    );

    private sealed record InspectBody(string? Note, string? Result);

    private sealed record QuantityBody(decimal? Quantity, string? Reason);

    private sealed record TransferBody(string? Location, decimal? Quantity);

    public static void MapLotCommands(this IEndpointRouteBuilder api)
    {
        var lots = api.MapGroup("/lots").WithTags("Lots");
        lots.MapPost("", Register)
            .Requires(Permission.ManageLots)
            .WithSummary("Registers what arrived: in quarantine, or into the bulk lot of a material that is not tracked by lot.")
            .Produces<LotView>(StatusCodes.Status201Created);
        foreach (var decision in Enum.GetValues<InspectionDecision>())
            lots.MapPost(
                    $"/{{code}}/{Grains.Interfaces.MessageJson.Name(decision)}",
                    async (string code, CommandRequest<InspectBody> request, IGrainFactory grains) =>
                        (
                            await Lot(grains, code).Inspect(decision, request.Body.Result, request.Body.Note, request.Context)
                        ).ToResult()
                )
                .Requires(Permission.InspectLots)
                .Produces<LotView>();
        lots.MapPost(
                "/{code}/adjust",
                (string code, CommandRequest<QuantityBody> r, IGrainFactory g) => ChangeAsync(code, r, g, scrap: false)
            )
            .Requires(Permission.ManageLots)
            .WithSummary("A stock count: quantity is the signed difference.")
            .Produces<LotView>();
        lots.MapPost(
                "/{code}/scrap",
                (string code, CommandRequest<QuantityBody> r, IGrainFactory g) => ChangeAsync(code, r, g, scrap: true)
            )
            .Requires(Permission.ManageLots)
            .Produces<LotView>();
        lots.MapPost("/{code}/transfer", Transfer)
            .Requires(Permission.ManageLots)
            .WithSummary("All of it, or with a quantity a part that becomes a new lot (otherLot).")
            .Produces<LotView>();
    }

    private static ILotGrain Lot(IGrainFactory grains, string code) => grains.GetGrain<ILotGrain>(code);

    private static async Task<IResult> Register(CommandRequest<RegisterBody> request, IGrainFactory grains, INumbers numbers)
    {
        var body = request.Body;
        if (body.Material is not { } material)
            return Bodies.Missing("material").ToProblem();
        if (body.Quantity is not { } quantity)
            return Bodies.Missing("quantity").ToProblem();
        var code = body.Code ?? NumberKind.Lot.Text((await numbers.NextAsync(NumberKind.Lot, 1))[0]);
        var command = new RegisterLotCommand(
            material,
            quantity,
            body.ExpiresOn,
            body.Supplier,
            body.SupplierLot,
            body.Location,
            body.Requisition,
            body.UnitCost
        );
        var answer = await Lot(grains, code).Register(command, request.Context);
        return answer.ToCreated(l => $"/api/v1/lots/{Uri.EscapeDataString(l.Code)}");
    }

    private static async Task<IResult> ChangeAsync(
        string code,
        CommandRequest<QuantityBody> request,
        IGrainFactory grains,
        bool scrap
    )
    {
        if (request.Body.Quantity is not { } quantity)
            return Bodies.Missing("quantity").ToProblem();
        var lot = Lot(grains, code);
        var (reason, context) = (request.Body.Reason, request.Context);
        return (scrap ? await lot.Scrap(quantity, reason, context) : await lot.Adjust(quantity, reason, context)).ToResult();
    }

    private static async Task<IResult> Transfer(string code, CommandRequest<TransferBody> request, IGrainFactory grains) =>
        request.Body.Location is { } location
            ? (await Lot(grains, code).Transfer(location, request.Body.Quantity, request.Context)).ToResult()
            : Bodies.Missing("location").ToProblem();
}
