using System.Data.Common;
using Manufactura.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Manufactura.Silo;

/// <summary>
/// A database that cannot be reached is told to callers in other processes by our own exception: the driver's do not survive the way.
/// </summary>
internal sealed class OutageFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (DbException e) when (Outages.Is(e))
        {
            throw new PlantUnavailableException($"The database does not answer: {e.Message}", outcomeUnknown: false);
        }
    }
}

/// <summary>A client that finds no silo yet, as when all start at once, goes on looking.</summary>
internal sealed class GatewayRetry(ILogger<GatewayRetry> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        logger.LogWarning("No silo answers yet: {Reason}", exception.Message);
        await Task.Delay(Pause, cancellationToken);
        return true;
    }
}

/// <summary>The exception of <see cref="PlantUnavailableException"/> as it crosses processes.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.PlantUnavailable")]
internal readonly record struct PlantUnavailableSurrogate(
    [property: Id(0)] string Message,
    [property: Id(1)] bool OutcomeUnknown
);

/// <summary>Storage knows nothing of Orleans, so its exception is carried by a stand-in.</summary>
[RegisterConverter]
internal sealed class PlantUnavailableConverter : IConverter<PlantUnavailableException, PlantUnavailableSurrogate>
{
    public PlantUnavailableException ConvertFromSurrogate(in PlantUnavailableSurrogate surrogate) =>
        new(surrogate.Message, surrogate.OutcomeUnknown);

    public PlantUnavailableSurrogate ConvertToSurrogate(in PlantUnavailableException value) =>
        new(value.Message, value.OutcomeUnknown);
}
