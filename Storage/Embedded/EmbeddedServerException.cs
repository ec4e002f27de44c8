namespace Manufactura.Storage.Embedded;

/// <summary>The embedded server cannot be started; the message says why and what to do.</summary>
public sealed class EmbeddedServerException(string message, Exception? inner = null) : Exception(message, inner);
