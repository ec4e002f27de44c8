using System.Diagnostics;
using Manufactura.Silo.Settings;
using Microsoft.Extensions.Configuration;

namespace Manufactura.Dashboard.Tests.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Plant:Demmo", "true")]
    [InlineData("Plant:Demo", "yes")]
    [InlineData("Plant:TimeZone", "America/Atlantis")]
    [InlineData("Plant:Language", "fr")]
    [InlineData("Plant:Mail:Hostt", "mail")]
    [InlineData("Plant:Mail:Port", "70000", "Plant:Mail:Host", "mail", "Plant:Mail:Sender", "a@b.co")]
    [InlineData("Plant:Mail:StartTls", "si", "Plant:Mail:Host", "mail", "Plant:Mail:Sender", "a@b.co")]
    [InlineData("Plant:Mail:Sender", "nobody", "Plant:Mail:Host", "mail")]
    [InlineData("Plant:AlertMail:Boss", "a@b.co")]
    [InlineData("Plant:AlertMail:Supervisor", "a@b.co, nobody")]
    [InlineData("Plant:AlertMail:Severity", "grave")]
    [InlineData("Plant:Demo:Deep", "true")]
    [InlineData("Plant", "x")]
    [InlineData("Cluster:Size", "3")]
    [InlineData("Cluster:SiloPort", "11111")]
    [InlineData("ConnectionStrings:Plannt", "Host=x")]
    [InlineData("ConnectionStrings:Plant", "Server")]
    [InlineData("ConnectionStrings:Plant", "Hosst=x;Password=secret")]
    [InlineData("ConnectionStrings:Plant", "Database=x")]
    [InlineData("Urls", "ftp://here")]
    [InlineData("Urls", "nonsense")]
    public void A_wrong_or_unknown_key_stops_the_start_and_is_named(string key, params string[] rest)
    {
        var wrong = Assert.Throws<SettingsException>(() => Read([key, .. rest]));
        Assert.StartsWith(key.Split(":Deep")[0], wrong.Message);
        Assert.EndsWith(".", wrong.Message.TrimEnd(')'));
        Assert.DoesNotContain("secret", wrong.Message);
    }

    [Fact]
    public void Mail_without_its_host_is_missing_that_key() =>
        Assert.Equal("Plant:Mail:Host", Assert.Throws<SettingsException>(() => Read(["Plant:Mail:Sender", "a@b.co"])).Key);

    [Fact]
    public void Nothing_configured_is_a_demo_plant_with_its_own_server_in_Spanish()
    {
        var settings = Read([]);
        Assert.True(settings.Demo);
        Assert.Null(settings.ConnectionString);
        Assert.Null(settings.Mail);
        Assert.Equal("es", settings.Language);
        Assert.Equal("http://127.0.0.1:5080", settings.Urls);
        Assert.Equal(Path.GetFullPath("data"), settings.DataDirectory);
    }

    [Fact]
    public void A_configured_database_is_no_demo_unless_said()
    {
        Assert.False(Read(["ConnectionStrings:Plant", "Host=db"]).Demo);
        Assert.True(Read(["ConnectionStrings:Plant", "Host=db", "Plant:Demo", "true"]).Demo);
    }

    [Fact]
    public void Cluster_keys_belong_to_an_Orleans_build() =>
        PlantSettings.Read(Configuration(["Cluster:SiloPort", "11111", "Cluster:ClusterId", "plant"]), "Orleans");

    [Fact]
    public async Task The_program_says_the_sentence_and_ends_with_1()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Manufactura.Dashboard.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "--Plant:Demmo=true"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("Plant:Demmo: is not a known key.", said);
        Assert.Single(said.Trim().Split('\n'));
    }

    private static PlantSettings Read(string[] pairs) => PlantSettings.Read(Configuration(pairs), "Embedded");

    private static IConfiguration Configuration(string[] pairs) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
            .Build();
}
