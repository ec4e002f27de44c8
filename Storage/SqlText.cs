using System.Collections.Concurrent;
using System.Reflection;

namespace Manufactura.Storage;

/// <summary>The embedded <c>.sql</c> files, one statement each.</summary>
internal static class SqlText
{
    private const string Prefix = "Manufactura.Storage.";
    private static readonly Assembly Assembly = typeof(SqlText).Assembly;
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The text of <c>Folder.Name</c>, without its final semicolon.</summary>
    public static string Of(string name) => Texts.GetOrAdd(name, static n => Read($"{Prefix}{n}.sql").TrimEnd().TrimEnd(';'));

    /// <summary>The names of all files below a folder, such as <c>Migrations</c>, in order.</summary>
    public static IReadOnlyList<string> Under(string folder) =>
        [
            .. Assembly
                .GetManifestResourceNames()
                .Where(n =>
                    n.StartsWith($"{Prefix}{folder}.", StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal)
                )
                .Select(n => n[Prefix.Length..^".sql".Length])
                .Order(StringComparer.Ordinal),
        ];

    private static string Read(string resource)
    {
        using var stream =
            Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"There is no embedded file {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
