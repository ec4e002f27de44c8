using System.Text.Json;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Json;
using Manufactura.Dashboard.Hosting;
using Manufactura.Dashboard.Pages.Screens;
using Manufactura.Domain.Access;
using Manufactura.Domain.Screens;
using Manufactura.Grains;
using Manufactura.Grains.Interfaces.Screens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Manufactura.Dashboard.Api.Screens;

/// <summary>Wall screens: their layouts, what they show, and the page itself, which needs no circuit.</summary>
public static class ScreensApi
{
    /// <summary>Changes with every build: a screen whose page is of another one loads itself anew.</summary>
    private static readonly string Build = typeof(ScreensApi).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>Services of the screens.</summary>
    public static void AddScreens(this IServiceCollection services)
    {
        services.AddSingleton<Storage.Queries.ScreenQueries>();
        services.AddSingleton<ScreenBoard>();
        services.AddSingleton<Pages.Home.MyDayReader>();
    }

    /// <summary>Calls under <c>/api/v1/screens</c>.</summary>
    public static void MapScreens(this IEndpointRouteBuilder api)
    {
        var screens = api.MapGroup("/screens").WithTags("screens");
        screens.MapGet("", List).WithSummary("All wall screens, by name.");
        screens.MapGet("/{name}", Find).WithSummary("A wall screen's layout.").Produces<ScreenLayout>();
        screens
            .MapPut("/{name}", Save)
            .Requires(Permission.ManageMasterData)
            .WithSummary("Saves a wall screen; version is the one that was seen, 0 for a new one.")
            .Produces<ScreenLayout>();
        screens
            .MapDelete("/{name}", Delete)
            .Requires(Permission.ManageMasterData)
            .WithSummary("Deletes a wall screen.")
            .Produces(204);
        screens
            .MapGet("/{name}/snapshot", Snapshot)
            .WithSummary("Layout, shift and everything a wall screen shows, having seen the event ?after=.");
    }

    /// <summary>The page <c>/screen/{name}</c>.</summary>
    public static void MapScreenPage(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/screen/{name}", (string name) => new RazorComponentResult<ScreenDocument>(new { Name = name, Build }))
            .Requires(Permission.Read)
            .ExcludeFromDescription();

    private static async Task<IResult> List(IGrainFactory grains)
    {
        var names = await grains.GetGrain<IScreenDirectoryGrain>(IScreenDirectoryGrain.Key).List();
        var found = await Task.WhenAll(names.Names.Select(name => grains.GetGrain<IScreenGrain>(name).Get()));
        return Results.Json(new { Items = found.Select(a => a.Value).OfType<ScreenLayout>() }, PlantJson.Options);
    }

    private static async Task<IResult> Find(string name, IGrainFactory grains) =>
        (await grains.GetGrain<IScreenGrain>(Short(name)).Get()).ToResult();

    private static async Task<IResult> Save(string name, CommandRequest<ScreenLayout> request, IGrainFactory grains) =>
        (await grains.GetGrain<IScreenGrain>(Short(name)).Save(request.Body, request.Context)).ToResult();

    private static async Task<IResult> Delete(string name, CommandRequest<NoBody> request, IGrainFactory grains)
    {
        var answer = await grains.GetGrain<IScreenGrain>(Short(name)).Delete(request.Context);
        return answer.Problem is null ? Results.NoContent() : answer.ToResult();
    }

    private static async Task<IResult> Snapshot(
        string name,
        long? after,
        IGrainFactory grains,
        ScreenBoard board,
        PlantClock clock
    )
    {
        var answer = await grains.GetGrain<IScreenGrain>(Short(name)).Get();
        if (answer.Value is not { } layout)
            return answer.ToResult();
        var wanted = layout.Panels.Select(p => (p.Kind, p.Subject)).Distinct().ToArray();
        var states = await Task.WhenAll(wanted.Select(p => board.ReadAsync(p.Kind, p.Subject, after ?? 0)));
        var buffer = new MemoryStream(8192);
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("build", Build);
            json.WriteString("serverTime", clock.Now);
            json.WriteString("zone", ZoneName(clock));
            json.WriteString("today", clock.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("asOf", states.Min(s => s.AsOf));
            Write(json, "shifts", WorkDay.Of(clock.Today, clock.Zone));
            Write(json, "layout", layout);
            json.WriteStartObject("panels");
            foreach (var ((kind, subject), state) in wanted.Zip(states))
            {
                json.WritePropertyName(subject is null ? kind.ToString() : $"{kind}:{subject}");
                json.WriteRawValue(state.Json, skipInputValidation: true);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Results.Bytes(buffer.ToArray(), "application/json");
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, PlantJson.Options);
    }

    // What is longer names no screen, and needs no activation of its own.
    private static string Short(string name) => name.Length > Screen.MaxName ? name[..(Screen.MaxName + 1)] : name;

    private static string ZoneName(PlantClock clock) =>
        TimeZoneInfo.TryConvertWindowsIdToIanaId(clock.Zone.Id, out var iana) ? iana : clock.Zone.Id;
}
