using Manufactura.Grains.Alerts;

namespace Manufactura.Silo.Mail;

/// <summary>Where the plant's mails go. Without a <see cref="Host"/> they are kept as files.</summary>
/// <param name="Directory">Absolute folder for <c>.eml</c> files.</param>
/// <param name="Host">SMTP server, or null.</param>
/// <param name="Port">1–65535; 465 speaks TLS from the start.</param>
/// <param name="StartTls">Nothing is sent unless the server takes up encryption.</param>
/// <param name="User">Null: no sign-in.</param>
/// <param name="Sender">The address that mails come from; its host stands in every Message-ID.</param>
public sealed record MailOptions(
    string Directory,
    string? Host = null,
    int Port = 25,
    bool StartTls = false,
    string? User = null,
    string? Password = null,
    string? Sender = null
)
{
    /// <summary>Who is told of alerts.</summary>
    public AlertRecipients Alerts { get; init; } = AlertRecipients.Nobody;

    /// <summary>PEM file of the authority, or of the server itself, that is trusted instead of the machine's own; null: those.</summary>
    public string? TrustedCertificate { get; init; }

    /// <summary>How long a server may take for one answer.</summary>
    public TimeSpan ReplyWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long it may take to accept the whole mail: patience here is what keeps a slow server from getting it twice.</summary>
    public TimeSpan AcceptWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the outbox is looked at.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The address that mails come from.</summary>
    public string From => Sender ?? "manufactura@localhost";
}
