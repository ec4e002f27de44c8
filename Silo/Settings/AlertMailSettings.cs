using Manufactura.Domain.Access;
using Manufactura.Domain.Alerts;
using Manufactura.Grains.Alerts;
using Microsoft.Extensions.Configuration;

namespace Manufactura.Silo.Settings;

/// <summary>
/// <c>Plant:AlertMail:Supervisor</c> and so on: addresses per role, separated by commas; <c>Plant:AlertMail:Severity</c>: from which
/// severity on, <c>critical</c> unless it says otherwise.
/// </summary>
internal static class AlertMailSettings
{
    public const string Section = "AlertMail";

    private const string SeverityKey = "Severity";
    private static readonly string[] Roles = Enum.GetNames<Role>();

    public static AlertRecipients In(IConfigurationSection section)
    {
        PlantSettings.RefuseUnknown(section, [SeverityKey, .. Roles]);
        var byRole = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var role in Roles)
            if (section[role] is { Length: > 0 } list)
                byRole[role] = Addresses(section.Path + ":" + role, list);
        return new(byRole, SeverityIn(section));
    }

    private static AlertSeverity SeverityIn(IConfigurationSection section) =>
        section[SeverityKey] switch
        {
            null or "" or "critical" => AlertSeverity.Critical,
            "warning" => AlertSeverity.Warning,
            "info" => AlertSeverity.Info,
            var other => throw new SettingsException(
                $"{section.Path}:{SeverityKey}",
                $"'{other}' is none of info, warning, critical."
            ),
        };

    private static string[] Addresses(string key, string list)
    {
        var addresses = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var address in addresses)
            if (!System.Net.Mail.MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
                throw new SettingsException(key, $"'{address}' is not a mail address.");
        return addresses;
    }
}
