namespace Manufactura.Dashboard.Pages.Requisitions;

/// <summary>What a person may do next with a requisition, as the API's calls are named.</summary>
public static class RequisitionSteps
{
    public const string Approve = "approve";
    public const string Confirm = "confirm";
    public const string Cancel = "cancel";

    /// <summary>The main step from a status; null when nothing is left to do by hand.</summary>
    public static string? Next(string status) =>
        status switch
        {
            "AwaitingApproval" => Approve,
            "Open" => Confirm,
            _ => null,
        };

    /// <summary>Whether it can still be cancelled.</summary>
    public static bool MayCancel(string status) => status is "AwaitingApproval" or "Open" or "Confirmed";
}
