using Manufactura.Domain.Access;
using static Manufactura.Domain.Access.Permission;
using static Manufactura.Domain.Access.Role;

namespace Manufactura.Dashboard.Tests.Access;

public sealed class PermissionsTests
{
    public static TheoryData<Permission, Role[]> Table =>
        new()
        {
            { Read, [Admin, ProductionManager, Supervisor, Operator, QualityInspector, Salesperson, Screen] },
            { ManageMasterData, [Admin, ProductionManager] },
            { ManageCustomers, [Admin, ProductionManager, Salesperson] },
            { ManageSales, [Admin, Salesperson] },
            { CreateOrders, [Admin, ProductionManager, Supervisor] },
            { PlanOrders, [Admin, ProductionManager, Supervisor] },
            { StartOrders, [Admin, ProductionManager, Supervisor, Operator] },
            { EditCells, [Admin, ProductionManager, Supervisor, Operator] },
            { ProduceLots, [Admin, ProductionManager, Supervisor, Operator] },
            { FinishOrders, [Admin, ProductionManager, Supervisor, Operator] },
            { CancelOrders, [Admin, ProductionManager, Supervisor] },
            { AssignLines, [Admin, ProductionManager, Supervisor, Operator] },
            { ReserveMaterials, [Admin, ProductionManager, Supervisor] },
            { MoveAllocations, [Admin, Supervisor] },
            { ManageLots, [Admin, QualityInspector] },
            { InspectLots, [Admin, QualityInspector] },
            { ManageRequisitions, [Admin, Supervisor] },
            { ManageAlerts, [Admin, Supervisor] },
            { Administer, [Admin] },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Exactly_these_roles_may(Permission permission, Role[] roles) =>
        Assert.Equal(roles, Permissions.Holders(permission));

    [Fact]
    public void Every_permission_is_in_the_table_above() =>
        Assert.Equal(Enum.GetValues<Permission>(), Table.Select(row => (Permission)row[0]).Order());

    [Fact]
    public void A_word_that_is_no_role_may_nothing() =>
        Assert.DoesNotContain(Enum.GetValues<Permission>(), permission => Permissions.Allows((Role)99, permission));
}
