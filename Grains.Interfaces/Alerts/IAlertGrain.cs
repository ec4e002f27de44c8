namespace Manufactura.Grains.Interfaces.Alerts;

/// <summary>What became of an alert.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.AlertView")]
public sealed record AlertView(
    [property: Id(0)] long Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Severity,
    [property: Id(3)] string Subject,
    [property: Id(4)] string Role,
    [property: Id(5)] string State,
    [property: Id(6)] Sentence Text,
    [property: Id(7)] DateTimeOffset RaisedAt,
    [property: Id(8)] DateTimeOffset? AcknowledgedAt,
    [property: Id(9)] string? AcknowledgedBy,
    [property: Id(10)] string? Note,
    [property: Id(11)] DateTimeOffset? EscalatedAt,
    [property: Id(12)] DateTimeOffset? ClearedAt,
    [property: Id(13)] int Version,
    [property: Id(14)] string Cause,
    [property: Id(15)] DateTimeOffset? ShelvedUntil,
    [property: Id(16)] string? ShelvedBy
);

/// <summary>One alert; the key is its id. Refusals: <c>not-found</c>, <c>invalid-state</c>; nothing changed then.</summary>
[Alias("manufactura.IAlert")]
public interface IAlertGrain : IGrainWithStringKey
{
    /// <summary>Somebody takes care of it; only while active.</summary>
    [Alias("Acknowledge")]
    Task<Answer<AlertView>> Acknowledge(string? note, CommandContext context);

    /// <summary>Puts it aside until a moment to come; only while active.</summary>
    [Alias("Shelve")]
    Task<Answer<AlertView>> Shelve(DateTimeOffset until, string? note, CommandContext context);

    /// <summary>Brings it back before its time; nothing where it was not put aside.</summary>
    [Alias("Unshelve")]
    Task<Answer<AlertView>> Unshelve(CommandContext context);

    /// <summary>Hands it to the next role if its time has passed and nobody acknowledged it.</summary>
    [Alias("Escalate")]
    Task Escalate();

    /// <summary>There is more to say of it than when it was raised.</summary>
    [Alias("Retell")]
    Task Retell(string es, string en);

    /// <summary>Its condition has ended.</summary>
    [Alias("Clear")]
    Task Clear();
}
