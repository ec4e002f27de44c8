using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Grains.Interfaces;

namespace Manufactura.Grains;

/// <summary>Texts of the rules as they travel to the caller, who chooses the language.</summary>
internal static class Sentences
{
    public static Sentence Of(Text text) => new(text.Es, text.En);

    public static ImmutableArray<Sentence> Of(IEnumerable<Text> texts) => [.. texts.Select(Of)];
}
