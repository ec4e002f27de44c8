using System.Collections.Immutable;
using System.Text.Json;
using Manufactura.Domain;

namespace Manufactura.Grains.Interfaces;

/// <summary>
/// Who sends a command and, when it may be repeated, under which key. Same actor, call and key give the same answer for
/// 24 h; another body under a used key is refused.
/// </summary>
/// <param name="Actor">User name, or the name of the API key, as the audit shows it.</param>
/// <param name="Call">The call and its subject, such as <c>orders/WO-0001/start</c>.</param>
/// <param name="Key">Idempotency key; null: the command is carried out each time it arrives.</param>
/// <param name="BodyHash">SHA-256 of the body that came with the key; empty without one.</param>
[GenerateSerializer, Immutable, Alias("manufactura.CommandContext")]
public sealed record CommandContext(
    [property: Id(0)] string Actor,
    [property: Id(1)] string Call = "",
    [property: Id(2)] string? Key = null,
    [property: Id(3)] ImmutableArray<byte> BodyHash = default
);

/// <summary>A refusal on its way to the caller; <paramref name="DetailsJson"/> is a JSON object of further members, or null.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.Problem")]
public sealed record Problem(
    [property: Id(0)] string Code,
    [property: Id(1)] RefusalKind Kind,
    [property: Id(2)] string Es,
    [property: Id(3)] string En,
    [property: Id(4)] string? DetailsJson = null
)
{
    public static Problem Of(Refusal refusal) =>
        new(
            refusal.Code,
            refusal.Kind,
            refusal.Es,
            refusal.En,
            refusal.Details is { } details ? JsonSerializer.Serialize(details, MessageJson.Options) : null
        );

    /// <summary>One member of the details as a value, or null when it is not there.</summary>
    public T? Detail<T>(string name) =>
        DetailsJson is not null && JsonDocument.Parse(DetailsJson).RootElement.TryGetProperty(name, out var value)
            ? value.Deserialize<T>(MessageJson.Options)
            : default;
}

/// <summary>What a command answers: the value, or why not.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.Answer`1")]
public sealed record Answer<T>([property: Id(0)] T? Value, [property: Id(1)] Problem? Problem)
    where T : class
{
    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Refusal refusal) => new(null, Manufactura.Grains.Interfaces.Problem.Of(refusal));

    public static implicit operator Answer<T>(Problem problem) => new(null, problem);
}

/// <summary>A sentence for people in both languages; as JSON it is the one text in the caller's language.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.Sentence")]
public sealed record Sentence([property: Id(0)] string Es, [property: Id(1)] string En)
{
    /// <summary>English for <c>en</c>, Spanish for everything else.</summary>
    public string Text(string language) => language == "en" ? En : Es;
}
