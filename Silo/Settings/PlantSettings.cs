using Manufactura.Grains.Alerts;
using Manufactura.Silo.Mail;
using Microsoft.Extensions.Configuration;

namespace Manufactura.Silo.Settings;

/// <summary>The plant's configuration, read and checked once at start (design: Configuration).</summary>
public sealed partial record PlantSettings
{
    /// <summary>PostgreSQL; null means the embedded server.</summary>
    public required string? ConnectionString { get; init; }

    /// <summary>Absolute folder of the embedded server's and the application's files.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether an empty database is filled with the demo plant and its users.</summary>
    public required bool Demo { get; init; }

    /// <summary>Password of the first admin; null when none is configured.</summary>
    public required string? AdminPassword { get; init; }

    /// <summary>The plant's time zone: what "today" means.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Language of those who have not chosen one: <c>es</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Where mails go out; null means they are kept as files.</summary>
    public required MailSettings? Mail { get; init; }

    /// <summary>Who is told of alerts by mail; nobody unless it says so.</summary>
    public required AlertRecipients AlertMail { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public required string Urls { get; init; }

    /// <summary>This process's part in a cluster. In a build for one process nothing of it has a meaning.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>How the grains of this process, or its way to them, are set up over a database.</summary>
    public ActorOptions Actors(string connectionString) =>
        new(
            Cluster: new(
                connectionString,
                Cluster.ClusterId,
                // With a database of its own this process is all there is of the plant.
                Cluster.Address
                    ?? (ConnectionString is null ? "127.0.0.1" : null),
                Cluster.SiloPort,
                Cluster.GatewayPort,
                Cluster.ProbePeriod
            )
        );

    /// <summary>Where mails of this process go.</summary>
    public MailOptions MailOptions()
    {
        var folder = Path.Combine(DataDirectory, "mail");
        var options = Mail is { } m
            ? new MailOptions(folder, m.Host, m.Port, m.StartTls, m.User, m.Password, m.Sender)
            {
                TrustedCertificate = m.TrustedCertificate,
            }
            : new MailOptions(folder);
        return options with { Alerts = AlertMail };
    }

    private static readonly string[] PlantKeys =
    [
        "DataDirectory",
        "DatabasePasswordFile",
        "Demo",
        "AdminPassword",
        "AdminPasswordFile",
        "TimeZone",
        "Language",
        "Mail",
        AlertMailSettings.Section,
    ];
    private static readonly string[] MailKeys =
    [
        "Host",
        "Port",
        "StartTls",
        "User",
        "Password",
        "PasswordFile",
        "Sender",
        "TrustedCertificate",
    ];
    private static readonly string[] ClusterKeys = ["Node", "ClusterId", "Address", "SiloPort", "GatewayPort", "ProbeSeconds"];

    /// <summary>Reads and checks.</summary>
    /// <param name="configuration">All sources.</param>
    /// <param name="runtime">The actor runtime of this build: <c>Embedded</c> or <c>Orleans</c>.</param>
    /// <param name="defaultUrls">Where this program listens when nothing is said.</param>
    /// <exception cref="SettingsException">A key is unknown or its value is wrong.</exception>
    public static PlantSettings Read(IConfiguration configuration, string runtime, string defaultUrls = "http://127.0.0.1:5080")
    {
        var plant = configuration.GetSection("Plant");
        RefuseUnknown(plant, PlantKeys);
        RefuseUnknown(configuration.GetSection("Cluster"), ClusterKeys);
        RefuseUnknown(configuration.GetSection("ConnectionStrings"), ["Plant"]);
        var connection = ConnectionIn(configuration, Secret(plant, "DatabasePassword"));
        CheckCluster(configuration.GetSection("Cluster"), runtime, connection is not null);
        return new PlantSettings
        {
            ConnectionString = connection,
            DataDirectory = Path.GetFullPath(Text(plant, "DataDirectory") ?? "./data"),
            Demo = Bool(plant, "Demo") ?? connection is null,
            AdminPassword = Secret(plant, "AdminPassword"),
            TimeZone = ZoneIn(plant),
            Language = LanguageIn(plant),
            Mail = MailIn(plant.GetSection("Mail")),
            AlertMail = AlertMailSettings.In(plant.GetSection(AlertMailSettings.Section)),
            Urls = UrlsIn(configuration, defaultUrls),
            Cluster = ClusterIn(configuration.GetSection("Cluster"), connection is null),
        };
    }
}

/// <summary>An SMTP server.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1–65535.</param>
/// <param name="StartTls">Whether to ask for encryption.</param>
/// <param name="User">Null: no sign-in.</param>
/// <param name="Password">Goes with the user.</param>
/// <param name="Sender">The address that mails come from.</param>
public sealed record MailSettings(
    string Host,
    int Port,
    bool StartTls,
    string? User,
    string? Password,
    string Sender,
    string? TrustedCertificate
);

/// <summary>Whether a process has grains of its own.</summary>
public enum NodeKind
{
    /// <summary>It hosts its share of the grains.</summary>
    Silo,

    /// <summary>It asks the silos.</summary>
    Client,
}

/// <summary>A process's part in a cluster; see <see cref="ClusterPlace"/>.</summary>
public sealed record ClusterSettings(
    NodeKind Node,
    string ClusterId,
    string? Address,
    int SiloPort,
    int GatewayPort,
    TimeSpan ProbePeriod
);
