namespace Orleans.Runtime
{
    /// <summary>The runtime could not do what was asked; not an answer of the grain.</summary>
    public class OrleansException : Exception
    {
        /// <summary>Without a message of its own.</summary>
        public OrleansException()
            : base("Unexpected error.") { }

        /// <summary>With a message.</summary>
        public OrleansException(string message)
            : base(message) { }

        /// <summary>With a message and its cause.</summary>
        public OrleansException(string message, Exception innerException)
            : base(message, innerException) { }
    }

    /// <summary>A reminder was asked for that cannot be.</summary>
    public sealed class ReminderException(string message) : OrleansException(message);
}

namespace Orleans.Storage
{
    /// <summary>Stored state is not what the writer had read. Its activation ends; the next call reads it anew.</summary>
    public class InconsistentStateException : Runtime.OrleansException
    {
        /// <summary>Without a message of its own.</summary>
        public InconsistentStateException() { }

        /// <summary>With a message.</summary>
        public InconsistentStateException(string message)
            : base(message) { }

        /// <summary>With a message and its cause.</summary>
        public InconsistentStateException(string message, Exception? innerException)
            : base(message, innerException!) { }

        /// <summary>With both etags; null means that there is no row.</summary>
        public InconsistentStateException(
            string errorMsg,
            string? storedEtag,
            string? currentEtag,
            Exception? storageException = null
        )
            : base(errorMsg, storageException!) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        /// <summary>The etag found in the store.</summary>
        public string? StoredEtag { get; }

        /// <summary>The etag that the writer had read.</summary>
        public string? CurrentEtag { get; }

        /// <summary>False once it has left the activation it comes from: callers up the chain are not stale.</summary>
        internal bool IsSourceActivation { get; set; } = true;
    }
}
