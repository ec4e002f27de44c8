using System.Collections.Immutable;

namespace Manufactura.Domain;

/// <summary>What sort of no it is; the number is the HTTP status that the API answers.</summary>
public enum RefusalKind
{
    /// <summary>The request cannot be understood.</summary>
    Malformed = 400,

    /// <summary>The caller's role may not do this.</summary>
    Forbidden = 403,

    /// <summary>What the request names does not exist.</summary>
    NotFound = 404,

    /// <summary>The state, or somebody else's change, does not allow it now.</summary>
    Conflict = 409,

    /// <summary>A rule of the plant forbids it.</summary>
    Rule = 422,
}

/// <summary>
/// A command that was understood and not carried out: nothing changed. <paramref name="Code"/> is stable and for programs,
/// the texts are for people, <paramref name="Details"/> are further members of the answer (camelCase names).
/// </summary>
public sealed record Refusal(
    string Code,
    RefusalKind Kind,
    string Es,
    string En,
    ImmutableDictionary<string, object?>? Details = null
)
{
    /// <summary>A value that breaks a rule of the plant: code <c>validation</c>, 422.</summary>
    public static Refusal Validation(string es, string en) => new("validation", RefusalKind.Rule, es, en);

    /// <summary>A transition that the present state does not allow: code <c>invalid-state</c>, 409.</summary>
    public static Refusal State(string es, string en) => new("invalid-state", RefusalKind.Conflict, es, en);

    /// <summary>Code <c>not-found</c>, 404; <paramref name="what"/> is the number or code asked for.</summary>
    public static Refusal NotFound(string what) =>
        new("not-found", RefusalKind.NotFound, $"No existe {what}.", $"{what} does not exist.");

    /// <summary>The sentence in <paramref name="language"/>: English for <c>en</c>, Spanish for everything else.</summary>
    public string Text(string language) => language == "en" ? En : Es;

    /// <summary>The same refusal with one more member in the answer.</summary>
    public Refusal With(string member, object? value) =>
        this with
        {
            Details = (Details ?? ImmutableDictionary<string, object?>.Empty).SetItem(member, value),
        };
}

/// <summary>Either the outcome of a rule or the refusal; a rule never throws for what a person can do wrong.</summary>
public readonly record struct Decision<T>
{
    private readonly T? outcome;

    private Decision(T? outcome, Refusal? refusal) => (this.outcome, Refusal) = (outcome, refusal);

    /// <summary>Why not; null when the command is accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>What follows from the command. Reading it on a refusal is a bug and throws.</summary>
    public T Outcome => Refusal is null ? outcome! : throw new InvalidOperationException($"Refused: {Refusal.En}");

    public static implicit operator Decision<T>(T outcome) => new(outcome, null);

    public static implicit operator Decision<T>(Refusal refusal) => new(default, refusal);
}
