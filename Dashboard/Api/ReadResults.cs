using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;

namespace Manufactura.Dashboard.Api;

/// <summary>What reading calls answer.</summary>
internal static class ReadResults
{
    /// <summary>The value, or 404 where there is none.</summary>
    public static IResult OrNotFound<T>(this T? value, string code)
        where T : class => value is null ? NotFound(code) : Results.Ok(value);

    public static IResult NotFound(string code) =>
        new Refusal("not-found", RefusalKind.NotFound, $"No existe {code}.", $"{code} does not exist.").ToProblem();

    /// <summary>Runs the query unless a filter was refused.</summary>
    public static async Task<IResult> Run<T>(this ListQuery query, Func<Task<T>> read)
        where T : class => query.Refusal is { } refusal ? refusal.ToProblem() : Results.Ok(await read());
}
