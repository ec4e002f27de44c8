using System.Collections.Immutable;

namespace Manufactura.Domain;

/// <summary>Why a command was refused; the number is the HTTP status that says the same.</summary>
public enum RefusalKind
{
    /// <summary>The request itself cannot be read or lacks something.</summary>
    Malformed = 400,

    /// <summary>The one who asks may not do this.</summary>
    Forbidden = 403,

    /// <summary>What it names does not exist.</summary>
    NotFound = 404,

    /// <summary>The present state, or someone else's change, stands against it.</summary>
    Conflict = 409,

    /// <summary>A rule of the plant is against it.</summary>
    Rule = 422,
}

/// <summary>
/// A command that was not carried out, as a value: nothing changed. Exceptions are for bugs and broken infrastructure only.
/// </summary>
/// <param name="Code">Stable, lower case with hyphens (<c>insufficient-stock</c>); part of the promised interface.</param>
/// <param name="Kind">What sort of refusal.</param>
/// <param name="Es">The whole sentence in Spanish, as a person reads it.</param>
/// <param name="En">The same sentence in English.</param>
/// <param name="Details">What a program needs beyond the sentence (<c>shortages</c>, <c>current</c>), keyed by its JSON member name.</param>
public sealed record Refusal(
    string Code,
    RefusalKind Kind,
    string Es,
    string En,
    ImmutableDictionary<string, object?>? Details = null
)
{
    /// <summary>The sentence in the language given by its two-letter name; Spanish unless that is <c>en</c>.</summary>
    public string Text(string language) => language == "en" ? En : Es;

    /// <summary>The same refusal with one more detail.</summary>
    public Refusal With(string member, object? value) => this with { Details = (Details ?? []).SetItem(member, value) };
}
