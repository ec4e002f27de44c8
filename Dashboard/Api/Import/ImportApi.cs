using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Dashboard.Hosting;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Storage.Import;
using Microsoft.AspNetCore.Mvc;

namespace Manufactura.Dashboard.Api.Import;

/// <summary>A whole plant in (a set of CSV files, or one XLSX with a sheet per table) and out.</summary>
public static class ImportApi
{
    /// <summary>Bad rows that one answer lists; there may be more.</summary>
    private const int MostProblems = 1000;

    public static void MapImport(this IEndpointRouteBuilder api)
    {
        api.MapPost("/import", ImportAsync)
            .Requires(Permission.Administer)
            .WithTags("Import")
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(ApiGroup.ImportLimitBytes))
            .WithMetadata(new RequestFormLimitsAttribute { MultipartBodyLengthLimit = ApiGroup.ImportLimitBytes });
        api.MapGet("/export/{table}.csv", ExportAsync).Requires(Permission.Read).WithTags("Import");
    }

    private static async Task<IResult> ImportAsync(
        HttpRequest request,
        PlantImporter importer,
        CurrentUser user,
        CancellationToken ct
    )
    {
        if (!request.HasFormContentType)
            return Malformed(
                    "Envíe los archivos como multipart/form-data: CSV por tabla, o un XLSX.",
                    "Send the files as multipart/form-data: one CSV per table, or one XLSX."
                )
                .ToProblem();
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException)
        {
            return Malformed("El formulario no se puede leer.", "The form cannot be read.").ToProblem();
        }

        if (form.Files.Count == 0)
            return Malformed("No llegó ningún archivo.", "No file arrived.").ToProblem();
        var result = await RunAsync(form.Files, importer, user.Name, ct);
        return result.Problems.Count == 0 ? Results.Json(new { rows = result.Rows }, Json.PlantJson.Options) : Refused(result);
    }

    private static async Task<ImportResult> RunAsync(
        IFormFileCollection files,
        PlantImporter importer,
        string actor,
        CancellationToken ct
    )
    {
        if (files is [var only] && only.FileName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            await using var workbook = only.OpenReadStream();
            return await importer.ImportAsync(workbook, actor, null, ct);
        }

        var streams = new Dictionary<string, Stream>(StringComparer.Ordinal);
        try
        {
            foreach (var file in files)
                streams[Path.GetFileName(file.FileName)] = file.OpenReadStream();
            return await importer.ImportAsync(streams, actor, null, ct);
        }
        finally
        {
            foreach (var (_, stream) in streams)
                await stream.DisposeAsync();
        }
    }

    private static IResult Refused(ImportResult result)
    {
        var english = Languages.Current == "en";
        var problems = result
            .Problems.Take(MostProblems)
            .Select(p => new
            {
                file = p.File,
                row = p.Row,
                column = p.Column,
                code = p.Code,
                reason = english ? p.En : p.Es,
            });
        return new Refusal(
            "import-refused",
            RefusalKind.Rule,
            $"No se importó nada: {result.Problems.Count} filas o celdas tienen problemas.",
            $"Nothing was imported: {result.Problems.Count} rows or cells have problems."
        )
            .With("problems", problems.ToArray())
            .With("count", result.Problems.Count)
            .ToProblem();
    }

    private static async Task ExportAsync(string table, HttpContext http, PlantExporter exporter, CancellationToken ct)
    {
        if (!PlantExporter.Tables.Contains(table))
        {
            await Refusal.NotFound($"la tabla {table}").ToProblem().ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{table}.csv\"";
        await exporter.WriteCsvAsync(table, http.Response.Body, ct);
    }

    private static Refusal Malformed(string es, string en) => new("validation", RefusalKind.Malformed, es, en);
}
