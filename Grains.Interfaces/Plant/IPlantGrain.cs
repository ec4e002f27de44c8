using Manufactura.Grains.Interfaces.Accounting;

namespace Manufactura.Grains.Interfaces.Plant;

/// <summary>Whether the code must be new, must be there, or either.</summary>
[GenerateSerializer, Alias("manufactura.SaveMode")]
public enum SaveMode
{
    /// <summary>409 <c>duplicate</c> when the code is taken.</summary>
    Create,

    /// <summary>404 when there is no such code; what is not given is absent afterwards.</summary>
    Replace,

    /// <summary>Creates or replaces, as an import does.</summary>
    Either,
}

/// <summary>The kinds of master data.</summary>
[GenerateSerializer, Alias("manufactura.MasterKind")]
public enum MasterKind
{
    Unit,
    Location,
    Supplier,
    Customer,
    Attribute,
    Material,
    Bom,
    Line,
    Account,
}

/// <summary>What was deleted.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.MasterDeleted")]
public sealed record MasterDeleted([property: Id(0)] MasterKind Kind, [property: Id(1)] string Code);

/// <summary>
/// The plant's master data; one grain, key <see cref="Key"/>. Refusals: <c>validation</c> (400 something is missing, 422 a rule),
/// <c>duplicate</c> and <c>in-use</c> (409), <c>not-found</c> (404), <c>bom-cycle</c> (422). Nothing changed then.
/// </summary>
[Alias("manufactura.IPlant")]
public interface IPlantGrain : IGrainWithStringKey
{
    const string Key = "plant";

    [Alias("SaveUnit")]
    Task<Answer<UnitData>> SaveUnit(UnitData data, SaveMode mode, CommandContext context);

    /// <summary>A new default location takes the place of the old one.</summary>
    [Alias("SaveLocation")]
    Task<Answer<LocationData>> SaveLocation(LocationData data, SaveMode mode, CommandContext context);

    [Alias("SaveSupplier")]
    Task<Answer<SupplierData>> SaveSupplier(SupplierData data, SaveMode mode, CommandContext context);

    [Alias("SaveCustomer")]
    Task<Answer<CustomerData>> SaveCustomer(CustomerData data, SaveMode mode, CommandContext context);

    [Alias("SaveAttribute")]
    Task<Answer<AttributeData>> SaveAttribute(AttributeData data, SaveMode mode, CommandContext context);

    [Alias("SaveMaterial")]
    Task<Answer<MaterialData>> SaveMaterial(MaterialData data, SaveMode mode, CommandContext context);

    [Alias("SaveBom")]
    Task<Answer<BomData>> SaveBom(BomData data, SaveMode mode, CommandContext context);

    [Alias("SaveLine")]
    Task<Answer<LineData>> SaveLine(LineData data, SaveMode mode, CommandContext context);

    [Alias("SaveAccount")]
    Task<Answer<AccountData>> SaveAccount(AccountData data, SaveMode mode, CommandContext context);

    /// <summary>Replaces the settings of accounting as a whole; an account that does not exist and a future date are refused.</summary>
    [Alias("SaveAccounting")]
    Task<Answer<AccountingData>> SaveAccounting(AccountingData data, CommandContext context);

    /// <summary>Refused while anything uses it, naming by what and how many.</summary>
    [Alias("Delete")]
    Task<Answer<MasterDeleted>> Delete(MasterKind kind, string code, CommandContext context);
}
