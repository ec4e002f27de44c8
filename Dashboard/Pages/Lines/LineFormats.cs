using System.Globalization;

namespace Manufactura.Dashboard.Pages.Lines;

/// <summary>How the board writes numbers and times, in the reader's language and the plant's zone.</summary>
public static class LineFormats
{
    /// <summary>With thousands marks, without trailing zeros.</summary>
    public static string Quantity(decimal value) => value.ToString("#,##0.###", CultureInfo.CurrentCulture);

    /// <summary>Whole kilograms from ten on.</summary>
    public static string Kg(decimal value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : "#,##0", CultureInfo.CurrentCulture);

    /// <summary>316 %.</summary>
    public static string Percent(decimal value) => value.ToString("#,##0", CultureInfo.CurrentCulture) + " %";

    /// <summary>vie 27 nov, with the year where it is another one.</summary>
    public static string Day(DateOnly day, DateOnly today) =>
        day.ToString(day.Year == today.Year ? "ddd d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>27 nov, where there is little room.</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.CurrentCulture);

    /// <summary>14:00 today, lun 14:00 within a week, else the day.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone, DateOnly today)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        var time = local.ToString("HH:mm", CultureInfo.CurrentCulture);
        return day == today ? time
            : day.DayNumber - today.DayNumber is > 0 and < 7 ? $"{day.ToString("ddd", CultureInfo.CurrentCulture)} {time}"
            : Day(day, today);
    }

    /// <summary>A share of the bar, 0 to 100, for a style.</summary>
    public static string Width(decimal percent) =>
        Math.Clamp(percent, 0, 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
