using System.Text.Json;
using System.Text.RegularExpressions;
using Manufactura.Dashboard.Api.Json;
using Manufactura.Dashboard.Hosting;
using Manufactura.Domain;
using Manufactura.Silo;
using Microsoft.AspNetCore.Diagnostics;

namespace Manufactura.Dashboard.Api.Problems;

/// <summary>Turns whatever goes wrong in a request of a program into a problem, never into a stack trace.</summary>
public sealed partial class ProblemHandling(ILogger<ProblemHandling> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // By now the request's own path has given way to that of the error page.
        var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path;
        if (!Requests.IsForPrograms(path))
            return false;
        var (status, refusal) = Explain(exception);
        if (status >= 500)
            logger.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, path);
        await ProblemAnswers.WriteAsync(httpContext, status, refusal);
        return true;
    }

    /// <summary>Gives an empty error answer to a program its problem body; for pages the next middleware shows a page.</summary>
    public static Task WriteStatusAsync(HttpContext context) =>
        ProblemAnswers.WriteAsync(context, context.Response.StatusCode, Statuses.Of(context.Response.StatusCode));

    /// <summary>The status and refusal for an exception.</summary>
    public static (int Status, Refusal Refusal) Explain(Exception exception) =>
        exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } => (400, Explain(json)),
            JsonException json => (400, Explain(json)),
            BadHttpRequestException { StatusCode: 400 } bad => (400, ExplainBinding(bad.Message)),
            BadHttpRequestException bad => (bad.StatusCode, Statuses.Of(bad.StatusCode)),
            InvalidDataException => (413, Statuses.Of(413)),
            _ when Outages.Is(exception) => (503, Statuses.Of(503)),
            _ => (500, Statuses.Of(500)),
        };

    private static Refusal Explain(JsonException json)
    {
        var field = FieldOf(json.Path);
        var line = json.LineNumber + 1;
        if (json is JsonRefusal refusal)
            return Validation(field, refusal.Es, refusal.En);
        if (Wanted().Match(json.Message) is { Success: true } wanted && field.Length > 0)
        {
            // Of a record's member the message names the record; what was wanted stands in the inner one.
            var (es, en) = NameOf(
                json.InnerException?.Message.Contains("string", StringComparison.Ordinal) == true
                    ? "System.String"
                    : wanted.Groups["type"].Value
            );
            return Validation(field, $"debe ser {es}", $"must be {en}");
        }
        var (where, place) = field.Length > 0 ? ($", en {field}", $", in {field}") : ("", "");
        return new Refusal(
            "malformed",
            RefusalKind.Malformed,
            $"El cuerpo no es JSON válido: línea {line}, carácter {json.BytePositionInLine + 1}{where}.",
            $"The body is not valid JSON: line {line}, character {json.BytePositionInLine + 1}{place}."
        );
    }

    private static Refusal Validation(string field, string es, string en) =>
        new Refusal("validation", RefusalKind.Malformed, $"El campo {field} {es}.", $"The field {field} {en}.").With(
            "field",
            field
        );

    private static Refusal ExplainBinding(string message)
    {
        if (Parameter().Match(message) is not { Success: true } match)
            return message.Contains("body", StringComparison.OrdinalIgnoreCase)
                ? new Refusal("malformed", RefusalKind.Malformed, "Falta el cuerpo de la petición.", "The request has no body.")
                : Statuses.Of(400);
        var name = match.Groups["name"].Value;
        var (es, en) = match.Groups["value"] is { Success: true, Value: var value }
            ? ($"no admite el valor '{value}'", $"does not take the value '{value}'")
            : ("es obligatorio", "is required");
        return Validation(name, es, en);
    }

    private static string FieldOf(string? path) =>
        path is null or "$" ? ""
        : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..]
        : path;

    private static (string Es, string En) NameOf(string type) =>
        type switch
        {
            _ when type.Contains("System.String", StringComparison.Ordinal) => ("un texto", "a text"),
            _ when type.Contains("System.Int", StringComparison.Ordinal) => ("un número entero", "a whole number"),
            _ when type.Contains("System.Boolean", StringComparison.Ordinal) => ("true o false", "true or false"),
            _ when type.Contains("System.DateOnly", StringComparison.Ordinal) => (
                "una fecha como 2026-11-20",
                "a date such as 2026-11-20"
            ),
            _ when type.Contains("System.DateTime", StringComparison.Ordinal) => ("un instante RFC 3339", "an RFC 3339 instant"),
            _ when type.Contains("List", StringComparison.Ordinal) || type.Contains("[]", StringComparison.Ordinal) => (
                "una lista",
                "a list"
            ),
            _ => ("de otro tipo, o una de las palabras previstas", "of another type, or one of the words foreseen"),
        };

    [GeneratedRegex(@"could not be converted to (?<type>[^ ]+)\.( |$)")]
    private static partial Regex Wanted();

    [GeneratedRegex("^(Failed to bind parameter|Required parameter) \"[^ ]+ (?<name>[^\"]+)\"( from \"(?<value>.{0,60}).*\")?")]
    private static partial Regex Parameter();
}
