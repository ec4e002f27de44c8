using System.Globalization;
using System.Text;
using Manufactura.Storage.Queries;

namespace Manufactura.Silo.Mail;

/// <summary>A plain-text mail as it goes over the wire (RFC 5322, 2045, 2047): ASCII lines of at most 78 characters, CRLF.</summary>
public static class MimeText
{
    private const int EncodedBytesPerWord = 42;
    private const int Base64PerLine = 76;

    /// <summary>The whole mail, ending in CRLF.</summary>
    public static string Write(OutgoingMail mail, string sender, DateTimeOffset date)
    {
        var text = new StringBuilder();
        Header(text, "Date", date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(date.Offset));
        Header(text, "From", OneLine(sender));
        Header(text, "To", OneLine(mail.Recipient));
        Header(text, "Subject", Words(OneLine(mail.Subject)));
        Header(text, "Message-ID", OneLine(mail.MessageId));
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", "text/plain; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "base64");
        text.Append("\r\n");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(mail.Body.ReplaceLineEndings("\r\n")));
        for (var at = 0; at < body.Length; at += Base64PerLine)
            text.Append(body, at, Math.Min(Base64PerLine, body.Length - at)).Append("\r\n");
        return text.ToString();
    }

    private static void Header(StringBuilder text, string name, string value) =>
        text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    /// <summary>A line end inside a value would begin another header.</summary>
    private static string OneLine(string value) => string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>As it is if ASCII, else as encoded words, none of which splits a character.</summary>
    private static string Words(string value)
    {
        if (Ascii.IsValid(value))
            return value;
        var words = new StringBuilder();
        var part = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (part.Count + length > EncodedBytesPerWord)
                Flush(words, part);
            part.AddRange(bytes[..length]);
        }

        Flush(words, part);
        return words.ToString();
    }

    private static void Flush(StringBuilder words, List<byte> part)
    {
        words.Append(words.Length > 0 ? "\r\n " : "").Append("=?utf-8?B?").Append(Convert.ToBase64String([.. part])).Append("?=");
        part.Clear();
    }
}
