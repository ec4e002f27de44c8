using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Manufactura.Silo.Settings;

public sealed partial record PlantSettings
{
    internal static void RefuseUnknown(IConfigurationSection section, string[] known)
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
            if (!child.Key.EndsWith("Mail", StringComparison.OrdinalIgnoreCase) && child.GetChildren().Any())
                throw new SettingsException(child.Path, "takes a value, not keys of its own.");
        }
    }

    private static void CheckCluster(IConfigurationSection cluster, string runtime, bool connected)
    {
        if (cluster.GetChildren().FirstOrDefault() is { } key && runtime != "Orleans")
            throw new SettingsException(
                key.Path,
                "has a meaning only in a build with ActorRuntime=Orleans; this one is a single process."
            );
        if (!connected && ClusterIn(cluster, alone: true).Node == NodeKind.Client)
            throw new SettingsException("Cluster:Node", "a Client needs the silos' database: set ConnectionStrings:Plant.");
    }

    private static string? ConnectionIn(IConfiguration configuration, string? password)
    {
        const string Key = "ConnectionStrings:Plant";
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(parts.Host))
                throw new SettingsException(Key, "names no Host.");
            if (password is null)
                return text;
            parts.Password = password;
            return parts.ConnectionString;
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
            Secret(mail, "Password"),
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

    /// <param name="alone">The process has a database of its own, so nobody looks for it: any free port will do.</param>
    private static ClusterSettings ClusterIn(IConfigurationSection cluster, bool alone) =>
        new(
            Text(cluster, "Node") switch
            {
                null or "Silo" => NodeKind.Silo,
                "Client" => NodeKind.Client,
                var other => throw new SettingsException("Cluster:Node", $"'{other}' is neither Silo nor Client."),
            },
            Text(cluster, "ClusterId") ?? "manufactura",
            Text(cluster, "Address") ?? (alone ? "127.0.0.1" : null),
            Port(cluster, "SiloPort") ?? (alone ? FreePort() : 11111),
            Port(cluster, "GatewayPort") ?? (alone ? FreePort() : 30000),
            TimeSpan.FromSeconds(Number(cluster, "ProbeSeconds", 1, 60, "a number of seconds") ?? 3)
        );

    private static string UrlsIn(IConfiguration configuration, string defaultUrls)
    {
        var urls = configuration["Urls"] is { Length: > 0 } text ? text : defaultUrls;
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int? Port(IConfigurationSection section, string key) => Number(section, key, 1, 65535, "a port");

    private static int? Number(IConfigurationSection section, string key, int least, int most, string what)
    {
        if (Text(section, key) is not { } text)
            return null;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : throw new SettingsException($"{section.Path}:{key}", $"'{text}' is not {what} ({least}–{most}).");
    }

    /// <summary>The value of a key, or what stands in the file that the key with <c>File</c> behind it names.</summary>
    private static string? Secret(IConfigurationSection section, string key)
    {
        if (Text(section, key + "File") is not { } file)
            return Text(section, key);
        if (Text(section, key) is not null)
            throw new SettingsException($"{section.Path}:{key}File", $"and {section.Path}:{key} are both set.");
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } text
                ? text
                : throw new SettingsException($"{section.Path}:{key}File", $"'{file}' is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{section.Path}:{key}File", $"'{file}' cannot be read.");
        }
    }
}
