using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Manufactura.Dashboard.Api.Browse;

/// <summary>The description at <c>/openapi/v1.json</c> and the page at <c>/api</c> that shows it.</summary>
public static class PlantOpenApi
{
    internal static void AddPlantOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            api =>
            {
                api.ShouldInclude = call => call.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
                api.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        Describe(document);
                        return Task.CompletedTask;
                    }
                );
                api.AddOperationTransformer(
                    (operation, context, _) =>
                    {
                        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
                            operation.Security = [Need("Bearer", context.Document), Need("ApiKey", context.Document)];
                        return Task.CompletedTask;
                    }
                );
                api.AddSchemaTransformer(
                    (schema, context, _) =>
                    {
                        if (
                            (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type)
                            == typeof(decimal)
                        )
                            DescribeQuantity(schema, context.JsonTypeInfo.Type == typeof(decimal?));
                        return Task.CompletedTask;
                    }
                );
            }
        );

    /// <summary>The document says what may be asked, not what the plant holds: programs read it before they sign in.</summary>
    internal static void MapPlantOpenApi(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    /// <summary>The page at <c>/api</c>, for those who are signed in; everything it needs comes from here.</summary>
    public static void UseApiPage(this IApplicationBuilder app) =>
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "api";
            page.DocumentTitle = "Manufactura API";
            page.SwaggerEndpoint("/openapi/v1.json", "Manufactura v1");
            page.InjectStylesheet("/css/api.css");
            page.ConfigObject.AdditionalItems["validatorUrl"] = null!;
            page.ConfigObject.AdditionalItems["tryItOutEnabled"] = true;
        });

    private static void Describe(OpenApiDocument document)
    {
        document.Info.Title = "Manufactura";
        document.Info.Version = "v1";
        document.Info.Description =
            "Plant production. Errors are RFC 9457 problem+json with a stable `code`; `Accept-Language: en` for English. Quantities are "
            + "numbers with at most 3 decimals. Commands take an optional `Idempotency-Key`.";
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["Bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "Token of POST /api/v1/auth/login.",
            },
            ["ApiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = Access.ApiKeyHandler.Header,
                Description = "Key that an admin made.",
            },
        };
    }

    private static OpenApiSecurityRequirement Need(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static void DescribeQuantity(OpenApiSchema schema, bool nullable)
    {
        schema.Type = nullable ? JsonSchemaType.Number | JsonSchemaType.Null : JsonSchemaType.Number;
        schema.Format = null;
        schema.Pattern = null;
        schema.MultipleOf = 0.001m;
    }
}
