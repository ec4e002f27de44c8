using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Accounting;
using Manufactura.Grains.Materials;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Orleans.Runtime;
using LotUse = Manufactura.Domain.ProductionOrders.LotUse;

namespace Manufactura.Grains.Accounting;

/// <summary>Books afterwards what failed. The alert's version is the premise: two that retry at once make one entry.</summary>
[GrainType("journal")]
public sealed class JournalGrain(
    BookQueries books,
    AlertQueries alerts,
    MaterialCache materials,
    SettingReader settings,
    INumbers numbers,
    ICommitLog log,
    PlantClock clock
) : Grain, IJournalGrain
{
    private const int MostAtOnce = 200;

    private string Order => this.GetPrimaryKeyString();

    public Task<Answer<EntriesBooked>> Retry(DateOnly? date, CommandContext context) =>
        log.CarryOutAsync<EntriesBooked>(
            context,
            async draft =>
            {
                var waiting = (await books.UnbookedAsync(Order, new PageRequest(MostAtOnce))).Items;
                if (waiting.Count == 0)
                    return RetryEntry.NothingWaits(Order);
                var accounting = await settings.AccountingAsync();
                var (messages, entries, fails) = (new List<Text>(), new List<string>(), new List<(string, Refusal)>());
                foreach (var one in waiting)
                {
                    var uses = await books.UsesOfAsync(one.Production);
                    if (uses.Count == 0)
                    {
                        await ClearAsync(draft.Work, one, context.Actor);
                        messages.Add(RetryEntry.TakenBack(one.Production));
                        continue;
                    }

                    var entry = await BookAsync(uses, date, accounting);
                    if (entry.Refusal is { } failed)
                    {
                        fails.Add((one.Production, failed));
                        continue;
                    }

                    await ClearAsync(draft.Work, one, context.Actor);
                    draft.Work.Insert(entry, Order, one.Production, context.Actor, clock.Now);
                    messages.Add(OrderMessages.EntryCreated(entry.Outcome.Number));
                    entries.Add(entry.Outcome.Number);
                }

                // All of it fails: that is the answer, not a success with a warning.
                if (messages.Count == 0)
                    return fails[0].Item2;
                return new EntriesBooked(
                    Order,
                    [.. entries],
                    Sentences.Of(messages),
                    Sentences.Of(fails.Select(f => RetryEntry.StillFails(f.Item1, f.Item2)))
                );
            }
        );

    /// <summary>At the cost the components had when they were consumed; one that had none then, at what it costs now.</summary>
    private async Task<Decision<JournalEntry>> BookAsync(
        IReadOnlyList<UseRow> uses,
        DateOnly? date,
        AccountingSettings accounting
    )
    {
        var day = RetryEntry.Day(clock.DateOf(uses.Min(u => u.ProducedAt)), date, clock.Today);
        if (day.Refusal is { } badDay)
            return badDay;
        var known = await materials.GetAsync([.. uses.Select(u => u.Material).Distinct()]);
        var costs = uses.ToLookup(u => u.Material, u => u.UnitCost, StringComparer.Ordinal);
        ImmutableArray<LotUse> taken = [.. uses.Select(u => new LotUse(Order, u.Material, u.Lot, u.Location, 0, u.Quantity))];
        var entry = BookProduction.Decide("", Order, day.Outcome, taken, MaterialOf, accounting);
        return entry.Refusal is null ? entry.Outcome with { Number = await numbers.EntryAsync() } : entry;

        Material MaterialOf(string code) => known[code] with { UnitCost = costs[code].Max() ?? known[code].UnitCost };
    }

    private async Task ClearAsync(UnitOfWork work, UnbookedRow one, string actor)
    {
        var alert = (await alerts.FindAsync(one.Id))!;
        work.Add(
            new AlertUpdate(
                one.Id,
                one.AlertVersion,
                "cleared",
                alert.AcknowledgedAt,
                alert.AcknowledgedBy,
                alert.Note,
                alert.EscalatedAt,
                clock.Now,
                alert.Role,
                alert.ShelvedUntil,
                alert.ShelvedBy,
                alert.WaitsSince,
                actor
            )
        );
    }
}
