using System.Data.Common;
using Manufactura.Storage;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Silo;

/// <summary>What goes wrong because a part of the plant cannot be reached for a while, as opposed to a bug.</summary>
public static class Outages
{
    /// <summary>
    /// True for a database or a node that does not answer. What was asked for may have happened; asking again under the same key is safe.
    /// </summary>
    public static bool Is(Exception e) =>
        e is PlantUnavailableException or DbException { IsTransient: true } or TimeoutException
        // The driver does not count a server that is being stopped.
        || DatabaseFailure.IsOutage(e)
        || e is OrleansException and not InconsistentStateException
        // Entity Framework, by which users are read, wraps what passes.
        || e is InvalidOperationException { InnerException: DbException inner } && Is(inner);
}
