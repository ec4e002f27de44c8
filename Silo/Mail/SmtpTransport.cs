using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using Manufactura.Storage.Queries;

namespace Manufactura.Silo.Mail;

/// <summary>
/// Hands mails to an SMTP server (RFC 5321), one connection each. A mail counts as accepted only by a 250 to its end; whatever goes
/// wrong before that, and a lost answer too, is "not accepted".
/// </summary>
public sealed class SmtpTransport(MailOptions options, TimeProvider time) : IMailTransport
{
    private const int ImplicitTlsPort = 465;

    public async Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken ct)
    {
        if (!IsAddress(mail.Recipient))
            return new(false, true, $"'{mail.Recipient}' is not an address that SMTP can carry.");
        try
        {
            using var session = await SmtpSession.OpenAsync(options.Host!, options.Port, options.ReplyWithin, ct);
            if (options.Port == ImplicitTlsPort)
                await session.EncryptAsync(options.Host!, options.TrustedCertificate, ct);
            await session.ExpectAsync(220, ct);
            var offers = await HelloAsync(session, ct);
            if (options.StartTls && options.Port != ImplicitTlsPort)
            {
                await session.CommandAsync("STARTTLS", 220, ct);
                await session.EncryptAsync(options.Host!, options.TrustedCertificate, ct);
                offers = await HelloAsync(session, ct);
            }

            if (options.User is { } user)
                await session.SignInAsync(offers, user, options.Password ?? "", ct);
            await session.CommandAsync($"MAIL FROM:<{options.From}>", 250, ct);
            await session.CommandAsync($"RCPT TO:<{mail.Recipient}>", 250, ct);
            await session.CommandAsync("DATA", 354, ct);
            await session.DataAsync(MimeText.Write(mail, options.From, time.GetUtcNow()), options.AcceptWithin);
            await session.QuitAsync();
            return Delivery.Done;
        }
        catch (SmtpRefusal refusal)
        {
            return new(false, refusal.Code >= 500, refusal.Message);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or SocketException
                        or AuthenticationException
                        or TimeoutException
                        or UnauthorizedAccessException
                        or System.Security.Cryptography.CryptographicException
                || (e is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            return new(false, false, e.Message);
        }
    }

    private static async Task<IReadOnlyList<string>> HelloAsync(SmtpSession session, CancellationToken ct) =>
        await session.CommandAsync("EHLO " + SmtpSession.ClientName, 250, ct);

    /// <summary>What may stand between the angle brackets of a command.</summary>
    private static bool IsAddress(string text) =>
        text.Length is > 2 and <= 254
        && text.Contains('@', StringComparison.Ordinal)
        && text.All(c => c is > ' ' and < '\x7f' and not '<' and not '>');
}
