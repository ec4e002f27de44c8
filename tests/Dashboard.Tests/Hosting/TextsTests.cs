using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Manufactura.Dashboard.Texts;

namespace Manufactura.Dashboard.Tests.Hosting;

public sealed class TextsTests
{
    public static TheoryData<Type> Sets =>
        [.. typeof(ShellTexts).Assembly.GetTypes().Where(t => t.Namespace == typeof(ShellTexts).Namespace && t.IsPublic)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Both_languages_have_the_same_keys_and_placeholders(Type set)
    {
        var spanish = Texts(set, CultureInfo.InvariantCulture);
        var english = Texts(set, CultureInfo.GetCultureInfo("en"));
        Assert.NotEmpty(spanish);
        Assert.Equal(spanish.Keys.Order(), english.Keys.Order());
        foreach (var (key, text) in spanish)
            Assert.True(
                Holes(text).SetEquals(Holes(english[key])),
                $"{key}: '{text}' and '{english[key]}' take different values"
            );
    }

    private static HashSet<string> Holes(string text) => [.. Regex.Matches(text, @"\{\d+[^}]*\}").Select(m => m.Value)];

    private static Dictionary<string, string> Texts(Type set, CultureInfo culture) =>
        new ResourceManager(set)
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);
}
