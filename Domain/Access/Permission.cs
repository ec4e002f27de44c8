namespace Manufactura.Domain.Access;

/// <summary>One thing that somebody may or may not do. Its name is also the name of the policy that pages, API and hub ask.</summary>
public enum Permission
{
    /// <summary>See everything of the plant.</summary>
    Read,

    /// <summary>Units, locations, materials, attributes, BOMs, lines, suppliers: create, change, delete.</summary>
    ManageMasterData,

    /// <summary>Customers: create, change, delete.</summary>
    ManageCustomers,

    /// <summary>Sales orders: create, confirm, cancel.</summary>
    ManageSales,

    /// <summary>Create a production order.</summary>
    CreateOrders,

    /// <summary>Recalculate a matrix, set planned quantities, confirm the planning.</summary>
    PlanOrders,

    /// <summary>Start an order.</summary>
    StartOrders,

    /// <summary>Write what is to be produced into the cells of a matrix.</summary>
    EditCells,

    /// <summary>Produce lots from a matrix.</summary>
    ProduceLots,

    /// <summary>Finish an order without a matrix.</summary>
    FinishOrders,

    /// <summary>Cancel an order.</summary>
    CancelOrders,

    /// <summary>Put an order on a line, splitting it where it is too large.</summary>
    AssignLines,

    /// <summary>Reserve and unreserve material for an order by hand.</summary>
    ReserveMaterials,

    /// <summary>Move allocations from one order to another.</summary>
    MoveAllocations,

    /// <summary>Register, adjust, scrap and transfer lots.</summary>
    ManageLots,

    /// <summary>Release, reject or keep a lot.</summary>
    InspectLots,

    /// <summary>Approve, confirm and cancel requisitions.</summary>
    ManageRequisitions,

    /// <summary>Acknowledge alerts and retry what raised them.</summary>
    ManageAlerts,

    /// <summary>Users, API keys, screens, settings, import, the expiry pass.</summary>
    Administer,
}
