using Manufactura.Storage.Commits;
using Npgsql;

namespace Manufactura.Storage;

/// <summary>What a failure means for whoever could try again. Neither: it would fail every time.</summary>
public static class DatabaseFailure
{
    /// <summary>The database cannot be reached; it is right to try until it can.</summary>
    public static bool IsOutage(Exception e) =>
        e switch
        {
            PlantUnavailableException => true,
            PostgresException p => Faults.IsConnection(p),
            NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } => true,
            _ => false,
        };

    /// <summary>Nothing was wrong but the moment: a lock, a deadlock, a slow answer. Some more tries will do.</summary>
    public static bool IsPassing(Exception e) =>
        e switch
        {
            PostgresException p => Faults.IsPassing(p),
            NpgsqlException n => n.IsTransient || n.InnerException is TimeoutException,
            _ => e is TimeoutException,
        };
}
