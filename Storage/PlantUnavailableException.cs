namespace Manufactura.Storage;

/// <summary>The database could not be reached in time.</summary>
public sealed class PlantUnavailableException(string message, bool outcomeUnknown, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>
    /// True where the connection was lost while committing and could not be restored to ask: the change may have been written.
    /// Repeating the command with the same key is safe.
    /// </summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}
