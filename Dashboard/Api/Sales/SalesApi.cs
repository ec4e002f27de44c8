using System.Collections.Immutable;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain.Access;
using Manufactura.Domain.Sales;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Storage;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Sales;

/// <summary>Sales orders: list, read, create, confirm, cancel.</summary>
public static class SalesApi
{
    private sealed record LineBody(string? Material, decimal? Quantity);

    private sealed record SaleBody(string? Customer, DateOnly? DueDate, LineBody?[]? Lines);

    public static void MapSales(this IEndpointRouteBuilder api)
    {
        var sales = api.MapGroup("/sales-orders").WithTags("Sales");
        sales
            .MapGet("", List)
            .WithSummary("Newest first; filters status, customer, material, number.")
            .Produces<Page<SalesOrderRow>>();
        sales
            .MapGet(
                "/{number}",
                async (string number, SalesQueries reader, CancellationToken ct) =>
                    (await reader.SalesOrderAsync(number, ct)).OrNotFound(number)
            )
            .Produces<SalesOrderRow>();
        sales.MapPost("", Create).Requires(Permission.ManageSales).Produces<SalesOrderView>(StatusCodes.Status201Created);
        sales
            .MapPost(
                "/{number}/confirm",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Sale(grains, number).Confirm(request.Context)).ToResult()
            )
            .Requires(Permission.ManageSales)
            .WithSummary("An order per line, lots reserved, what is missing requisitioned: all at once.")
            .Produces<SalesOrderView>();
        sales
            .MapPost(
                "/{number}/cancel",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Sale(grains, number).Cancel(request.Context)).ToResult()
            )
            .Requires(Permission.ManageSales)
            .Produces<SalesOrderView>();
    }

    private static ISalesOrderGrain Sale(IGrainFactory grains, string number) => grains.GetGrain<ISalesOrderGrain>(number);

    private static Task<IResult> List(ListQuery query, SalesQueries sales, CancellationToken ct)
    {
        var filter = TradeFilter.None with
        {
            Number = query.Codes("number"),
            Status = query.Words<SalesStatus>("status"),
            Party = query.Codes("customer"),
            Material = query.Codes("material"),
        };
        var page = query.PageById();
        return query.Run(() => sales.SalesOrdersAsync(filter, page, ct));
    }

    private static async Task<IResult> Create(CommandRequest<SaleBody> request, IGrainFactory grains, INumbers numbers)
    {
        var body = request.Body;
        if (body.Customer is not { } customer)
            return Bodies.Missing("customer").ToProblem();
        if (body.Lines is not { } lines)
            return Bodies.Missing("lines").ToProblem();
        var sold = ImmutableArray.CreateBuilder<SalesLineData>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i]?.Material is not { } material)
                return Bodies.Missing($"lines[{i}].material").ToProblem();
            if (lines[i]!.Quantity is not { } quantity)
                return Bodies.Missing($"lines[{i}].quantity").ToProblem();
            sold.Add(new(material, quantity));
        }

        var number = NumberKind.SalesOrder.Text((await numbers.NextAsync(NumberKind.SalesOrder, 1))[0]);
        var answer = await Sale(grains, number).Create(new(customer, body.DueDate, sold.MoveToImmutable()), request.Context);
        return answer.ToCreated(s => $"/api/v1/sales-orders/{s.Number}");
    }
}
