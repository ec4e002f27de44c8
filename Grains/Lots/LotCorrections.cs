using Manufactura.Domain.Lots;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using LotDelta = Manufactura.Storage.Commits.Rows.LotChange;
using Outcome = Manufactura.Domain.Lots.LotChange;
using Take = Manufactura.Storage.Commits.Rows.LotUse;

namespace Manufactura.Grains.Lots;

/// <summary>Turns a correction of a lot's quantity into rows; what its orders lose is the caller's, for all lots together.</summary>
internal static class LotCorrections
{
    public static void Correct(
        this UnitOfWork work,
        Lot before,
        Outcome change,
        (string Actor, string What) why,
        DateOnly today,
        DateTimeOffset at
    )
    {
        var (next, movements, released) = change;
        work.Add(new LotDelta(before.Code, next.OnHand - before.OnHand, next.Reserved - before.Reserved, Take.Any, today));
        // A status that does not follow from the quantities alone (a date that has come), or a loss, is decided on this version.
        if (next.Status != before.Status && next.Status is not (LotStatus.Available or LotStatus.Depleted))
            work.Add(new LotStatusChange(before.Code, before.Version, next.Status.ToString()));
        else if (!released.IsEmpty)
            work.Add(new LotUpdate(before.Code, before.Version));
        work.Insert(movements, why.Actor, at);
        work.Add(new LotEvent(before.Code, why.Actor, why.What));
    }
}
