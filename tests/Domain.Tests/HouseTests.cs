using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Manufactura.Domain.Tests;

/// <summary>The house: which project may know which, and that the rules know nothing of the world.</summary>
public partial class HouseTests
{
    /// <summary>Every project of the product and all that it may refer to.</summary>
    public static TheoryData<string, string[]> House =>
        new()
        {
            { "Domain", [] },
            { "Grains.Interfaces", ["Domain", "Orleans.Embedded"] },
            { "Storage", ["Domain"] },
            { "Grains", ["Grains.Interfaces", "Storage", "Domain", "Orleans.Embedded"] },
            { "Orleans.Embedded", [] },
            { "Silo", ["Grains", "Grains.Interfaces", "Storage", "Domain", "Orleans.Embedded"] },
            { "Dashboard", ["Silo", "Grains", "Grains.Interfaces", "Storage", "Domain", "Orleans.Embedded"] },
        };

    [Theory]
    [MemberData(nameof(House))]
    public void References_point_one_way(string project, string[] allowed)
    {
        var references = Items(Load(project), "ProjectReference")
            .Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/')));
        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Every_project_of_the_product_stands_in_the_house()
    {
        var known = House.Select(row => (string)row[0]);
        var found = Directory
            .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("tests/", StringComparison.Ordinal) && !f.StartsWith("bench/", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f));
        Assert.Equal(known.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_storage_refers_to_PostgreSQL()
    {
        foreach (var project in House.Select(row => (string)row[0]).Where(p => p is not ("Storage" or "Dashboard")))
            Assert.DoesNotContain(
                Items(Load(project), "PackageReference"),
                p => p.StartsWith("Npgsql", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void The_domain_refers_to_no_package_and_no_framework()
    {
        var project = Load("Domain");
        Assert.Empty(Items(project, "PackageReference"));
        Assert.Empty(Items(project, "FrameworkReference"));
        Assert.Null(project.Descendants("UsesActors").FirstOrDefault());
    }

    [Fact]
    public void The_domain_uses_only_collections_and_the_language()
    {
        string[] allowed =
        [
            "System.Runtime",
            "System.Collections",
            "System.Collections.Immutable",
            "System.Linq",
            "System.Memory",
            "System.Text.RegularExpressions",
        ];
        var used = typeof(Refusal).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void The_rules_touch_no_file_network_thread_clock_or_chance()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "Domain"), "*.cs", SearchOption.AllDirectories).ToArray();
        Assert.True(sources.Length > 10, "The sources of Domain were not found.");
        foreach (var file in sources)
        {
            var found = Impure().Matches(Comments().Replace(File.ReadAllText(file), "")).Select(m => m.Value);
            Assert.True(!found.Any(), $"{Path.GetRelativePath(Root, file)}: {string.Join(", ", found)}");
        }
    }

    [Fact]
    public void Nothing_in_the_domain_can_be_waited_for_or_changed_from_outside()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var type in typeof(Refusal).Assembly.GetExportedTypes())
        {
            Assert.DoesNotContain(type.GetMethods(All), m => m.ReturnType.Name.Contains("Task", StringComparison.Ordinal));
            Assert.DoesNotContain(type.GetFields(All), f => f.IsStatic && !f.IsInitOnly && !f.IsLiteral);
            Assert.DoesNotContain(type.GetProperties(All), Settable);
        }
    }

    private static bool Settable(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } set
        && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    [GeneratedRegex(
        @"System\.(IO|Net|Threading|Diagnostics|Reflection|Data)\b|Microsoft\.|Npgsql|\b(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)\b"
            + @"|\bTimeProvider\b|\b(Guid\.NewGuid|Random|Environment|Console|Task|Thread|File|HttpClient|Stopwatch)\b(?=\s*[.(<]|\s+\w)"
            + @"|\basync\b|\bawait\b|\bCurrentCulture\b|\bTimeZoneInfo\.Local\b|\b(float|double)\b"
    )]
    private static partial Regex Impure();

    [GeneratedRegex(@"//[^\n]*|""(?:\\.|[^""\\\n])*""")]
    private static partial Regex Comments();

    private static string[] Items(XDocument project, string item) =>
        [.. project.Descendants(item).Select(e => (string?)e.Attribute("Include")).OfType<string>()];

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Root, project, project + ".csproj"));

    private static string Root { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found.");
    }
}
