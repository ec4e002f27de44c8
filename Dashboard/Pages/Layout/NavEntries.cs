using Manufactura.Domain.Access;

namespace Manufactura.Dashboard.Pages.Layout;

/// <summary>One entry of the navigation.</summary>
/// <param name="Text">Key in ShellTexts.</param>
/// <param name="Path">Address, without the leading slash.</param>
/// <param name="Icon">Name in Icon.razor.</param>
/// <param name="Count">Key of its count in <see cref="NavCounts"/>, or null.</param>
/// <param name="Needs">Shown only to those who may do this.</param>
public sealed record NavEntry(string Text, string Path, string Icon, string? Count = null, Permission Needs = Permission.Read);

/// <summary>The navigation: sections with their entries, in order.</summary>
public static class NavEntries
{
    /// <summary>Section's key in ShellTexts (null: no heading) and its entries.</summary>
    public static IReadOnlyList<(string? Section, IReadOnlyList<NavEntry> Entries)> All { get; } =
    [
        (null, [new("NavToday", "", "home")]),
        (
            "SectionProduction",
            [
                new("NavOrders", "manufacturing/work-order/", "orders", NavCounts.Keys.Orders),
                new("NavLines", "lines", "lines", NavCounts.Keys.Lines),
                new("NavSales", "sales", "sales", NavCounts.Keys.Sales),
            ]
        ),
        (
            "SectionMaterials",
            [
                new("NavLots", "lots", "lots", NavCounts.Keys.Lots),
                new("NavRequisitions", "requisitions", "requisitions", NavCounts.Keys.Requisitions),
                new("NavStock", "stock", "stock"),
                new("NavMaterials", "materials", "materials"),
                new("NavBoms", "boms", "boms"),
            ]
        ),
        (
            "SectionControl",
            [
                new("NavAlerts", "alerts", "alerts", NavCounts.Keys.Alerts),
                new("NavJournal", "journal", "journal"),
                new("NavReports", "reports", "reports"),
                new("NavChecks", "checks", "checks"),
                new("NavScreens", "screens", "screens", Needs: Permission.ManageMasterData),
                new("NavAdmin", "admin", "admin", Needs: Permission.Administer),
            ]
        ),
    ];
}
