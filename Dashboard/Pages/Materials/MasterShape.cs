using Manufactura.Domain.Access;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Dashboard.Pages.Materials;

/// <summary>A small table of master data: where it is in the API and which members it has beside code and name.</summary>
/// <param name="Path">Under <c>/api/v1</c>, and the tab's name.</param>
/// <param name="Plural">Key of its name in PagesTexts.</param>
/// <param name="One">Key of "new …" in PagesTexts.</param>
public sealed record MasterShape(
    MasterTable Table,
    string Path,
    string Plural,
    string One,
    Permission Needs,
    params string[] Extras
)
{
    public const string Precision = "precision";
    public const string Email = "email";
    public const string IsDefault = "isDefault";
    public const string Active = "active";
    public const string Values = "values";

    /// <summary>Units, locations, suppliers, customers, attributes.</summary>
    public static IReadOnlyList<MasterShape> All { get; } =
    [
        new(MasterTable.Unit, "units", "Units", "NewUnit", Permission.ManageMasterData, Precision),
        new(MasterTable.Location, "locations", "Locations", "NewLocation", Permission.ManageMasterData, IsDefault, Active),
        new(MasterTable.Supplier, "suppliers", "Suppliers", "NewSupplier", Permission.ManageMasterData, Email),
        new(MasterTable.Customer, "customers", "Customers", "NewCustomer", Permission.ManageCustomers),
        new(MasterTable.Attribute, "attributes", "Attributes", "NewAttribute", Permission.ManageMasterData, Values),
    ];

    public bool Has(string extra) => Array.IndexOf(Extras, extra) >= 0;
}

/// <summary>A row of any of these tables; what a table does not have is null.</summary>
public sealed record MasterItem(
    string Code,
    string Name,
    int? Precision = null,
    bool? IsDefault = null,
    bool? Active = null,
    string? Email = null,
    IReadOnlyList<MasterValue>? Values = null
);

/// <summary>A value of an attribute.</summary>
public sealed record MasterValue(string Code, string Name);
