using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.Plant;

public sealed partial class PlantGrain
{
    public Task<Answer<UnitData>> SaveUnit(UnitData data, SaveMode mode, CommandContext context) =>
        Save<UnitData>(
            MasterKind.Unit,
            data.Code,
            mode,
            context,
            async current =>
            {
                var next = data with { Precision = data.Precision ?? 0 };
                if (
                    MasterRules.First(
                        MasterRules.Name("name", data.Name),
                        MasterRules.Between("precision", next.Precision, 0, 3)
                    ) is
                    { } bad
                )
                    return bad;
                if (next.Precision < current?.Precision)
                {
                    var needed = await master.PrecisionNeededAsync(data.Code!);
                    if (MasterChanges.Precision(data.Code!, next.Precision.Value, needed) is { } coarse)
                        return coarse;
                }

                return new Saved<UnitData>(next);
            }
        );

    public Task<Answer<LocationData>> SaveLocation(LocationData data, SaveMode mode, CommandContext context) =>
        Save<LocationData>(
            MasterKind.Location,
            data.Code,
            mode,
            context,
            async _ =>
            {
                var next = data with { IsDefault = data.IsDefault ?? false, Active = data.Active ?? true };
                if (MasterRules.Name("name", data.Name) is { } bad)
                    return bad;
                if (next is { IsDefault: true, Active: false })
                    return MasterRules.Bad(
                        "active",
                        "debe ser true en la ubicación por defecto",
                        "must be true for the default location"
                    );
                // There is one default location: a new one takes the place of the old one, in the same step.
                if (next.IsDefault == true && await master.DefaultLocationAsync() is { } other && other.Code != data.Code)
                {
                    var old = MessageJson.Deserialize<LocationData>(other.Json) with { IsDefault = false };
                    return new Saved<LocationData>(
                        next,
                        new(MasterKind.Location, other.Code, other.Version, MessageJson.Serialize(old))
                    );
                }

                return new Saved<LocationData>(next);
            }
        );

    public Task<Answer<SupplierData>> SaveSupplier(SupplierData data, SaveMode mode, CommandContext context) =>
        Save<SupplierData>(
            MasterKind.Supplier,
            data.Code,
            mode,
            context,
            _ => Checked(data, MasterRules.Name("name", data.Name), MasterRules.Email("email", data.Email))
        );

    public Task<Answer<CustomerData>> SaveCustomer(CustomerData data, SaveMode mode, CommandContext context) =>
        Save<CustomerData>(
            MasterKind.Customer,
            data.Code,
            mode,
            context,
            _ => Checked(data, MasterRules.Name("name", data.Name))
        );

    private static Task<Decision<Saved<T>>> Checked<T>(T data, params ReadOnlySpan<Refusal?> checks) =>
        Task.FromResult<Decision<Saved<T>>>(MasterRules.First(checks) is { } bad ? bad : new Saved<T>(data));

    /// <summary>The refusal for a code that names nothing in a table; null when it does, or when none is named.</summary>
    private async Task<Refusal?> Exists(MasterTable table, string field, string? code) =>
        code is null ? null
        : await master.FindAsync(table, code) is null ? MasterRules.Unknown(field, code)
        : null;
}
