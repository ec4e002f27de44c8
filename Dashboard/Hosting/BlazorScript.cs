using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Manufactura.Dashboard.Hosting;

/// <summary>
/// Serves <c>_framework/blazor.web.js</c> in builds with <c>BlazorScript=Package</c>, where the SDK's own asset package cannot be had:
/// the script is a manifest resource of an embedded framework assembly. In <c>Sdk</c> builds there is nothing to do.
/// </summary>
public static class BlazorScript
{
    private const string Embedded = "BlazorScript.dll";
    private const string Resource = "_framework/blazor.web.js";

    /// <summary>Maps the script, open to everyone, when this build carries it.</summary>
    public static void MapBlazorScript(this IEndpointRouteBuilder routes)
    {
        if (Read() is not { } script)
            return;
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(script).AsSpan(0, 8))}\"");
        routes
            .MapGet(
                "/" + Resource,
                (HttpContext context) =>
                {
                    context.Response.Headers.CacheControl = "no-cache";
                    return Results.Bytes(script, "text/javascript; charset=utf-8", entityTag: tag);
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static byte[]? Read()
    {
        using var assembly = typeof(BlazorScript).Assembly.GetManifestResourceStream(Embedded);
        if (assembly is null)
            return null;
        using var image = new PEReader(assembly, PEStreamOptions.PrefetchEntireImage);
        var metadata = image.GetMetadataReader();
        var resource = metadata
            .ManifestResources.Select(metadata.GetManifestResource)
            .First(r => metadata.GetString(r.Name) == Resource);
        var at = image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress;
        var data = image.GetSectionData(at).GetReader();
        data.Offset = checked((int)resource.Offset);
        return data.ReadBytes(data.ReadInt32());
    }
}
