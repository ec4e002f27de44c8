namespace Manufactura.Domain.Lines;

/// <summary>
/// The shifts of a calendar, stops taken out, as one stretch of work counted in shifts: 2.5 is the middle of the third shift.
/// Reckoned as far as it is asked and kept, so that the next question costs a search however far ahead it looks.
/// </summary>
/// <param name="from">Work is counted from the shift that runs at this instant, or from the next one.</param>
public sealed class ShiftTimeline(ShiftCalendar calendar, TimeZoneInfo zone, DateTimeOffset from)
{
    /// <summary>Farther ahead nothing is foretold.</summary>
    public const int MaxShifts = 1000;

    private const int Step = 32;

    // Shares are quotients of ticks: sums of them may be off in the last digits, never by as much as a tick.
    private const decimal Epsilon = 0.000_000_000_000_01m;

    private readonly List<Piece> pieces = [];
    private readonly List<ShiftWindow> shifts = [];

    /// <summary>Work done up to an instant; what lies farther ahead than is foretold counts as all of it.</summary>
    public decimal WorkAt(DateTimeOffset at)
    {
        while ((pieces.Count == 0 || pieces[^1].End <= at) && Extend()) { }
        var i = Find(at, static (p, instant) => p.End > instant);
        return i < pieces.Count ? pieces[i].WorkAt(at) : Total;
    }

    /// <summary>When the work after so much of it begins; null where nothing is foretold.</summary>
    public DateTimeOffset? Begin(decimal work) => PieceAfter(work) is { } piece ? piece.Instant(work) : null;

    /// <summary>When so much work is done; null where nothing is foretold.</summary>
    public DateTimeOffset? End(decimal work)
    {
        while (Total < work - Epsilon && Extend()) { }
        var i = Find(work - Epsilon, static (p, w) => p.After >= w);
        return i < pieces.Count ? pieces[i].Instant(work) : null;
    }

    /// <summary>The shift in which the work after so much of it is done; null where nothing is foretold.</summary>
    public ShiftWindow? ShiftOf(decimal work) => PieceAfter(work) is { } piece ? shifts[piece.Shift] : null;

    /// <summary>The next shifts in which there is work, the one in which <paramref name="work"/> stands first.</summary>
    public IEnumerable<ShiftSpan> ShiftsFrom(decimal work, int count)
    {
        while (count-- > 0 && PieceAfter(work) is { } piece)
        {
            var after = EndOf(piece.Shift);
            yield return new(shifts[piece.Shift], work, after);
            work = after;
        }
    }

    /// <summary>Whether the line works at an instant.</summary>
    public bool Works(DateTimeOffset at)
    {
        WorkAt(at);
        var i = Find(at, static (p, instant) => p.End > instant);
        return i < pieces.Count && pieces[i].Start <= at;
    }

    /// <summary>How much of the work between two instants is done at a third: 0 to 1; 0 where there is none between them.</summary>
    public decimal PartDone(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        var (before, all) = (WorkAt(start), WorkAt(end));
        return all > before ? Math.Clamp((WorkAt(now) - before) / (all - before), 0, 1) : 0;
    }

    private decimal Total => pieces.Count > 0 ? pieces[^1].After : 0;

    private Piece? PieceAfter(decimal work)
    {
        while (Total <= work + Epsilon && Extend()) { }
        var i = Find(work + Epsilon, static (p, w) => p.After > w);
        return i < pieces.Count ? pieces[i] : null;
    }

    private decimal EndOf(int shift)
    {
        // Its pieces are made together.
        var i = Find(shift, static (p, s) => p.Shift > s);
        return pieces[i - 1].After;
    }

    /// <summary>The first piece for which something holds that holds for all later ones too.</summary>
    private int Find<T>(T value, Func<Piece, T, bool> holds)
    {
        var (low, high) = (0, pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(pieces[middle], value))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>Some more shifts; false at the end of what is foretold.</summary>
    private bool Extend()
    {
        var before = shifts.Count;
        if (before >= MaxShifts)
            return false;
        foreach (var window in calendar.From(before > 0 ? shifts[^1].End : from, zone).Take(Math.Min(Step, MaxShifts - before)))
        {
            shifts.Add(window);
            Cut(window);
        }

        return shifts.Count > before;
    }

    private void Cut(ShiftWindow window)
    {
        var start = window.Start;
        foreach (var stop in calendar.Stops)
        {
            if (stop.From >= window.End || stop.To <= start)
                continue;
            Add(window, start, stop.From);
            start = stop.To;
        }

        Add(window, start, window.End);
    }

    private void Add(ShiftWindow window, DateTimeOffset start, DateTimeOffset end)
    {
        if (start >= end)
            return;
        var share = (decimal)(end - start).Ticks / (window.End - window.Start).Ticks;
        pieces.Add(new(start, end, shifts.Count - 1, Total, Total + share));
    }

    /// <summary>Time without a stop in one shift, and the work done before and after it.</summary>
    private readonly record struct Piece(DateTimeOffset Start, DateTimeOffset End, int Shift, decimal Before, decimal After)
    {
        public decimal WorkAt(DateTimeOffset at) =>
            at <= Start ? Before : Before + (After - Before) * (at - Start).Ticks / (End - Start).Ticks;

        public DateTimeOffset Instant(decimal work)
        {
            var ticks = decimal.Round((work - Before) / (After - Before) * (End - Start).Ticks, 6);
            return Start.AddTicks((long)Math.Clamp(Math.Ceiling(ticks), 0, (End - Start).Ticks));
        }
    }
}

/// <summary>One shift, or what is left of it: the work done before and after.</summary>
public readonly record struct ShiftSpan(ShiftWindow Shift, decimal Before, decimal After);
