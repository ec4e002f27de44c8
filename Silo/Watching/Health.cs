using Manufactura.Storage.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Silo.Watching;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the database is reachable and its schema current. Open to all.</summary>
public static class Health
{
    /// <summary>A database that takes longer than this to answer is not ready.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Maps both.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        health.MapGet("/live", () => Results.Ok(new { Status = "live" }));
        health.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(SchemaState schema, ILoggerFactory loggers, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return await schema.IsCurrentAsync(limit.Token) ? Results.Ok(new { Status = "ready" }) : NotReady("schema");
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            loggers.CreateLogger(typeof(Health)).LogWarning("Not ready: {Reason}", unreachable.Message);
            return NotReady("database");
        }
    }

    private static IResult NotReady(string missing) =>
        Results.Json(new { Status = "not-ready", Missing = missing }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
