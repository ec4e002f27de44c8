using Manufactura.Dashboard.Pages.Orders;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>Names for the codes that a page shows.</summary>
public static class NameBook
{
    /// <summary>The name of a code, or the code where there is none.</summary>
    public static string NameOf(this IReadOnlyList<Choice> choices, string code) =>
        choices.FirstOrDefault(c => c.Code == code)?.Name ?? code;
}
