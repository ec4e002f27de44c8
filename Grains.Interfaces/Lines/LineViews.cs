using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Grains.Interfaces.Lines;

/// <summary>
/// An order in a line's queue; outstanding in units and kilograms, start and end as the line's shifts foretell them (null:
/// farther ahead than is foretold, or the line has stopped for good).
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.QueueEntry")]
public sealed record QueueEntry(
    [property: Id(0)] string Number,
    [property: Id(1)] string Material,
    [property: Id(2)] string MaterialName,
    [property: Id(3)] OrderStatus Status,
    [property: Id(4)] decimal Quantity,
    [property: Id(5)] decimal Outstanding,
    [property: Id(6)] decimal Kg,
    [property: Id(7)] decimal? Position,
    [property: Id(8)] DateOnly? DueDate,
    [property: Id(9)] int Priority,
    [property: Id(10)] DateTimeOffset? Start = null,
    [property: Id(11)] DateTimeOffset? End = null
);

/// <summary>One shift of one day, or the time that work takes.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ShiftView")]
public sealed record ShiftView([property: Id(0)] DateTimeOffset Start, [property: Id(1)] DateTimeOffset End);

/// <summary>
/// What of the queue is made in one shift, against what can still be made in it: of a shift that runs, only what is left of it.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.ShiftLoadView")]
public sealed record ShiftLoadView(
    [property: Id(0)] DateTimeOffset Start,
    [property: Id(1)] DateTimeOffset End,
    [property: Id(2)] decimal CapacityKg,
    [property: Id(3)] decimal AssignedKg,
    [property: Id(4)] decimal AssignedUnits,
    [property: Id(5)] decimal Percent
);

/// <summary>
/// A line's load per shift: assigned = outstanding kilograms (units) of its open orders, saturated above 100 %. Produced today in
/// units; planned today = produced today and what is outstanding of its orders that are in progress or due by today; planned now =
/// what of that should be made by now. The queue is its beginning; <paramref name="QueueLength"/> counts all.
/// <paramref name="FirstFree"/> is the shift after the whole queue, <paramref name="Shifts"/> are the next ones.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.LineLoadView")]
public sealed record LineLoadView(
    [property: Id(0)] string Line,
    [property: Id(1)] string Name,
    [property: Id(2)] bool Active,
    [property: Id(3)] decimal CapacityKg,
    [property: Id(4)] decimal AssignedKg,
    [property: Id(5)] decimal Percent,
    [property: Id(6)] bool Saturated,
    [property: Id(7)] decimal ProducedToday,
    [property: Id(8)] decimal PlannedToday,
    [property: Id(9)] int QueueLength,
    [property: Id(10)] ImmutableArray<QueueEntry> Queue,
    [property: Id(11)] ShiftView? FirstFree,
    [property: Id(12)] bool Working,
    [property: Id(13)] decimal AssignedUnits,
    [property: Id(14)] decimal PlannedNow,
    [property: Id(15)] ImmutableArray<ShiftLoadView> Shifts
)
{
    /// <summary>The line's code, as lists of the API name it.</summary>
    public string Code => Line;
}

/// <summary>
/// A line as an order meets it that may come onto it: <paramref name="Priority"/> null when it does not know the product, assigned
/// without that order, <paramref name="Position"/> the first of the places asked for, <paramref name="FirstFree"/> the shift after
/// the queue (only told when no place is asked for), <paramref name="Slots"/> when what was asked for would be made.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.LineStand")]
public sealed record LineStand(
    [property: Id(0)] string Line,
    [property: Id(1)] string Name,
    [property: Id(2)] bool Active,
    [property: Id(3)] decimal CapacityKg,
    [property: Id(4)] int? Priority,
    [property: Id(5)] decimal AssignedKg,
    [property: Id(6)] decimal Position,
    [property: Id(7)] ShiftView? FirstFree,
    [property: Id(8)] ImmutableArray<ShiftView?> Slots
);

/// <summary>
/// What is asked of a line: the product, an order that does not count, how many places behind the queue, and when so many
/// kilograms, one after the other behind the queue, would be made.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.LineQuestion")]
public sealed record LineQuestion(
    [property: Id(0)] string Material,
    [property: Id(1)] string? Without = null,
    [property: Id(2)] int Places = 0,
    [property: Id(3)] ImmutableArray<decimal> Kg = default
);

/// <summary>
/// Orders to be moved within their queue, in this order: before another one, to the end, or (neither) to the beginning. All others
/// keep their sequence.
/// </summary>
[GenerateSerializer, Immutable, Alias("manufactura.QueueSequence")]
public sealed record QueueSequence(
    [property: Id(0)] ImmutableArray<string> Orders,
    [property: Id(1)] string? Before = null,
    [property: Id(2)] bool Last = false
);

/// <summary>A shift; times <c>HH:mm</c> in the plant's zone, one that ends at or before its start ends the next day.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ShiftData")]
public sealed record ShiftData(
    [property: Id(0)] ImmutableArray<DayOfWeek> Days,
    [property: Id(1)] TimeOnly Start,
    [property: Id(2)] TimeOnly End
);

/// <summary>A time in which the line stands still.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.StopData")]
public sealed record StopData(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] string? Reason = null
);

/// <summary>When a line works; <paramref name="IsDefault"/> while nobody has set a calendar for it.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.CalendarData")]
public sealed record CalendarData(
    [property: Id(0)] ImmutableArray<ShiftData> Shifts,
    [property: Id(1)] ImmutableArray<StopData> Stops,
    [property: Id(2)] bool IsDefault = false
);
