using Manufactura.Dashboard.Access;
using Manufactura.Domain.Access;
using Manufactura.Domain.Accounting;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Accounting;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Journal;

/// <summary>Booking what failed, and the settings of accounting.</summary>
public static class JournalApi
{
    private sealed record RetryBody(DateOnly? Date);

    public static void MapJournal(this IEndpointRouteBuilder api)
    {
        api.MapPost(
                "/orders/{number}/retry-entry",
                async (string number, CommandRequest<RetryBody> request, IGrainFactory grains) =>
                    (await grains.GetGrain<IJournalGrain>(number).Retry(request.Body.Date, request.Context)).ToResult()
            )
            .WithTags("Journal")
            .WithSummary("Books the entries of the order that failed; date: another day than the production's, up to today.")
            .Requires(Permission.ManageAlerts)
            .Produces<EntriesBooked>();
        api.MapGet(
                "/accounting",
                async (SettingReader settings, CancellationToken ct) => Results.Ok(Data(await settings.AccountingAsync(ct)))
            )
            .WithTags("Journal")
            .WithSummary("Which accounts productions are booked on, and through which day the period is closed.")
            .Produces<AccountingData>();
        api.MapPut(
                "/accounting",
                async (CommandRequest<AccountingData> request, IGrainFactory grains) =>
                    (await grains.GetGrain<IPlantGrain>(IPlantGrain.Key).SaveAccounting(request.Body, request.Context)).ToResult()
            )
            .WithTags("Journal")
            .WithSummary("Replaces the whole: an account that is not given is none, and entries fail until there is one.")
            .Produces<AccountingData>()
            .Requires(Permission.Administer);
    }

    private static AccountingData Data(AccountingSettings s) => new(s.FinishedGoods, s.RawMaterials, s.ClosedThrough);
}
