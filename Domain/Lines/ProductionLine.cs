namespace Manufactura.Domain.Lines;

/// <summary>A production line; <paramref name="CapacityKg"/> is what it takes in one shift, above zero.</summary>
public sealed record ProductionLine(string Code, string Name, decimal CapacityKg, bool Active, int Version = 1);

/// <summary>producto_por_linea_produccion: the line can make the product; priority 1 comes first, default 5.</summary>
public sealed record LineCompatibility(string Line, string Material, int Priority = LineCompatibility.DefaultPriority)
{
    public const int DefaultPriority = 5;
}
