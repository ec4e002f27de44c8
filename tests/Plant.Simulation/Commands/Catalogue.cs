using Manufactura.Plant.Simulation.Clients;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Thinks up a command, or answers null where there is nothing to do of that kind.</summary>
internal delegate Task<Command?> Idea(Desk desk);

/// <summary>Every kind of command that people give, and how often beside the others.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyDictionary<string, (Idea Idea, int Weight)> All = new Dictionary<string, (Idea, int)>
    {
        ["create-order"] = (OrderCommands.CreateAsync, 6),
        ["create-matrix-order"] = (OrderCommands.CreateWithMatrixAsync, 6),
        ["confirm-planning"] = (OrderCommands.ConfirmPlanningAsync, 6),
        ["start"] = (OrderCommands.StartAsync, 8),
        ["finish"] = (OrderCommands.FinishAsync, 7),
        ["cancel"] = (OrderCommands.CancelAsync, 2),
        ["undo-explosion"] = (OrderCommands.UndoExplosionAsync, 3),
        ["recalculate"] = (MatrixCommands.RecalculateAsync, 6),
        ["edit-planned"] = (MatrixCommands.EditPlannedAsync, 2),
        ["edit-to-produce"] = (MatrixCommands.EditToProduceAsync, 9),
        ["produce-lots"] = (MatrixCommands.ProduceAsync, 8),
        ["reserve"] = (SupplyCommands.ReserveAsync, 7),
        ["unreserve"] = (SupplyCommands.UnreserveAsync, 2),
        ["move-allocation"] = (SupplyCommands.MoveAllocationAsync, 3),
        ["assign-line"] = (LineCommands.AssignAsync, 5),
        ["unassign-line"] = (LineCommands.UnassignAsync, 1),
        ["split-all"] = (LineCommands.SplitAllAsync, 3),
        ["undo-split"] = (LineCommands.UndoSplitAsync, 2),
        ["reorder"] = (LineCommands.ReorderAsync, 2),
        ["shifts"] = (LineCommands.ShiftsAsync, 1),
        ["register-lot"] = (LotCommands.RegisterAsync, 6),
        ["release-lot"] = (LotCommands.ReleaseAsync, 6),
        ["reject-or-keep"] = (LotCommands.RejectOrKeepAsync, 1),
        ["adjust-lot"] = (LotCommands.AdjustAsync, 3),
        ["scrap-lot"] = (LotCommands.ScrapAsync, 2),
        ["transfer-lot"] = (LotCommands.TransferAsync, 3),
        ["create-sale"] = (SalesCommands.CreateAsync, 4),
        ["confirm-sale"] = (SalesCommands.ConfirmAsync, 5),
        ["cancel-sale"] = (SalesCommands.CancelAsync, 1),
        ["approve-requisition"] = (SalesCommands.ApproveAsync, 2),
        ["confirm-requisition"] = (SalesCommands.ConfirmRequisitionAsync, 1),
        ["cancel-requisition"] = (SalesCommands.CancelRequisitionAsync, 1),
        ["send-again"] = (SalesCommands.SendAgainAsync, 1),
        ["save-material"] = (MasterCommands.MaterialAsync, 2),
        ["save-bom"] = (MasterCommands.BomAsync, 2),
        ["save-place"] = (MasterCommands.PlaceAsync, 1),
        ["save-line"] = (MasterCommands.LineAsync, 1),
        ["save-customer"] = (MasterCommands.CustomerAsync, 1),
        ["delete-master"] = (MasterCommands.DeleteAsync, 1),
        ["acknowledge-alert"] = (AlertCommands.AcknowledgeAsync, 2),
    };
}
