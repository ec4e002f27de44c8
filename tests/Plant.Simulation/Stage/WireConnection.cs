using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>One relayed connection.</summary>
internal sealed class WireConnection(Wire wire, Socket client) : IDisposable
{
    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TrafficReader reader = new();
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(8192);
    private int filled;
    private byte[]? kept;
    private volatile bool swallow;
    private volatile bool fenced;

    public bool IsFeed { get; private set; }

    public async Task RunAsync()
    {
        try
        {
            await server.ConnectAsync(wire.Server);
            var back = BackAsync();
            await ForthAsync();
            if (kept is null)
                server.Dispose();
            await back;
        }
        catch (Exception e) when (IsGone(e))
        {
            // One side went away.
        }
        finally
        {
            client.Dispose();
            if (kept is null)
            {
                server.Dispose();
                wire.Leave(this);
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => Break();

    public void Break()
    {
        Wire.Reset(client);
        if (kept is null)
            server.Dispose();
    }

    /// <summary>Sends what was kept, and waits until the server has answered.</summary>
    public async Task ArriveAsync()
    {
        try
        {
            await SendAsync(server, kept!);
            await answered.Task;
        }
        catch (Exception e) when (IsGone(e))
        {
            // The server had given up on it.
        }
        finally
        {
            server.Dispose();
            wire.Leave(this);
        }
    }

    private async Task ForthAsync()
    {
        var (scanned, about) = (0, Traffic.None);
        while (true)
        {
            if (filled == buffer.Length)
                Grow();
            var read = await client.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None);
            if (read == 0)
                return;
            filled += read;
            while (reader.Next(buffer.AsSpan(0, filled), ref scanned, ref about) is > 0 and var length)
            {
                if (!await PassAsync(length, about))
                    return;
                filled -= length;
                buffer.AsSpan(length, filled).CopyTo(buffer);
                (scanned, about) = (0, Traffic.None);
            }
        }
    }

    /// <summary>One request, or what becomes of it; false when the connection is over.</summary>
    private async Task<bool> PassAsync(int length, Traffic about)
    {
        IsFeed |= about.HasFlag(Traffic.Feed);
        await wire.PassAsync(about);
        if (about.HasFlag(Traffic.Commit))
            await wire.OverdueArrivesAsync();
        var request = buffer.AsMemory(0, length);
        if (wire.Meet(about) is { } strike)
        {
            await SufferAsync(strike, request);
            return false;
        }

        fenced |= about.HasFlag(Traffic.Fence);
        await SendAsync(server, request);
        return true;
    }

    private async Task SufferAsync(Strike strike, ReadOnlyMemory<byte> request)
    {
        switch (strike.Blow)
        {
            case Blow.Torn:
                await SendAsync(server, request[..^Math.Min(request.Length, 7)]);
                break;
            case Blow.AnswerLost:
                swallow = true;
                await SendAsync(server, request);
                await answered.Task;
                break;
            case Blow.Late:
                swallow = true;
                kept = request.ToArray();
                wire.Keep(this);
                break;
        }

        if (strike.Dies)
            wire.Die();
        else
            wire.Cut();
        Wire.Reset(client);
    }

    private async Task BackAsync()
    {
        var part = ArrayPool<byte>.Shared.Rent(8192);
        var ready = new ReadyReader();
        try
        {
            while (await server.ReceiveAsync(part, SocketFlags.None) is > 0 and var read)
            {
                if (swallow)
                {
                    if (ready.Saw(part.AsSpan(0, read)))
                        answered.TrySetResult();
                    continue;
                }

                // What was late must not arrive before its sender's new connection has fenced it.
                if (fenced)
                {
                    fenced = false;
                    await wire.ArriveAsync();
                }

                await SendAsync(client, part.AsMemory(0, read));
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            // Over.
        }
        finally
        {
            answered.TrySetResult();
            if (kept is null)
                client.Dispose();
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, SocketFlags.None)..];
    }

    private static bool IsGone(Exception e) => e is SocketException or ObjectDisposedException or IOException;

    /// <summary>Finds ReadyForQuery, the end of an answer, in what a server sends from the beginning of one.</summary>
    private struct ReadyReader()
    {
        private readonly byte[] head = new byte[5];
        private int headed;
        private int skip;

        public bool Saw(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                if (skip > 0)
                {
                    var some = Math.Min(skip, bytes.Length);
                    skip -= some;
                    bytes = bytes[some..];
                    continue;
                }

                head[headed++] = bytes[0];
                bytes = bytes[1..];
                if (headed < 5)
                    continue;
                headed = 0;
                if (head[0] == (byte)'Z')
                    return true;
                skip = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4;
            }

            return false;
        }
    }
}
