namespace Manufactura.Domain.Access;

/// <summary>What a person, a script or a wall screen is in the plant. One may have several.</summary>
public enum Role
{
    /// <summary>Administrador: everything.</summary>
    Admin,

    /// <summary>Jefe de producción.</summary>
    ProductionManager,

    /// <summary>Supervisor, also líder de taller.</summary>
    Supervisor,

    /// <summary>Operario.</summary>
    Operator,

    /// <summary>Encargado de calidad.</summary>
    QualityInspector,

    /// <summary>Vendedor.</summary>
    Salesperson,

    /// <summary>A wall screen or a program that only looks.</summary>
    Screen,
}
