using System.Globalization;
using Manufactura.Dashboard.Hosting;
using Manufactura.Dashboard.Texts;
using Manufactura.Domain.ProductionOrders;
using Microsoft.Extensions.Localization;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>How the order pages write what they show, in the reader's language.</summary>
public static class Show
{
    /// <summary>Addresses of the order pages.</summary>
    public const string Board = "manufacturing/work-order/";

    /// <summary>Address of one order's page.</summary>
    public static string OrderPath(string number) => $"{Board}{Uri.EscapeDataString(number)}/";

    /// <summary>With thousands marks, without trailing zeros: 1.200,5.</summary>
    public static string Quantity(decimal value) => value.ToString("#,##0.###", CultureInfo.CurrentCulture);

    /// <summary>With the sign of money and two decimals: $1.500,00.</summary>
    public static string Money(decimal value) => value.ToString("$#,##0.00;-$#,##0.00", CultureInfo.CurrentCulture);

    /// <summary>vie 27 nov, with the year where it is not this one.</summary>
    public static string Date(DateOnly date, DateOnly today) =>
        date.ToString(date.Year == today.Year ? "ddd d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>Date and time in the plant's zone.</summary>
    public static string Moment(DateTimeOffset at, PlantSettings settings) =>
        TimeZoneInfo.ConvertTime(at, settings.TimeZone).ToString("d MMM HH:mm", CultureInfo.CurrentCulture);

    /// <summary>A user name for reading: ana.lopez is Ana Lopez.</summary>
    public static string Person(string user) =>
        string.Join(
            ' ',
            user.Split(['.', '_', '-', ' '], StringSplitOptions.RemoveEmptyEntries)
                .Select(word => char.ToUpper(word[0], CultureInfo.CurrentCulture) + word[1..])
        );

    /// <summary>The words for a status.</summary>
    public static string Status(this IStringLocalizer<OrdersTexts> texts, OrderStatus status) => texts[$"Status{status}"];
}
