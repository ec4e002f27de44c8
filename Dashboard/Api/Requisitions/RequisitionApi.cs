using Manufactura.Dashboard.Access;
using Manufactura.Domain.Access;
using Manufactura.Domain.Requisitions;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Requisitions;

/// <summary>Requisitions: list, read, approve, confirm, cancel, send the mail again.</summary>
public static class RequisitionApi
{
    private delegate Task<Answer<RequisitionView>> Act(IRequisitionGrain requisition, CommandContext context);

    public static void MapRequisitions(this IEndpointRouteBuilder api)
    {
        var requisitions = api.MapGroup("/requisitions").WithTags("Requisitions");
        requisitions
            .MapGet("", List)
            .WithSummary("Newest first; filters status, supplier, salesOrder, productionOrder, material, number.")
            .Produces<Page<RequisitionRow>>();
        requisitions
            .MapGet(
                "/{number}",
                async (string number, SalesQueries reader, CancellationToken ct) =>
                    (await reader.RequisitionAsync(number, ct)).OrNotFound(number)
            )
            .Produces<RequisitionRow>();
        Map(requisitions, "approve", (r, c) => r.Approve(c));
        Map(requisitions, "confirm", (r, c) => r.Confirm(c));
        Map(requisitions, "cancel", (r, c) => r.Cancel(c));
        Map(requisitions, "send", (r, c) => r.SendAgain(c)).WithSummary("Queues a mail again that failed or was held.");
    }

    private static RouteHandlerBuilder Map(RouteGroupBuilder group, string action, Act act) =>
        group
            .MapPost(
                $"/{{number}}/{action}",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await act(grains.GetGrain<IRequisitionGrain>(number), request.Context)).ToResult()
            )
            .Requires(Permission.ManageRequisitions)
            .Produces<RequisitionView>();

    private static Task<IResult> List(ListQuery query, SalesQueries sales, CancellationToken ct)
    {
        var filter = TradeFilter.None with
        {
            Number = query.Codes("number"),
            Status = query.Words<RequisitionStatus>("status"),
            Party = query.Codes("supplier"),
            SalesOrder = query.Codes("salesOrder"),
            ProductionOrder = query.Codes("productionOrder"),
            Material = query.Codes("material"),
        };
        var page = query.PageById();
        return query.Run(() => sales.RequisitionsAsync(filter, page, ct));
    }
}
