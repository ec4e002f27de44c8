using Npgsql;

namespace Manufactura.Storage.Commits;

/// <summary>What an exception of the database means for a batch.</summary>
internal static class Faults
{
    /// <summary>A premise was missed; DETAIL has which.</summary>
    public const string Premise = "MF001";

    /// <summary>Another connection of this lane has taken over.</summary>
    private const string Fenced = "MF002";

    /// <summary>The server is not there, going away, or not (any longer) the one to write to. The outcome is to be asked for.</summary>
    public static bool IsConnection(Exception e) =>
        e switch
        {
            PostgresException p => p.SqlState is Fenced or "25006" or "53300" or "25P03" or "3D000"
                || p.SqlState.StartsWith("08", StringComparison.Ordinal)
                || p.SqlState.StartsWith("57P", StringComparison.Ordinal),
            NpgsqlException => true,
            _ => e is IOException or TimeoutException or System.Net.Sockets.SocketException,
        };

    /// <summary>Nothing was wrong but the moment.</summary>
    public static bool IsPassing(PostgresException e) =>
        e.SqlState
            is PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.LockNotAvailable
                or "57014"
                // A prepared plan outlived a change of the schema; it is planned anew.
                or "0A000";

    /// <summary>A constraint stood behind the premises.</summary>
    public static bool IsConstraint(PostgresException e) => e.SqlState.StartsWith("23", StringComparison.Ordinal);

    /// <summary>The premises missed: kind of row → keys.</summary>
    public static Dictionary<string, HashSet<string>> MissedBy(PostgresException e)
    {
        var missed = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var premise in (e.Detail ?? "").Split('\u001d', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = premise.Split('\u001e');
            missed[parts[0]] = [.. parts.Skip(1)];
        }
        return missed;
    }
}
