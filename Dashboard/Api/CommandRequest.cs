using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Json;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Grains.Interfaces;
using Microsoft.AspNetCore.Http.Metadata;

namespace Manufactura.Dashboard.Api;

/// <summary>
/// The body of a command with what makes it repeatable: the caller, the call and the <c>Idempotency-Key</c> with a hash of
/// the body. An empty body is an object without members.
/// </summary>
/// <exception cref="JsonException">The body is no JSON, or not of this shape.</exception>
[SuppressMessage("Design", "CA1000", Justification = "The framework finds a parameter's binder as a static method of its type.")]
public sealed record CommandRequest<T>(T Body, CommandContext Context) : IEndpointParameterMetadataProvider
    where T : class
{
    /// <summary>Says in the OpenAPI document what the body is, which the framework cannot see where it is read by hand.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        if (typeof(T) != typeof(NoBody))
            builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
    }

    public static async ValueTask<CommandRequest<T>?> BindAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (bytes.Length > 0 && !http.Request.HasJsonContentType())
            throw new BadHttpRequestException("Not JSON.", StatusCodes.Status415UnsupportedMediaType);
        ReadOnlySpan<byte> json = bytes.Length > 0 ? bytes.Span : "{}"u8;
        var body =
            JsonSerializer.Deserialize<T>(json, PlantJson.Options)
            ?? throw new JsonRefusal("no puede ser null", "cannot be null");
        return new(body, CommandContexts.From(http, bytes.Span));
    }
}

/// <summary>A command without a body.</summary>
public sealed record NoBody;

/// <summary>Reads the idempotency key of a request.</summary>
public static class CommandContexts
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxKey = 200;

    public static CommandContext From(HttpContext http, ReadOnlySpan<byte> body)
    {
        var user = CurrentUser.From(http.User);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return new(user.Name);
        if (key.Length > MaxKey || key.Any(char.IsControl))
            throw new BadKeyException();
        return new(user.Name, $"{http.Request.Method} {http.Request.Path}", key, [.. SHA256.HashData(body)]);
    }

    /// <summary>Says that a header is not usable; the API answers 400.</summary>
    private sealed class BadKeyException()
        : BadHttpRequestException($"Failed to bind parameter \"string Idempotency-Key\" (at most {MaxKey} characters).");
}

/// <summary>Turns what a grain answered into what the API answers.</summary>
public static class AnswerResults
{
    public static IResult ToResult<T>(this Answer<T> answer)
        where T : class =>
        answer.Problem is { } problem ? problem.ToRefusal().ToProblem() : Results.Json(answer.Value, PlantJson.Options);

    /// <summary>201 with the address of what was made.</summary>
    public static IResult ToCreated<T>(this Answer<T> answer, Func<T, string> url)
        where T : class =>
        answer.Problem is { } problem
            ? problem.ToRefusal().ToProblem()
            : Results.Json(answer.Value, PlantJson.Options, statusCode: StatusCodes.Status201Created).Located(url(answer.Value!));

    /// <summary>The refusal that a grain's problem stands for, its details as members.</summary>
    public static Refusal ToRefusal(this Problem problem)
    {
        var refusal = new Refusal(problem.Code, problem.Kind, problem.Es, problem.En);
        if (problem.DetailsJson is null)
            return refusal;
        using var details = JsonDocument.Parse(problem.DetailsJson);
        foreach (var member in details.RootElement.EnumerateObject())
            refusal = refusal.With(member.Name, member.Value.Clone());
        return refusal;
    }

    private static LocatedResult Located(this IResult result, string url) => new LocatedResult(result, url);

    private sealed class LocatedResult(IResult inner, string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = url;
            return inner.ExecuteAsync(httpContext);
        }
    }
}
