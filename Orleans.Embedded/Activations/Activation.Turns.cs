namespace Orleans.Embedded;

/// <summary>Which request may run: one at a time, except those that interleave, and read-only ones beside each other.</summary>
internal sealed partial class Activation
{
    private Call? running;
    private Call? firstWaiting;
    private Call? lastWaiting;
    private int waitingThatShare; // read-only or interleaving: worth looking for behind a writer
    private bool served;
    private TaskCompletionSource? quiet;

    /// <summary>False when this activation takes no more requests and the next has to be made.</summary>
    public bool TryPost(Call call)
    {
        lock (gate)
        {
            if (phase == Phase.Gone)
                return false;
            call.Target = this;
            if (call.KeepsAlive)
                lastUse = runtime.Now;
            if (MayEnter(call) && (Shares(call) || firstWaiting is null))
            {
                Admit(call);
                return true;
            }
            if (!call.WaitsForItself(this))
            {
                Append(call);
                return true;
            }
        }
        call.Fail(new CallCycleException($"The calls go in a circle, so the last could never start: {call.Chain()}"));
        return true;
    }

    /// <summary>Called by a request at its end: what waited for it may start.</summary>
    public void Leave(Call call)
    {
        lock (gate)
        {
            call.Running = false;
            call.Done = true;
            call.Parent = null; // or grains that call each other in turn would build an endless chain
            if (call.KeepsAlive)
                lastUse = runtime.Now;
            served |= call is not InternalCall;
            Unlink(call);
            AdmitWaiting();
            if (running is null && firstWaiting is null)
                quiet?.TrySetResult();
        }
    }

    /// <summary>Takes a call whose caller no longer waits out of the queue, if it is still there.</summary>
    public void Withdraw(Call call)
    {
        lock (gate)
        {
            Call? before = null;
            for (var waiting = firstWaiting; waiting is not null; before = waiting, waiting = waiting.Next)
            {
                if (waiting != call)
                    continue;
                TakeWaiting(before, call);
                return;
            }
        }
    }

    /// <summary>Fails what is overdue; a request that runs keeps its turn. Ends the activation if it was idle for long enough.</summary>
    public void Sweep(long now, bool collect)
    {
        // Without the lock: a stale read only postpones the work to the next sweep.
        if (!collect && running is null && firstWaiting is null)
            return;
        List<(Call Call, string Where)>? overdue = null;
        lock (gate)
        {
            for (var call = running; call is not null; call = call.Next)
                if (call.Deadline < now)
                    (overdue ??= []).Add((call, "it still runs, and keeps its turn"));
            for (var call = firstWaiting; call is not null; call = call.Next)
                if (call.Deadline < now)
                    (overdue ??= []).Add((call, $"it waited behind {running?.Name}"));
            if (collect && IsIdleSince(now))
                Deactivate(new(DeactivationReasonCode.ActivationIdle, "No request for a while."));
            foreach (var (call, _) in overdue ?? [])
                call.Deadline = long.MaxValue;
        }
        foreach (var (call, where) in overdue ?? [])
            call.Fail(new TimeoutException($"No answer within the time allowed: {call.Chain()} ({where})."));
    }

    /// <summary>Null when nothing runs or waits; else a task that ends when that is so.</summary>
    public Task? UntilQuiet()
    {
        lock (gate)
        {
            if (running is null && firstWaiting is null)
                return null;
            if (quiet is null || quiet.Task.IsCompleted)
                quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return quiet.Task;
        }
    }

    /// <summary>The host is going down without this activation's end: nobody is left to answer its callers.</summary>
    public void Abandon(Exception error)
    {
        var all = new List<Call>();
        lock (gate)
        {
            for (var call = TakeAllWaiting(); call is not null; call = call.Next)
                all.Add(call);
            for (var call = running; call is not null; call = call.Next)
                all.Add(call);
        }
        foreach (var call in all.Where(call => call is not InternalCall))
            call.Fail(error);
    }

    private bool Shares(Call call) => call.Interleave || call.ReadOnly || type.Reentrant;

    private bool MayEnter(Call call)
    {
        if (phase != Phase.Active || endWanted)
            return false;
        if (call.Interleave || type.Reentrant)
            return true;
        for (var other = running; other is not null; other = other.Next)
            if (!other.Interleave && !(call.ReadOnly && other.ReadOnly))
                return false;
        return true;
    }

    private bool IsIdleSince(long now) =>
        phase == Phase.Active
        && running is null
        && firstWaiting is null
        && keepUntil < now
        && now - lastUse > runtime.Span(runtime.Options.CollectionAge);

    private void AdmitWaiting()
    {
        if (phase != Phase.Active)
            return;
        if (endWanted)
        {
            if (running is null)
                BeginEnd();
            return;
        }
        Call? before = null;
        var call = firstWaiting;
        while (call is not null)
        {
            var next = call.Next;
            if (MayEnter(call))
            {
                TakeWaiting(before, call);
                Admit(call);
            }
            else
                before = call;
            // Behind a writer only calls that share a turn can enter: no long queue is searched in vain.
            if (before is not null && waitingThatShare == 0)
                return;
            if (waitingThatShare == 0 && running is not null && !type.Reentrant)
                return;
            call = next;
        }
    }

    private void Admit(Call call)
    {
        call.Running = true;
        call.Next = running;
        running = call;
        Enqueue(call);
    }

    private void Unlink(Call call)
    {
        if (running == call)
            running = call.Next;
        else
            for (var other = running; other is not null; other = other.Next)
                if (other.Next == call)
                    other.Next = call.Next;
        call.Next = null;
    }

    private void Append(Call call)
    {
        if (lastWaiting is null)
            firstWaiting = call;
        else
            lastWaiting.Next = call;
        lastWaiting = call;
        if (Shares(call))
            waitingThatShare++;
    }

    private void TakeWaiting(Call? before, Call call)
    {
        if (before is null)
            firstWaiting = call.Next;
        else
            before.Next = call.Next;
        if (lastWaiting == call)
            lastWaiting = before;
        if (Shares(call))
            waitingThatShare--;
        call.Next = null;
    }

    private Call? TakeAllWaiting()
    {
        var all = firstWaiting;
        (firstWaiting, lastWaiting, waitingThatShare) = (null, null, 0);
        return all;
    }
}
