using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;

namespace Manufactura.Dashboard.Api.Admin;

/// <summary>A key to make: what it is for (1–100 characters) and the one role it acts with.</summary>
public sealed record NewApiKey(string? Name, Role? Role);

/// <summary>A key as lists show it; <paramref name="Key"/> only in the answer that made it.</summary>
public sealed record ApiKeyView(
    int Id,
    string Name,
    string Role,
    string Prefix,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    string? RevokedBy,
    DateTimeOffset? RevokedAt,
    string? Key = null
);

/// <summary>API keys: made, listed and revoked by an admin.</summary>
public static class ApiKeysApi
{
    internal static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/admin/api-keys").Requires(Permission.Administer).WithTags("admin");
        keys.MapGet("", ListAsync).WithSummary("API keys, newest first.");
        keys.MapPost("", CreateAsync)
            .WithSummary("Makes an API key; the answer is the only place where its text is shown.")
            .Produces<ApiKeyView>(201);
        keys.MapDelete("/{id:int}", RevokeAsync).WithSummary("Revokes an API key.").Produces(204);
    }

    private static async Task<IResult> ListAsync(ApiKeys keys, CancellationToken cancel) =>
        Results.Ok(new { Items = (await keys.ListAsync(cancel)).Select(k => View(k)), NextCursor = (string?)null });

    private static async Task<IResult> CreateAsync(NewApiKey request, ApiKeys keys, CurrentUser me, CancellationToken cancel)
    {
        if (request.Name?.Trim() is not { Length: > 0 and <= 100 } name)
            return Wrong("name", "debe tener entre 1 y 100 caracteres", "must have between 1 and 100 characters").ToProblem();
        if (request.Role is not { } role)
            return Wrong("role", "es obligatorio", "is required").ToProblem();
        var (key, text) = await keys.CreateAsync(name, role, me.Name, cancel);
        return Results.Created($"/api/v1/admin/api-keys/{key.Id}", View(key) with { Key = text });
    }

    private static async Task<IResult> RevokeAsync(int id, ApiKeys keys, CurrentUser me, CancellationToken cancel) =>
        await keys.RevokeAsync(id, me.Name, cancel) ? Results.NoContent() : Results.NotFound();

    private static ApiKeyView View(ApiKey key) =>
        new(key.Id, key.Name, key.Role, key.Prefix, key.CreatedBy, key.CreatedAt, key.LastUsedAt, key.RevokedBy, key.RevokedAt);

    private static Refusal Wrong(string field, string es, string en) =>
        new Refusal("validation", RefusalKind.Malformed, $"El campo {field} {es}.", $"The field {field} {en}.").With(
            "field",
            field
        );
}
