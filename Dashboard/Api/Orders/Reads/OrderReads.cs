using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Orders.Reads;

/// <summary>Everything that reads production orders.</summary>
public static class OrderReads
{
    public static void MapOrderReads(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");
        orders
            .MapGet("", List)
            .WithSummary(
                "Newest first; filters status, matrixState, material, bom, line, parent, salesOrder, originLocation, from, to, ids, q."
            )
            .Produces<Page<OrderView>>();
        orders
            .MapGet(
                "/{number}",
                async (string number, OrderReader reader, CancellationToken ct) =>
                    (await reader.LoadAsync(number, ct) is { } order ? OrderView.Of(order) : null).OrNotFound(number)
            )
            .WithSummary("One order.")
            .Produces<OrderView>();
        orders.MapGet("/{number}/matrix", Matrix).WithSummary("Its matrix; 404 for an order without one.").Produces<MatrixView>();
        orders
            .MapGet(
                "/{number}/requirements",
                async (string number, ListQuery query, OrderQueries reader, CancellationToken ct) =>
                    await reader.RequirementsAsync(number, query.Clock.Today, ct) is { } found
                        ? Results.Ok(new { Items = found, Ok = found.All(c => c.Ok) })
                        : ReadResults.NotFound(number)
            )
            .WithSummary("Components level by level: required, reserved, available, consumed, ok.");
        orders
            .MapGet(
                "/{number}/trace",
                async (string number, ListQuery query, OrderReader reader, LotQueries lots, CancellationToken ct) =>
                {
                    var forward = query.Words("direction", "back", "forward") is ["forward"];
                    return await reader.VersionAsync(number, ct) == 0
                        ? ReadResults.NotFound(number)
                        : await query.Run(() => lots.TraceOrderAsync(number, forward, ct));
                }
            )
            .WithSummary("What it used up and whence (direction=back), or made and where that went (forward), to any depth.")
            .Produces<Trace>();
        orders
            .MapGet("/board", Board)
            .WithSummary("Kanban: per status the count and the newest cards (?limit= per column); the filters of the list.");
    }

    private static Task<IResult> List(ListQuery query, OrderQueries orders, CancellationToken ct)
    {
        var filter = Filter(query);
        var page = query.PageById();
        return query.Run(async () => (await orders.ListAsync(filter, page, ct)).Map(OrderView.Of));
    }

    private static Task<IResult> Board(ListQuery query, KanbanQueries board, CancellationToken ct)
    {
        var filter = Filter(query);
        var cards = query.Limit();
        return query.Run<object>(async () => new { Columns = await board.BoardAsync(filter, cards, query.Clock.Today, ct) });
    }

    private static async Task<IResult> Matrix(string number, OrderReader reader, MaterialCache materials, CancellationToken ct)
    {
        if (await reader.LoadAsync(number, ct) is not { Matrix: not null } order)
            return ReadResults.NotFound($"{number}/matrix");
        var product = await materials.FindAsync(order.Material);
        var names = new Dictionary<(char, string), string>();
        foreach (var (axis, attribute) in new[] { ('x', product?.XAttribute), ('y', product?.YAttribute) })
            if (attribute is not null)
                foreach (var value in await materials.ValuesAsync(attribute))
                    names[(axis, value.Code)] = value.Name;
        return Results.Ok(MatrixView.Of(order, (axis, code) => names.GetValueOrDefault((axis, code), code)));
    }

    private static OrderFilter Filter(ListQuery query) =>
        new(
            query.Words<OrderStatus>("status"),
            query.Words("matrixState", Enum.GetValues<MatrixState>().Select(MatrixView.Name).ToArray()),
            query.Codes("material"),
            query.Codes("bom"),
            query.Codes("line"),
            query.Codes("parent"),
            query.Codes("salesOrder"),
            query.Codes("originLocation"),
            query.Codes("ids"),
            query.From(),
            query.Before(),
            query.Text("q")
        );
}
