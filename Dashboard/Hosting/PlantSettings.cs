using System.Globalization;
using Npgsql;

namespace Manufactura.Dashboard.Hosting;

/// <summary>The plant's configuration, read and checked once at start (design: Configuration).</summary>
public sealed record PlantSettings
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

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public required string Urls { get; init; }

    private static readonly string[] PlantKeys = ["DataDirectory", "Demo", "AdminPassword", "TimeZone", "Language", "Mail"];
    private static readonly string[] MailKeys = ["Host", "Port", "StartTls", "User", "Password", "Sender", "TrustedCertificate"];
    private static readonly string[] ClusterKeys = ["ClusterId", "SiloPort", "GatewayPort"];

    /// <summary>Reads and checks.</summary>
    /// <param name="configuration">All sources.</param>
    /// <param name="runtime">The actor runtime of this build: <c>Embedded</c> or <c>Orleans</c>.</param>
    /// <exception cref="SettingsException">A key is unknown or its value is wrong.</exception>
    public static PlantSettings Read(IConfiguration configuration, string runtime)
    {
        var plant = configuration.GetSection("Plant");
        RefuseUnknown(plant, PlantKeys);
        RefuseUnknown(configuration.GetSection("Cluster"), ClusterKeys);
        RefuseUnknown(configuration.GetSection("ConnectionStrings"), ["Plant"]);
        CheckCluster(configuration.GetSection("Cluster"), runtime);
        var connection = ConnectionIn(configuration);
        return new PlantSettings
        {
            ConnectionString = connection,
            DataDirectory = Path.GetFullPath(Text(plant, "DataDirectory") ?? "./data"),
            Demo = Bool(plant, "Demo") ?? connection is null,
            AdminPassword = Text(plant, "AdminPassword"),
            TimeZone = ZoneIn(plant),
            Language = LanguageIn(plant),
            Mail = MailIn(plant.GetSection("Mail")),
            Urls = UrlsIn(configuration),
        };
    }

    private static void RefuseUnknown(IConfigurationSection section, string[] known)
    {
        if (section.Value is { Length: > 0 })
            throw new SettingsException(section.Path, $"takes no value itself, only the keys {string.Join(", ", known)}.");
        foreach (var child in section.GetChildren())
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw new SettingsException(
                    child.Path,
                    $"is not a known key. Known under {section.Path}: {string.Join(", ", known)}."
                );
            if (!string.Equals(child.Key, "Mail", StringComparison.OrdinalIgnoreCase) && child.GetChildren().Any())
                throw new SettingsException(child.Path, "takes a value, not keys of its own.");
        }
    }

    private static void CheckCluster(IConfigurationSection cluster, string runtime)
    {
        if (cluster.GetChildren().FirstOrDefault() is { } key && runtime != "Orleans")
            throw new SettingsException(
                key.Path,
                "has a meaning only in a build with ActorRuntime=Orleans; this one is a single process."
            );
        foreach (var port in (string[])["SiloPort", "GatewayPort"])
            _ = Port(cluster, port);
    }

    private static string? ConnectionIn(IConfiguration configuration)
    {
        const string Key = "ConnectionStrings:Plant";
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(parts.Host) ? throw new SettingsException(Key, "names no Host.") : text;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            // The driver's message may repeat the value, and with it a password: only the shape is told.
            throw new SettingsException(Key, "is not a PostgreSQL connection string (Host=…;Database=…;Username=…;Password=…).");
        }
    }

    private static TimeZoneInfo ZoneIn(IConfigurationSection plant)
    {
        if (Text(plant, "TimeZone") is not { } name)
            return TimeZoneInfo.Local;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new SettingsException("Plant:TimeZone", $"'{name}' is not a time zone known here (such as America/Bogota).");
    }

    private static string LanguageIn(IConfigurationSection plant) =>
        Text(plant, "Language") switch
        {
            null or "es" => "es",
            "en" => "en",
            var other => throw new SettingsException("Plant:Language", $"'{other}' is neither es nor en."),
        };

    private static MailSettings? MailIn(IConfigurationSection mail)
    {
        RefuseUnknown(mail, MailKeys);
        if (!mail.GetChildren().Any())
            return null;
        var host =
            Text(mail, "Host")
            ?? throw new SettingsException("Plant:Mail:Host", "is missing, though other keys under Plant:Mail are set.");
        var sender =
            Text(mail, "Sender")
            ?? throw new SettingsException("Plant:Mail:Sender", "is missing: the address that mails come from.");
        if (!System.Net.Mail.MailAddress.TryCreate(sender, out _))
            throw new SettingsException("Plant:Mail:Sender", $"'{sender}' is not a mail address.");
        return new MailSettings(
            host,
            Port(mail, "Port") ?? 25,
            Bool(mail, "StartTls") ?? false,
            Text(mail, "User"),
            Text(mail, "Password"),
            sender,
            TrustedIn(mail)
        );
    }

    private static string? TrustedIn(IConfigurationSection mail)
    {
        var file = Text(mail, "TrustedCertificate");
        return file is null || File.Exists(file)
            ? file
            : throw new SettingsException("Plant:Mail:TrustedCertificate", $"there is no file '{file}'.");
    }

    private static string UrlsIn(IConfiguration configuration)
    {
        var urls = configuration["Urls"] is { Length: > 0 } text ? text : "http://127.0.0.1:5080";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                if (BindingAddress.Parse(url) is { Scheme: not ("http" or "https") })
                    throw new FormatException();
            }
            catch (FormatException)
            {
                throw new SettingsException("Urls", $"'{url}' is not an address such as http://127.0.0.1:5080.");
            }
        }
        return urls;
    }

    private static string? Text(IConfigurationSection section, string key) => section[key] is { Length: > 0 } text ? text : null;

    private static bool? Bool(IConfigurationSection section, string key)
    {
        if (Text(section, key) is not { } text)
            return null;
        return bool.TryParse(text, out var value)
            ? value
            : throw new SettingsException($"{section.Path}:{key}", $"'{text}' is neither true nor false.");
    }

    private static int? Port(IConfigurationSection section, string key)
    {
        if (Text(section, key) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new SettingsException($"{section.Path}:{key}", $"'{text}' is not a port (1–65535).");
    }
}

/// <summary>An SMTP server.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1–65535.</param>
/// <param name="StartTls">Whether to ask for encryption.</param>
/// <param name="User">Null: no sign-in.</param>
/// <param name="Password">Goes with the user.</param>
/// <param name="Sender">The address that mails come from.</param>
/// <param name="TrustedCertificate">PEM file of who vouches for the server; null: the machine's authorities.</param>
public sealed record MailSettings(
    string Host,
    int Port,
    bool StartTls,
    string? User,
    string? Password,
    string Sender,
    string? TrustedCertificate
);
