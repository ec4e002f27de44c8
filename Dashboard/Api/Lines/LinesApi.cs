using System.Collections.Immutable;
using System.Globalization;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Lines;

/// <summary>Planning of lines: load, queue, calendar; assigning, dividing and merging orders.</summary>
public static class LinesApi
{
    private sealed record AssignBody(string? Line, bool? Split, string? From);

    private sealed record FromBody(string? From);

    private sealed record PartBody(string? Line, decimal? Units);

    private sealed record SplitBody(bool? Propose, PartBody?[]? Parts, string? From);

    private sealed record QueueBody(string?[]? Orders, string? Before, bool? Last);

    private sealed record ShiftBody(DayOfWeek[]? Days, string? Start, string? End);

    private sealed record StopBody(DateTimeOffset? From, DateTimeOffset? To, string? Reason);

    private sealed record CalendarBody(ShiftBody?[]? Shifts, StopBody?[]? Stops);

    /// <summary>Orders of a queue that one answer shows.</summary>
    private const int MaxQueue = 500;

    public static void MapLines(this IEndpointRouteBuilder api)
    {
        MapAssigning(api.MapGroup("/orders/{number}").WithTags("Orders"));
        var lines = api.MapGroup("/lines/{code}").WithTags("lines");
        lines
            .MapGet("/load", Load)
            .WithSummary("Capacity, assigned kilograms, percent, today's plan and production, queue with expected start and end.")
            .Produces<LineLoadView>();
        lines
            .MapPost("/queue", Reorder)
            .Requires(Permission.AssignLines)
            .WithSummary(
                "Moves the named orders, in this order: before another one, last, or (neither) to the front. Others keep their sequence."
            )
            .Produces<LineLoadView>();
        lines
            .MapGet(
                "/shifts",
                async (string code, IGrainFactory grains) => (await Line(grains, code).Calendar()).OrNotFound(code)
            )
            .WithSummary("When the line works: shifts by day of week, stops.")
            .Produces<CalendarData>();
        lines
            .MapPut("/shifts", SaveShifts)
            .Requires(Permission.ManageMasterData)
            .WithSummary("Replaces the line's calendar.")
            .Produces<CalendarData>();
    }

    private static void MapAssigning(RouteGroupBuilder order)
    {
        order
            .MapGet("/lines", Options)
            .WithSummary("The lines that can make it, by priority, with capacity in units, present load and first free shift.");
        order
            .MapPost("/assign-line", Assign)
            .Requires(Permission.AssignLines)
            .WithSummary(
                "Puts the order on a line; 409 exceeds-capacity unless split says that it may be divided. With from (the line it was "
                    + "seen on, empty for none) 409 line-conflict where somebody else has moved it."
            )
            .Produces<LineAssigned>();
        order
            .MapPost(
                "/unassign-line",
                async (string number, CommandRequest<FromBody> request, IGrainFactory grains) =>
                    (await Order(grains, number).UnassignLine(request.Context, Seen(request.Body.From))).ToResult()
            )
            .Requires(Permission.AssignLines)
            .WithSummary("Takes the order off its line; from as for assign-line.")
            .Produces<OrderAnswer>();
        order
            .MapPost("/split-all", SplitAll)
            .Requires(Permission.AssignLines)
            .WithSummary(
                "Without parts (or with propose) answers a division over lines and shifts; with parts carries it out, all or nothing."
            )
            .Produces<OrderDivided>();
        order
            .MapPost("/undo-split", UndoSplit)
            .Requires(Permission.AssignLines)
            .WithSummary("Merges a divided order back into the one it came from; the answer is that one.")
            .Produces<OrderAnswer>();
    }

    private static IProductionOrderGrain Order(IGrainFactory grains, string number) =>
        grains.GetGrain<IProductionOrderGrain>(number);

    private static IProductionLineGrain Line(IGrainFactory grains, string code) => grains.GetGrain<IProductionLineGrain>(code);

    private static async Task<IResult> Options(string number, LineChoice choice, CancellationToken ct) =>
        await choice.ForAsync(number, ct) is { } options ? Results.Ok(new { Items = options }) : ReadResults.NotFound(number);

    private static async Task<IResult> Load(string code, ListQuery query, IGrainFactory grains)
    {
        var limit = query.Limit(otherwise: MaxQueue);
        return query.Refusal is { } refusal ? refusal.ToProblem() : (await Line(grains, code).Load(limit)).OrNotFound(code);
    }

    private static async Task<IResult> Assign(string number, CommandRequest<AssignBody> request, IGrainFactory grains) =>
        request.Body.Line is { Length: > 0 } line
            ? (
                await Order(grains, number)
                    .AssignLine(line, request.Body.Split ?? false, request.Context, Seen(request.Body.From))
            ).ToResult()
            : Malformed("El campo line es obligatorio.", "The field line is required.").With("field", "line").ToProblem();

    private static async Task<IResult> SplitAll(string number, CommandRequest<SplitBody> request, IGrainFactory grains)
    {
        var (propose, given, from) = request.Body;
        if (propose == true || given is null)
            return (await Order(grains, number).ProposeSplit()).ToResult();
        var parts = ImmutableArray.CreateBuilder<SplitPart>(given.Length);
        foreach (var part in given)
        {
            if (part is not { Line: { Length: > 0 } line, Units: { } units })
                return Malformed("Cada parte lleva line y units.", "Every part has line and units.").ToProblem();
            parts.Add(new(line, units));
        }

        return (await Order(grains, number).SplitAll(new(parts.ToImmutable()), request.Context, Seen(from))).ToResult();
    }

    private static async Task<IResult> UndoSplit(
        string number,
        CommandRequest<FromBody> request,
        IGrainFactory grains,
        OrderReader orders,
        CancellationToken ct
    )
    {
        if (await orders.LoadAsync(number, ct) is not { } part)
            return ReadResults.NotFound(number);
        // An order that was not divided from another has nobody to ask but itself, and is refused there.
        return (
            await Order(grains, part.Parent ?? number).UndoSplit(number, request.Context, Seen(request.Body.From))
        ).ToResult();
    }

    private static async Task<IResult> Reorder(string code, CommandRequest<QueueBody> request, IGrainFactory grains)
    {
        if (request.Body.Orders is not { } orders || orders.Contains(null))
            return Malformed("El campo orders es una lista de números.", "The field orders is a list of numbers.").ToProblem();
        var (_, before, last) = request.Body;
        var sequence = new QueueSequence([.. orders.OfType<string>()], before, last ?? false);
        return (await Line(grains, code).Reorder(sequence, request.Context)).ToResult();
    }

    private static async Task<IResult> SaveShifts(string code, CommandRequest<CalendarBody> request, IGrainFactory grains)
    {
        var shifts = ImmutableArray.CreateBuilder<ShiftData>();
        foreach (var shift in request.Body.Shifts ?? [])
        {
            if (shift is not { Days: { } days } || Time(shift.Start) is not { } start || Time(shift.End) is not { } end)
                return Malformed("Cada turno lleva days, start y end (HH:mm).", "Every shift has days, start and end (HH:mm).")
                    .ToProblem();
            shifts.Add(new([.. days], start, end));
        }

        var stops = ImmutableArray.CreateBuilder<StopData>();
        foreach (var stop in request.Body.Stops ?? [])
        {
            if (stop is not { From: { } from, To: { } to })
                return Malformed("Cada parada lleva from y to.", "Every stop has from and to.").ToProblem();
            stops.Add(new(from.ToUniversalTime(), to.ToUniversalTime(), stop.Reason));
        }

        return (
            await Line(grains, code).SaveCalendar(new(shifts.ToImmutable(), stops.ToImmutable()), request.Context)
        ).ToResult();
    }

    /// <summary>Where an order was seen; the empty text is on no line, nothing said is no condition.</summary>
    private static SeenOn? Seen(string? from) => from is null ? null : new(from.Length == 0 ? null : from);

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    private static Refusal Malformed(string es, string en) => new("validation", RefusalKind.Malformed, es, en);
}
