using System.Text.Json;
using Manufactura.Dashboard.Hosting;
using Manufactura.Domain;

namespace Manufactura.Dashboard.Api.Problems;

/// <summary>Writes refusals as RFC 9457 <c>application/problem+json</c>: title in the caller's language, status, code, details as members.</summary>
public static class ProblemAnswers
{
    private static readonly string[] Own = ["type", "title", "status", "code", "detail", "instance"];

    /// <summary>The answer of a handler whose command was refused; the status is the refusal's kind unless another is given.</summary>
    public static IResult ToProblem(this Refusal refusal, int? status = null) =>
        new ProblemResult(refusal, status ?? (int)refusal.Kind);

    /// <summary>Writes a problem as the whole answer.</summary>
    public static Task WriteAsync(HttpContext context, int status, Refusal refusal)
    {
        var body = new Dictionary<string, object?>
        {
            ["type"] = "about:blank",
            ["title"] = refusal.Text(Languages.Current),
            ["status"] = status,
            ["code"] = refusal.Code,
        };
        foreach (var (member, value) in refusal.Details ?? [])
            if (!Own.Contains(member))
                body[member] = value;
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        context.Response.Headers.ContentLanguage = Languages.Current;
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, body, Json.PlantJson.Options, context.RequestAborted);
    }

    private sealed class ProblemResult(Refusal refusal, int status) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, status, refusal);
    }
}
