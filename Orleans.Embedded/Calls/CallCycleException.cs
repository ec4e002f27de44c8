namespace Orleans.Embedded;

/// <summary>
/// A call would wait for a call that waits for it. Found when it is made; the message names the chain. Orleans lets such a call run
/// into its time-out, hence the base class: catch <see cref="TimeoutException"/> to treat both runtimes alike.
/// </summary>
public sealed class CallCycleException(string message) : TimeoutException(message);
