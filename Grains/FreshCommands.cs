using Manufactura.Domain;
using Manufactura.Grains.Interfaces;
using Manufactura.Storage.Commits;

namespace Manufactura.Grains;

/// <summary>What one attempt of a command is about to write.</summary>
internal sealed class Draft(CommandContext context)
{
    /// <summary>All rows of the command.</summary>
    public UnitOfWork Work { get; } = new() { Command = CommandDesk.KeyOf(context) };

    /// <summary>Told how the commit went, null when that is not known; for holds that waited for it.</summary>
    public Func<CommitResult?, Task>? Settle { get; set; }
}

/// <summary>
/// Commands that are decided on what is committed and hold nothing in memory: read, decide, write under the versions that
/// were read, and anew when the database knew more.
/// </summary>
internal static class FreshCommands
{
    /// <summary>Reads and rules are <paramref name="decide"/>'s; a refusal drops whatever it held before it answers.</summary>
    public static async Task<Answer<T>> CarryOutAsync<T>(
        this ICommitLog log,
        CommandContext context,
        Func<Draft, Task<Decision<T>>> decide
    )
        where T : class
    {
        if (await log.AnsweredAsync<T>(context) is { } answered)
            return answered;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var draft = new Draft(context);
            var decision = await decide(draft);
            if (decision.Refusal is { } refusal)
                return await log.RefuseAsync<T>(context, refusal);
            var answer = decision.Outcome;
            if (draft.Work.Command is not null)
                draft.Work.AnswerJson = MessageJson.Serialize(answer);
            else if (draft.Work.Count == 0)
                return answer;
            switch (await CommitAsync(log, draft))
            {
                case CommitResult.Committed:
                    return answer;
                case CommitResult.Known known:
                    return CommandDesk.Stored<T>(known);
                default:
                    break;
            }
        }

        return CommandDesk.Busy;
    }

    /// <summary>A busy lot moves many times a second, and these commands name the version that they saw.</summary>
    private const int MostAttempts = 20;

    private static async Task<CommitResult> CommitAsync(ICommitLog log, Draft draft)
    {
        CommitResult? result = null;
        try
        {
            return result = await log.CommitAsync(draft.Work);
        }
        finally
        {
            if (draft.Settle is { } settle)
                await settle(result);
        }
    }
}
