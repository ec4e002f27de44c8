using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

#pragma warning disable CA1001 // A source without timer or links holds nothing to dispose
/// <summary>A call of a grain method, and the promise of its answer.</summary>
internal sealed class MethodCall<TResult>(MethodPlan<TResult> plan, object?[] arguments, GrainReference reference) : Call
{
    private readonly TaskCompletionSource<TResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What flows with a call although its execution context is clean.
    private readonly ImmutableDictionary<string, object>? context = RequestContext.Current;
    private readonly Activity? activity = Activity.Current;
    private object?[]? arguments = arguments;
    private CancellationTokenSource? cancellation;
    private CancellationTokenRegistration registration;

    public override string Name => $"{reference.GrainId}.{plan.Method.Name}";
    public Task<TResult> Answer => answer.Task;

    /// <summary>
    /// Gives the grain a token of this call's own, so that a time-out cancels it as well. The caller gets its cancellation at once,
    /// whatever the grain makes of it; a call that has not started never does.
    /// </summary>
    public void PassToken(int index)
    {
        var callers = (CancellationToken)arguments![index]!;
        cancellation = new();
        arguments[index] = cancellation.Token;
        registration = callers.UnsafeRegister(
            static (self, token) =>
            {
                var call = (MethodCall<TResult>)self!;
                if (call.answer.TrySetCanceled(token))
                    call.GiveUp();
            },
            this
        );
    }

    public override async Task RunAsync(Grain? grain)
    {
        if (answer.Task.IsCompleted)
        {
            Leave(); // cancelled or overdue on its way from one activation to the next
            return;
        }
        Current.Value = this;
        if (context is not null)
            RequestContext.Current = context;
        if (activity is not null)
            Activity.Current = activity;
        try
        {
            var result = await plan.InvokeAsync(grain!, arguments!);
            Leave();
            answer.TrySetResult(result);
        }
        catch (Exception error)
        {
            Escaped(error);
            Leave();
            SetError(error);
        }
    }

    public override void Fail(Exception error)
    {
        if (SetError(error))
            GiveUp();
        registration.Unregister();
    }

    private void Leave()
    {
        arguments = null;
        Target!.Leave(this);
        registration.Unregister();
    }

    private bool SetError(Exception error)
    {
        if (plan.OneWay)
        {
            reference.Runtime.Log.LogError(error, "One-way call {Call} failed", Name);
            return answer.TrySetCanceled();
        }
        return error is OperationCanceledException cancelled
            ? answer.TrySetCanceled(cancelled.CancellationToken)
            : answer.TrySetException(error);
    }

    /// <summary>Nobody waits any more: out of the queue if it is still there, else its token is cancelled in the grain's turn.</summary>
    private void GiveUp()
    {
        Target?.Withdraw(this);
        if (cancellation is not { } source)
            return;
        if (Target is { } target)
            new Task(static source => ((CancellationTokenSource)source!).Cancel(), source).Start(target);
        else
            source.Cancel();
    }
}
