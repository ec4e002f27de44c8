using System.Buffers.Binary;
using System.Text;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>What a request to the database is about, as far as a fault or a hold wants to know.</summary>
[Flags]
internal enum Traffic
{
    None = 0,

    /// <summary>A batch of the commit log: one transaction with everything that its commands change.</summary>
    Commit = 1,

    /// <summary>A writer that lost its connection fences what may still be under way.</summary>
    Fence = 2,

    /// <summary>The feed's own connection.</summary>
    Feed = 4,

    /// <summary>A reader of the feed wants its place.</summary>
    Place = 8,
}

/// <summary>
/// Cuts what a client of PostgreSQL sends into requests (protocol 3.0) and tells what each is about: the statements that its
/// <c>Bind</c> messages name, whenever they were parsed.
/// </summary>
internal sealed class TrafficReader
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    private readonly Dictionary<string, Traffic> statements = new(StringComparer.Ordinal);
    private bool started;
    private Traffic always;

    /// <summary>
    /// The length of the first whole request in <paramref name="bytes"/>, 0 while it is not whole. A request ends with Sync, Flush, a
    /// simple query, or any message of signing in and going away.
    /// </summary>
    public int Next(ReadOnlySpan<byte> bytes, ref int scanned, ref Traffic about)
    {
        if (!started)
            return Hello(bytes);
        while (bytes.Length - scanned >= 5)
        {
            var type = bytes[scanned];
            var end = scanned + 1 + BinaryPrimitives.ReadInt32BigEndian(bytes[(scanned + 1)..]);
            if (bytes.Length < end)
                return 0;
            about |= always | About(type, bytes[(scanned + 5)..end]);
            scanned = end;
            if (type is (byte)'S' or (byte)'Q' or (byte)'H' or (byte)'p' or (byte)'X')
                return end;
        }

        return 0;
    }

    private int Hello(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
            return 0;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        started = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]) is not (SslRequest or GssRequest);
        return bytes.Length < length ? 0 : length;
    }

    private Traffic About(byte type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case (byte)'P':
                var name = Text(ref body);
                statements[name] = Of(body);
                return Traffic.None;
            case (byte)'B':
                Text(ref body);
                return statements.GetValueOrDefault(Text(ref body));
            case (byte)'Q':
                return Of(body);
            default:
                return Traffic.None;
        }
    }

    private Traffic Of(ReadOnlySpan<byte> sql)
    {
        if (sql.StartsWith("select lane_turn("u8))
            return Traffic.Commit;
        if (sql.StartsWith("insert into commit_lane"u8))
            return Traffic.Fence;
        if (sql.IndexOf("pg_try_advisory_lock("u8) >= 0)
            return Traffic.Place;
        if (!sql.StartsWith("listen feed"u8))
            return Traffic.None;
        always = Traffic.Feed;
        return Traffic.Feed;
    }

    private static string Text(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        var text = end == 0 ? "" : Encoding.UTF8.GetString(body[..end]);
        body = body[(end + 1)..];
        return text;
    }
}
