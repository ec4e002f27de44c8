namespace Manufactura.Grains.Interfaces.Lines;

/// <summary>One production line; the key is its code. Assigning is the order's command, which asks here for its place.</summary>
[Alias("manufactura.IProductionLine")]
public interface IProductionLineGrain : IGrainWithStringKey
{
    /// <summary>The load as it is committed now with the first <paramref name="queue"/> orders; null when there is no such line.</summary>
    [Alias("Load")]
    Task<LineLoadView?> Load(int queue);

    /// <summary>
    /// The line as an order meets it. The places are handed out once and never again; those not taken stay empty. Null when
    /// there is no such line.
    /// </summary>
    [Alias("Stand")]
    Task<LineStand?> Stand(LineQuestion question);

    /// <summary>The database knew the queue otherwise: everything is read again before the next answer.</summary>
    [Alias("Doubt")]
    Task Doubt();

    /// <summary>Moves orders within the queue; refused when one of them is no longer in it.</summary>
    [Alias("Reorder")]
    Task<Answer<LineLoadView>> Reorder(QueueSequence sequence, CommandContext context);

    /// <summary>When the line works; null when there is no such line.</summary>
    [Alias("Calendar")]
    Task<CalendarData?> Calendar();

    /// <summary>Replaces the calendar.</summary>
    [Alias("SaveCalendar")]
    Task<Answer<CalendarData>> SaveCalendar(CalendarData calendar, CommandContext context);
}
