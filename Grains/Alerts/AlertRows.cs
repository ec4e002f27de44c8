using Manufactura.Domain.Alerts;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.Alerts;

/// <summary>Turns what alerts say of a state into rows.</summary>
public static class AlertRows
{
    /// <summary>Raises the alert while its condition stands (<paramref name="draft"/>), clears it when it does not (null).</summary>
    public static void Show(this UnitOfWork work, AlertDraft? draft, AlertKind kind, string subject, DateTimeOffset at)
    {
        if (draft is null)
            work.Clear(kind, subject, at);
        else
            work.RaiseAlert(draft, at);
    }

    /// <summary>Raises an alert unless one of the same condition stands.</summary>
    public static void RaiseAlert(this UnitOfWork work, AlertDraft draft, DateTimeOffset at) => work.Raise(draft, at);

    /// <summary>Clears the standing alert of a kind and subject, if there is one.</summary>
    public static void Clear(this UnitOfWork work, AlertKind kind, string subject, DateTimeOffset at) =>
        work.Add(new AlertClear(AlertRules.Condition(kind, subject), at));
}
