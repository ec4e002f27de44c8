using System.Net;
using System.Net.Sockets;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>
/// The network between one host and the database: a relay that loses, tears, delays and refuses as it is told. The host and the server
/// are real and know nothing of it.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly HashSet<WireConnection> connections = [];
    private readonly Lock gate = new();
    private readonly Task accepting;
    private TaskCompletionSource? hold;
    private Traffic held;
    private WireConnection? late;
    private Strike? armed;
    private int passed;
    private bool dead;

    public Wire(IPEndPoint server)
    {
        Server = server;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(100);
        accepting = AcceptAsync();
    }

    public IPEndPoint Server { get; }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Whether new connections are refused.</summary>
    public bool Refusing { get; set; }

    /// <summary>Ends when the host dies.</summary>
    public TaskCompletionSource Death { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a fault has struck since it was armed.</summary>
    public bool Struck { get; private set; }

    /// <summary>What another wire still has under way: it arrives before the next commit here does.</summary>
    public Wire? Overdue { get; set; }

    public void Arm(Strike strike)
    {
        lock (gate)
            (armed, passed, Struck) = (strike, 0, false);
    }

    public void Disarm()
    {
        lock (gate)
            (armed, Struck) = (null, false);
    }

    /// <summary>Who wants its place in the feed has to wait; who has one still reads.</summary>
    public void HoldPlaces() => Hold(Traffic.Place);

    /// <summary>Readers of the feed get nothing more to read until it is let go.</summary>
    public void HoldFeed() => Hold(Traffic.Place | Traffic.Feed);

    public void LetFeedGo()
    {
        lock (gate)
        {
            held = Traffic.None;
            hold?.TrySetResult();
            hold = null;
        }
    }

    /// <summary>All connections break; new ones work.</summary>
    public void Cut()
    {
        WireConnection[] all;
        lock (gate)
            all = [.. connections.Where(c => c != late)];
        foreach (var connection in all)
            connection.Break();
    }

    /// <summary>The connection over which the feed is read breaks.</summary>
    public void CutFeed()
    {
        WireConnection[] all;
        lock (gate)
            all = [.. connections.Where(c => c.IsFeed)];
        foreach (var connection in all)
            connection.Break();
    }

    /// <summary>The host is gone: nothing of it reaches the database any more, but for what is late.</summary>
    public void Die()
    {
        dead = true;
        // First: whoever is refused from here on knows why, and does not ask a dead host again.
        Death.TrySetResult();
        listener.Dispose();
        Cut();
        LetFeedGo();
    }

    /// <summary>What the fault says for this request; null: it passes.</summary>
    internal Strike? Meet(Traffic about)
    {
        lock (gate)
        {
            if (armed is not { } strike || (strike.OnCommit && !about.HasFlag(Traffic.Commit)))
                return null;
            // The feed reads when it likes: it would make the moment a matter of chance.
            if ((about & (Traffic.Feed | Traffic.Place)) != 0 || passed++ < strike.After)
                return null;
            (armed, Struck) = (null, true);
            return strike;
        }
    }

    /// <summary>Waits where readers of the feed are held.</summary>
    internal Task PassAsync(Traffic about)
    {
        lock (gate)
            return hold is not null && (about & held) != 0 ? hold.Task : Task.CompletedTask;
    }

    internal void Keep(WireConnection connection) => late = connection;

    /// <summary>What was late arrives, and the server has dealt with it.</summary>
    internal async Task ArriveAsync()
    {
        WireConnection? arriving;
        lock (gate)
            (arriving, late) = (late, null);
        if (arriving is not null)
            await arriving.ArriveAsync();
    }

    /// <summary>What another wire has under way arrives now.</summary>
    internal async Task OverdueArrivesAsync()
    {
        if (Overdue is not { } other)
            return;
        Overdue = null;
        await other.ArriveAsync();
    }

    internal void Leave(WireConnection connection)
    {
        lock (gate)
            connections.Remove(connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (!dead)
            Die();
        await ArriveAsync();
        await accepting;
    }

    private void Hold(Traffic what)
    {
        lock (gate)
        {
            held |= what;
            hold ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await listener.AcceptAsync();
                client.NoDelay = true;
                if (Refusing || dead)
                {
                    Reset(client);
                    continue;
                }

                var connection = new WireConnection(this, client);
                lock (gate)
                    connections.Add(connection);
                _ = connection.RunAsync();
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    internal static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new(true, 0);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // It was closed already.
        }

        socket.Dispose();
    }
}
