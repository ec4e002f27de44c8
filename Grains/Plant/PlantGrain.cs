using System.Text.Json;
using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Materials;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.Plant;

/// <summary>
/// Master data. Changes are rare, so nothing is held in memory: each is decided on what is committed, written under the version it
/// was decided on, and decided anew when the database knew more.
/// </summary>
[GrainType("plant")]
public sealed partial class PlantGrain(
    MasterReader master,
    MaterialCache materials,
    SettingReader settings,
    PlantMemory memory,
    ICommitLog log,
    PlantClock clock
) : Grain, IPlantGrain
{
    /// <summary>What a save writes beside its own row: another row with its version, as a whole.</summary>
    private sealed record Beside(MasterKind Kind, string Code, int Version, string Json);

    /// <summary>A master row as it is to stand.</summary>
    private sealed record Saved<T>(T Next, Beside? Beside = null);

    private static MasterTable TableOf(MasterKind kind) =>
        kind switch
        {
            MasterKind.Unit => MasterTable.Unit,
            MasterKind.Location => MasterTable.Location,
            MasterKind.Supplier => MasterTable.Supplier,
            MasterKind.Customer => MasterTable.Customer,
            MasterKind.Attribute => MasterTable.Attribute,
            MasterKind.Material => MasterTable.Material,
            MasterKind.Bom => MasterTable.Bom,
            MasterKind.Line => MasterTable.ProductionLine,
            MasterKind.Account => MasterTable.Account,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <summary>The word of a kind in topics and types of events: <c>material:CODE</c>, <c>material-changed</c>.</summary>
    private static string Word(MasterKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <param name="decide">From the row as it stands, null for a new one, to the row as it is to stand with its defaults.</param>
    private async Task<Answer<T>> Save<T>(
        MasterKind kind,
        string? code,
        SaveMode mode,
        CommandContext context,
        Func<T?, Task<Decision<Saved<T>>>> decide
    )
        where T : class
    {
        if (await log.AnsweredAsync<T>(context) is { } answered)
            return answered;
        if (MasterRules.Code("code", code) is { } bad)
            return bad;
        for (var attempt = 0; attempt < CommandDesk.Attempts; attempt++)
        {
            var row = await master.FindAsync(TableOf(kind), code!);
            if (row is null && mode == SaveMode.Replace)
                return Unknown(code!);
            if (row is not null && mode == SaveMode.Create)
                return await log.RefuseAsync<T>(context, MasterChanges.Duplicate(code!));
            var current = row is null ? null : MessageJson.Deserialize<T>(row.Json);
            var decision = await decide(current);
            if (decision.Refusal is { } refusal)
                return await log.RefuseAsync<T>(context, refusal);
            var next = decision.Outcome.Next;
            var json = MessageJson.Serialize(next);
            var work = new UnitOfWork { Command = CommandDesk.KeyOf(context), AnswerJson = json };
            // A replacement by the same is answered like a change, but there is nothing to tell anybody.
            if (current is null || MessageJson.Serialize(current) != json)
            {
                Write(work, new(kind, code!, row?.Version ?? 0, json), context.Actor);
                if (decision.Outcome.Beside is { } beside)
                    Write(work, beside, context.Actor);
            }
            else if (work.Command is null)
                return next;
            switch (await log.CommitAsync(work))
            {
                case CommitResult.Committed:
                    materials.Clear();
                    memory.Clear();
                    return next;
                case CommitResult.Known known:
                    return CommandDesk.Stored<T>(known);
                default:
                    break;
            }
        }

        return CommandDesk.Busy;
    }

    public async Task<Answer<MasterDeleted>> Delete(MasterKind kind, string code, CommandContext context)
    {
        if (await log.AnsweredAsync<MasterDeleted>(context) is { } answered)
            return answered;
        for (var attempt = 0; attempt < CommandDesk.Attempts; attempt++)
        {
            if (await master.FindAsync(TableOf(kind), code) is not { } row)
                return await log.RefuseAsync<MasterDeleted>(context, Unknown(code));
            if (MasterChanges.InUse(code, await master.UsesAsync(TableOf(kind), code)) is { } held)
                return held;
            var deleted = new MasterDeleted(kind, code);
            var work = new UnitOfWork { Command = CommandDesk.KeyOf(context), AnswerJson = MessageJson.Serialize(deleted) };
            work.Add(new MasterDelete(TableOf(kind), code, row.Version));
            work.Add(Event(kind, "deleted", code, row.Version + 1, context.Actor, row.Json));
            switch (await log.CommitAsync(work))
            {
                case CommitResult.Committed:
                    materials.Clear();
                    memory.Clear();
                    return deleted;
                case CommitResult.Known known:
                    return CommandDesk.Stored<MasterDeleted>(known);
                default:
                    break;
            }
        }

        return CommandDesk.Busy;
    }

    private static void Write(UnitOfWork work, Beside row, string actor)
    {
        work.Add(new MasterWrite(TableOf(row.Kind), row.Code, row.Version, row.Json));
        work.Add(Event(row.Kind, row.Version == 0 ? "created" : "changed", row.Code, row.Version + 1, actor, row.Json));
    }

    private static EventInsert Event(MasterKind kind, string what, string code, int version, string actor, string json) =>
        new($"{Word(kind)}-{what}", $"{Word(kind)}:{code}", null, version, actor, json);

    private static Refusal Unknown(string code) =>
        new("not-found", RefusalKind.NotFound, $"No existe el código {code}.", $"Code {code} does not exist.");
}
