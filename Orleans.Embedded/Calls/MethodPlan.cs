using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What is known of a grain interface's method once and for all.</summary>
internal abstract class MethodPlan(MethodInfo method)
{
    private static readonly ConcurrentDictionary<MethodInfo, MethodPlan> Plans = new();

    public MethodInfo Method { get; } = method;
    public bool OneWay { get; } = method.IsDefined(typeof(OneWayAttribute));
    protected bool Interleave { get; } = method.IsDefined(typeof(AlwaysInterleaveAttribute));
    protected bool ReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute));
    protected MethodInvoker Invoker { get; } = MethodInvoker.Create(method);
    protected int TokenIndex { get; } =
        Array.FindIndex(method.GetParameters(), p => p.ParameterType == typeof(CancellationToken));
    protected TimeSpan? Timeout { get; } =
        (
            method.GetCustomAttribute<ResponseTimeoutAttribute>()
            ?? method.DeclaringType!.GetCustomAttribute<ResponseTimeoutAttribute>()
        )?.Timeout;

    /// <exception cref="NotSupportedException">The method does not return a task.</exception>
    public static MethodPlan Of(MethodInfo method) =>
        Plans.TryGetValue(method, out var plan) ? plan : Plans.GetOrAdd(method, Make);

    /// <summary>Sends the call and answers what the interface's method returns.</summary>
    public abstract object Send(GrainReference reference, object?[] arguments);

    private static MethodPlan Make(MethodInfo method)
    {
        var returned = method.ReturnType;
        var definition = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        var result =
            definition == typeof(Task<>) || definition == typeof(ValueTask<>) ? returned.GetGenericArguments()[0]
            : returned == typeof(Task) || returned == typeof(ValueTask) ? typeof(NoResult)
            : throw new NotSupportedException($"{method.DeclaringType}.{method.Name} must return a Task or ValueTask.");
        return (MethodPlan)Activator.CreateInstance(typeof(MethodPlan<>).MakeGenericType(result), method)!;
    }
}

/// <summary>Stands for the answer of a method that has none.</summary>
internal readonly struct NoResult;

/// <inheritdoc cref="MethodPlan"/>
internal sealed class MethodPlan<TResult>(MethodInfo method) : MethodPlan(method)
{
    private static readonly Task<TResult> Nothing = Task.FromResult(default(TResult)!);
    private readonly bool hasResult = method.ReturnType.IsGenericType;
    private readonly bool isValueTask = method.ReturnType.IsValueType;

    public override object Send(GrainReference reference, object?[] arguments)
    {
        var caller = Call.Current.Value is { Done: false } running ? running : null;
        var call = new MethodCall<TResult>(this, arguments, reference)
        {
            // A one-way call is not waited for, so it cannot close a circle.
            Parent = OneWay ? null : caller,
            Interleave = Interleave,
            ReadOnly = ReadOnly,
            Deadline = OneWay ? long.MaxValue : reference.Runtime.DeadlineAfter(Timeout),
        };
        if (TokenIndex >= 0)
            call.PassToken(TokenIndex);
        if (reference.Runtime.Stopping && caller is null)
            call.Fail(new OrleansException($"{call.Name} was refused: the host is stopping."));
        else if (!call.Answer.IsCompleted)
            reference.Post(call);
        if (hasResult)
            return isValueTask ? new ValueTask<TResult>(call.Answer) : call.Answer;
        var done = OneWay ? Task.CompletedTask : call.Answer;
        return isValueTask ? new ValueTask(done) : done;
    }

    /// <summary>Calls the grain's own method. What it throws comes out of the task or of this call itself.</summary>
    public Task<TResult> InvokeAsync(Grain grain, object?[] arguments)
    {
        var returned = Invoker.Invoke(grain, arguments.AsSpan())!;
        if (hasResult)
            return isValueTask ? ((ValueTask<TResult>)returned).AsTask() : (Task<TResult>)returned;
        var done = isValueTask ? ((ValueTask)returned).AsTask() : (Task)returned;
        return done.IsCompletedSuccessfully ? Nothing : WithoutResult(done);
    }

    private static async Task<TResult> WithoutResult(Task done)
    {
        await done;
        return default!;
    }
}
