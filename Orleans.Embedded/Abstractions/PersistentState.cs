namespace Orleans.Core
{
    /// <summary>Stored state of a grain. A write or clear succeeds only on what was last read or written here.</summary>
    public interface IStorage
    {
        /// <summary>Version of the stored row; null when there is none.</summary>
        string? Etag { get; }

        /// <summary>Whether there is a stored row.</summary>
        bool RecordExists { get; }

        /// <summary>Removes the stored row and sets the state to a new one.</summary>
        /// <exception cref="Storage.InconsistentStateException">The row was changed elsewhere; the activation ends.</exception>
        Task ClearStateAsync();

        /// <summary>Writes the state.</summary>
        /// <exception cref="Storage.InconsistentStateException">The row was changed elsewhere; the activation ends.</exception>
        Task WriteStateAsync();

        /// <summary>Reads the state again.</summary>
        Task ReadStateAsync();

        /// <inheritdoc cref="ClearStateAsync()"/>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <inheritdoc cref="WriteStateAsync()"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <inheritdoc cref="ReadStateAsync()"/>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>Stored state of one type.</summary>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The state in memory; stored by <see cref="IStorage.WriteStateAsync()"/> only.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>State of a grain, given to its constructor and read before it is activated.</summary>
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    /// <summary>Names the state that a constructor parameter <see cref="IPersistentState{TState}"/> stands for.</summary>
    /// <param name="stateName">Unique within the grain class, never changed.</param>
    /// <param name="storageName">A store registered as a keyed service of that name; else the default store.</param>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        /// <summary>Name of the state.</summary>
        public string StateName { get; } = stateName;

        /// <summary>Name of the store, or null.</summary>
        public string? StorageName { get; } = storageName;
    }
}
