namespace Manufactura.Storage.Commits.Rows;

/// <summary>The tables of master data, as <see cref="MasterWrite"/> and <see cref="MasterDelete"/> name them.</summary>
public enum MasterTable
{
    Unit,
    Location,
    Supplier,
    Customer,
    Attribute,
    Material,
    Bom,
    ProductionLine,
    PlantSetting,
    Account,
}

/// <summary>
/// Writes one row of master data with its children (replaced as a whole). <c>Json</c> has the members of the API's shape in camelCase:
/// an attribute's <c>values</c>, a BOM's <c>lines</c> (with <c>createdAt</c> and <c>createdBy</c> when new), a production line's
/// <c>products</c>, a setting's <c>value</c>. <c>ExpectedVersion</c> 0 inserts, missed if the code exists; else missed unless the row has it.
/// </summary>
public sealed record MasterWrite(MasterTable Table, string Code, int ExpectedVersion, string Json) : IRow;

/// <summary>Deletes one row of master data with its children. Missed unless the row has <c>ExpectedVersion</c> and nothing uses it.</summary>
public sealed record MasterDelete(MasterTable Table, string Code, int ExpectedVersion) : IRow;
