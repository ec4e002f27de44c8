using System.Collections.Immutable;
using Manufactura.Domain.Materials;

namespace Manufactura.Grains.Interfaces.Plant;

// The shapes of api.md, the same on the way in and out. On the way in null means absent; on the way out every member that has
// a default has its value.

/// <summary>A unit of measure; precision = decimals of its quantities, 0 (default) to 3.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.UnitData")]
public sealed record UnitData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Name,
    [property: Id(2)] int? Precision = null
);

/// <summary>A place where stock lies; at most one is the default.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.LocationData")]
public sealed record LocationData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Name,
    [property: Id(2)] bool? IsDefault = null,
    [property: Id(3)] bool? Active = null
);

[GenerateSerializer, Immutable, Alias("manufactura.SupplierData")]
public sealed record SupplierData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Name,
    [property: Id(2)] string? Email = null
);

[GenerateSerializer, Immutable, Alias("manufactura.CustomerData")]
public sealed record CustomerData([property: Id(0)] string? Code, [property: Id(1)] string? Name);

/// <summary>One value of an attribute, such as talla 28.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.AttributeValueData")]
public sealed record AttributeValueData([property: Id(0)] string? Code, [property: Id(1)] string? Name = null);

/// <summary>A property that lots and matrices have values of (tono, talla); the order of the values is theirs in a matrix.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.AttributeData")]
public sealed record AttributeData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Name,
    [property: Id(2)] ImmutableArray<AttributeValueData>? Values = null
);

/// <summary>A raw material, component or finished product. Cost per unit with 2 decimals, weight in kg per unit.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.MaterialData")]
public sealed record MaterialData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Name,
    [property: Id(2)] MaterialKind? Kind,
    [property: Id(3)] string? Unit,
    [property: Id(4)] decimal? UnitCost = null,
    [property: Id(5)] decimal? UnitWeightKg = null,
    [property: Id(6)] decimal? MinStock = null,
    [property: Id(7)] int? MinShelfLifeDays = null,
    [property: Id(8)] bool? LotTracked = null,
    [property: Id(9)] AllocationPolicy? AllocationPolicy = null,
    [property: Id(10)] string? Supplier = null,
    [property: Id(11)] decimal? CriticalQuantity = null,
    [property: Id(12)] string? XAttribute = null,
    [property: Id(13)] string? YAttribute = null,
    [property: Id(14)] decimal? OverproductionTolerance = null
);

/// <summary>One component per unit of the product; a unit that is not given is the component's.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.BomLineData")]
public sealed record BomLineData(
    [property: Id(0)] string? Component,
    [property: Id(1)] decimal? Quantity,
    [property: Id(2)] string? Unit = null
);

/// <summary>A bill of materials. When and by whom it was made is the plant's to say: ignored on the way in.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.BomData")]
public sealed record BomData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Material,
    [property: Id(2)] bool? Active = null,
    [property: Id(3)] ImmutableArray<BomLineData>? Lines = null,
    [property: Id(4)] DateTimeOffset? CreatedAt = null,
    [property: Id(5)] string? CreatedBy = null
);

/// <summary>A product that a line can make; priority 1 first, default 5.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.LineProductData")]
public sealed record LineProductData([property: Id(0)] string? Material, [property: Id(1)] int? Priority = null);

/// <summary>A production line; capacity in kg per shift.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.LineData")]
public sealed record LineData(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Name,
    [property: Id(2)] decimal? CapacityKg,
    [property: Id(3)] bool? Active = null,
    [property: Id(4)] ImmutableArray<LineProductData>? Products = null
);
