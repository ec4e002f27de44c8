using System.Text;
using Manufactura.Storage.Queries;

namespace Manufactura.Silo.Mail;

/// <summary>Keeps mails as <c>.eml</c> files, one per Message-ID, written whole or not at all.</summary>
public sealed class FileTransport(MailOptions options, TimeProvider time) : IMailTransport
{
    public async Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken ct)
    {
        var name = string.Concat(
            mail.MessageId.Trim('<', '>').Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '@' ? c : '_')
        );
        var path = Path.Combine(options.Directory, name + ".eml");
        try
        {
            Directory.CreateDirectory(options.Directory);
            var half = path + ".tmp";
            await using (var file = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(Encoding.ASCII.GetBytes(MimeText.Write(mail, options.From, time.GetUtcNow())), ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, path, overwrite: true);
            return Delivery.Done with { Note = "file: " + Path.GetFileName(path) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(false, false, e.Message);
        }
    }
}
