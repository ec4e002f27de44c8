namespace Orleans.Embedded;

/// <summary>
/// Which thread runs it: any of the pool, one at a time. Being the <see cref="TaskScheduler"/> of all that the grain awaits, the
/// activation also orders the pieces of interleaved requests and of tasks that a request starts side by side.
/// </summary>
internal sealed partial class Activation : IThreadPoolWorkItem
{
    private const long LongestStayMs = 100; // then the thread serves others first

    private static readonly Action<object?> Enter = static state =>
    {
        var call = (Call)state!;
        _ = call.RunAsync(call.Target!.grain);
    };

    [ThreadStatic]
    private static Activation? onThisThread;

    private object? work; // null, one Task or Call, or a Queue<object> of them: an idle activation holds no queue
    private bool scheduled;

    /// <summary>The activation whose turn this thread runs, or null.</summary>
    public static Activation? Running => onThisThread;

    public override int MaximumConcurrencyLevel => 1;

    void IThreadPoolWorkItem.Execute()
    {
        var until = Environment.TickCount64 + LongestStayMs;
        onThisThread = this;
        try
        {
            while (TryTake() is { } item)
            {
                // A call starts as a task of its own: on this scheduler, with the pool thread's clean execution context.
                if (item is Call call)
                    new Task(Enter, call).RunSynchronously(this);
                else
                    TryExecuteTask((Task)item);
                if (Environment.TickCount64 <= until)
                    continue;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
        finally
        {
            onThisThread = null;
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (gate)
            Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        onThisThread == this && TryExecuteTask(task);

    /// <summary>For debuggers only.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() =>
        work switch
        {
            Queue<object> queue => queue.OfType<Task>(),
            Task task => [task],
            _ => [],
        };

    /// <summary>Called under the lock.</summary>
    private void Enqueue(object item)
    {
        switch (work)
        {
            case null:
                work = item;
                break;
            case Queue<object> queue:
                queue.Enqueue(item);
                break;
            case var first:
                var both = new Queue<object>();
                both.Enqueue(first);
                both.Enqueue(item);
                work = both;
                break;
        }
        if (scheduled)
            return;
        scheduled = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private object? TryTake()
    {
        lock (gate)
        {
            if (work is Queue<object> queue)
            {
                if (queue.TryDequeue(out var item))
                    return item;
                if (running is null)
                    work = null;
            }
            else if (work is { } single)
            {
                work = null;
                return single;
            }
            scheduled = false;
            return null;
        }
    }
}
