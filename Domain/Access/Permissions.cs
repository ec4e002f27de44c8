using System.Collections.Frozen;
using static Manufactura.Domain.Access.Permission;

namespace Manufactura.Domain.Access;

/// <summary>The one table of who may do what (domain: "Who may do what"). Pages, API and hub all ask it.</summary>
public static class Permissions
{
    private static readonly Permission[] All = Enum.GetValues<Permission>();

    private static readonly Permission[] Workshop =
    [
        CreateOrders,
        PlanOrders,
        StartOrders,
        EditCells,
        ProduceLots,
        FinishOrders,
        CancelOrders,
        AssignLines,
        ReserveMaterials,
    ];

    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, Permission[]>
    {
        [Role.Admin] = All,
        [Role.ProductionManager] = [Read, ManageMasterData, ManageCustomers, .. Workshop],
        [Role.Supervisor] = [Read, .. Workshop, ManageRequisitions, ManageAlerts, MoveAllocations],
        [Role.Operator] = [Read, StartOrders, EditCells, ProduceLots, FinishOrders, AssignLines],
        [Role.QualityInspector] = [Read, ManageLots, InspectLots],
        [Role.Salesperson] = [Read, ManageCustomers, ManageSales],
        [Role.Screen] = [Read],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    /// <summary>Whether <paramref name="role"/> may do <paramref name="permission"/>. A role that is not in the table may do nothing.</summary>
    public static bool Allows(Role role, Permission permission) =>
        Table.TryGetValue(role, out var may) && may.Contains(permission);

    /// <summary>Whether any of <paramref name="roles"/> may do <paramref name="permission"/>.</summary>
    public static bool Allows(IEnumerable<Role> roles, Permission permission) => roles.Any(role => Allows(role, permission));

    /// <summary>The roles that may do <paramref name="permission"/>, in the order of <see cref="Role"/>.</summary>
    public static IReadOnlyList<Role> Holders(Permission permission) =>
        [.. Enum.GetValues<Role>().Where(role => Allows(role, permission))];
}
