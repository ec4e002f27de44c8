using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Storage.Commits;

/// <summary>A unit of work on its way.</summary>
internal sealed class Pending(UnitOfWork unit, long deadline)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    // Whoever awaits goes on elsewhere, never on the lane.
    private readonly TaskCompletionSource<CommitResult> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state;

    public IReadOnlyList<IRow> Rows => unit.Rows;

    public CommandKey? Command => unit.Command;

    public string? AnswerJson => unit.AnswerJson;

    /// <summary>The system's tick count (ms) after which the caller is told that the database cannot be reached.</summary>
    public long Deadline => deadline;

    public Task<CommitResult> Done => done.Task;

    /// <summary>Who did it, for events that the log writes by itself.</summary>
    public string Actor =>
        Command?.Actor
        ?? Rows.OfType<EventInsert>().FirstOrDefault()?.Actor
        ?? Rows.OfType<MovementInsert>().FirstOrDefault()?.By
        ?? "system";

    /// <summary>What it was about: the type of the first event.</summary>
    public string? Reason => Rows.OfType<EventInsert>().FirstOrDefault()?.Type;

    /// <summary>Takes the unit for writing; false where its caller has cancelled.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) is Waiting or Taken;

    /// <summary>Cancels unless writing has begun.</summary>
    public void Cancel(CancellationToken ct)
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting)
        {
            done.TrySetCanceled(ct);
        }
    }

    public void Answer(CommitResult result) => done.TrySetResult(result);

    public void Fail(Exception exception) => done.TrySetException(exception);
}
