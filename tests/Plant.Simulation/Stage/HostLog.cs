using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>What the hosts of one plant log. Errors are faults of the plant; warnings belong to a world in which connections break.</summary>
internal sealed class HostLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> errors = new();

    /// <summary>Errors since they were last taken.</summary>
    public IEnumerable<string> TakeErrors()
    {
        while (errors.TryDequeue(out var error))
            yield return error;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsEnabled(logLevel))
            errors.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}
