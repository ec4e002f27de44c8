using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain.Access;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Accounting;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.MasterData;

/// <summary>The kinds of master data: list and create, read, replace and delete by the user's code.</summary>
public static class MasterDataApi
{
    private delegate Task<Answer<T>> Save<T>(IPlantGrain plant, T data, SaveMode mode, CommandContext context)
        where T : class;

    public static void MapMasterData(this IEndpointRouteBuilder api)
    {
        Map<UnitData>(
            api,
            "units",
            MasterKind.Unit,
            MasterTable.Unit,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveUnit(d, m, x)
        );
        Map<LocationData>(
            api,
            "locations",
            MasterKind.Location,
            MasterTable.Location,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveLocation(d, m, x)
        );
        Map<SupplierData>(
            api,
            "suppliers",
            MasterKind.Supplier,
            MasterTable.Supplier,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveSupplier(d, m, x)
        );
        Map<CustomerData>(
            api,
            "customers",
            MasterKind.Customer,
            MasterTable.Customer,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveCustomer(d, m, x)
        );
        Map<AttributeData>(
            api,
            "attributes",
            MasterKind.Attribute,
            MasterTable.Attribute,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveAttribute(d, m, x)
        );
        Map<MaterialData>(
            api,
            "materials",
            MasterKind.Material,
            MasterTable.Material,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveMaterial(d, m, x)
        );
        Map<BomData>(
            api,
            "boms",
            MasterKind.Bom,
            MasterTable.Bom,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveBom(d, m, x)
        );
        Map<LineData>(
            api,
            "lines",
            MasterKind.Line,
            MasterTable.ProductionLine,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveLine(d, m, x)
        );
        Map<AccountData>(
            api,
            "accounts",
            MasterKind.Account,
            MasterTable.Account,
            d => d.Code,
            (d, c) => d with { Code = c },
            (p, d, m, x) => p.SaveAccount(d, m, x)
        );
    }

    private static void Map<T>(
        IEndpointRouteBuilder api,
        string path,
        MasterKind kind,
        MasterTable table,
        Func<T, string?> codeOf,
        Func<T, string, T> withCode,
        Save<T> save
    )
        where T : class
    {
        var group = api.MapGroup('/' + path).WithTags(path);
        var change = kind == MasterKind.Customer ? Permission.ManageCustomers : Permission.ManageMasterData;
        group
            .MapGet("", (ListQuery query, MasterReader master, CancellationToken ct) => List<T>(table, query, master, ct))
            .WithSummary($"All {path} by code; filters q, and kind, material, active where there is such a member.")
            .Produces<Page<T>>();
        group
            .MapGet(
                "/{code}",
                async (string code, MasterReader master, CancellationToken ct) =>
                    (await master.FindAsync(table, code, ct) is { } row ? Read<T>(row) : null).OrNotFound(code)
            )
            .WithSummary("One of them.")
            .Produces<T>();
        group
            .MapPost(
                "",
                async (CommandRequest<T> request, IGrainFactory grains) =>
                    (await save(Plant(grains), request.Body, SaveMode.Create, request.Context)).ToCreated(d =>
                        $"/api/v1/{path}/{Uri.EscapeDataString(codeOf(d)!)}"
                    )
            )
            .WithSummary("Creates one; a code that is taken is 409 duplicate.")
            .Produces<T>(StatusCodes.Status201Created)
            .Requires(change);
        group
            .MapPut(
                "/{code}",
                async (string code, CommandRequest<T> request, IGrainFactory grains) =>
                    codeOf(request.Body) is { } other && other != code
                        ? ProblemAnswers.ToProblem(
                            MasterRules.Bad(
                                "code",
                                "no se puede cambiar: debe ser el de la dirección",
                                "cannot be changed: it must be that of the address"
                            )
                        )
                        : (await save(Plant(grains), withCode(request.Body, code), SaveMode.Replace, request.Context)).ToResult()
            )
            .WithSummary("Replaces the whole: what is not given is absent afterwards.")
            .Produces<T>()
            .Requires(change);
        group
            .MapDelete(
                "/{code}",
                async (string code, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Plant(grains).Delete(kind, code, request.Context)) is { Problem: not null } refused
                        ? refused.ToResult()
                        : Results.NoContent()
            )
            .WithSummary("Deletes one; 409 in-use while anything uses it.")
            .Produces(StatusCodes.Status204NoContent)
            .Requires(change);
    }

    private static IPlantGrain Plant(IGrainFactory grains) => grains.GetGrain<IPlantGrain>(IPlantGrain.Key);

    private static Task<IResult> List<T>(MasterTable table, ListQuery query, MasterReader master, CancellationToken ct)
        where T : class
    {
        var filter = new MasterFilter(
            query.Text("q"),
            table == MasterTable.Material ? query.Words<MaterialKind>("kind") : null,
            table == MasterTable.Bom ? query.Codes("material") : null,
            table is MasterTable.Bom or MasterTable.Location or MasterTable.ProductionLine ? query.Flag("active") : null
        );
        var page = query.PageByCode();
        return query.Run(async () => (await master.ListAsync(table, filter, page, ct)).Map(Read<T>));
    }

    private static T Read<T>(MasterRow row) => MessageJson.Deserialize<T>(row.Json);
}
