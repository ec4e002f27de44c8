namespace Orleans;

/// <summary>Why an activation ends. The values are those of Orleans; this runtime uses the ones with a comment.</summary>
public enum DeactivationReasonCode : byte
{
    None,

    /// <summary>The host stops.</summary>
    ShuttingDown,
    ActivationFailed,
    DirectoryFailure,

    /// <summary>No request for <c>CollectionAge</c>.</summary>
    ActivationIdle,
    ActivationUnresponsive,
    DuplicateActivation,
    IncompatibleRequest,

    /// <summary>Its state turned out to be stale.</summary>
    ApplicationError,

    /// <summary>The grain wished it.</summary>
    ApplicationRequested,
    Migrating,
    RuntimeRequested,
    HighMemoryPressure,
}

/// <summary>Why an activation ends, for <see cref="Grain.OnDeactivateAsync"/>.</summary>
public readonly struct DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
{
    /// <summary>A reason without an exception.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text) { }

    /// <summary>The kind of reason.</summary>
    public DeactivationReasonCode ReasonCode { get; } = code;

    /// <summary>What was thrown, if that was the reason.</summary>
    public Exception? Exception { get; } = exception;

    /// <summary>A sentence for the log.</summary>
    public string Description { get; } = text;

    /// <inheritdoc/>
    public override string ToString() =>
        Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}
