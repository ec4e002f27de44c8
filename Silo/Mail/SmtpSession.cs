using System.Globalization;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Manufactura.Silo.Mail;

/// <summary>The server said no; the code is what it answered.</summary>
internal sealed class SmtpRefusal(int code, string message) : Exception(message)
{
    public int Code => code;
}

/// <summary>One conversation with an SMTP server: commands, answers of several lines, encryption, sign-in, the mail itself.</summary>
internal sealed class SmtpSession : IDisposable
{
    /// <summary>What the client calls itself: an address literal needs no name that resolves.</summary>
    public const string ClientName = "[127.0.0.1]";

    private const int MostLines = 200;
    private const int LongestLine = 4096;

    private readonly TcpClient client;
    private readonly TimeSpan within;
    private readonly byte[] buffer = new byte[LongestLine];
    private Stream stream;
    private int start;
    private int end;

    private SmtpSession(TcpClient client, TimeSpan within) =>
        (this.client, this.within, stream) = (client, within, client.GetStream());

    public static async Task<SmtpSession> OpenAsync(string host, int port, TimeSpan within, CancellationToken ct)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            using var limit = Limit(within, ct);
            await client.ConnectAsync(host, port, limit.Token);
            return new SmtpSession(client, within);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <param name="trusted">PEM file of who vouches for the server; null: the machine's authorities.</param>
    public async Task EncryptAsync(string host, string? trusted, CancellationToken ct)
    {
        // What a stranger slipped in before the handshake must not be taken for the server's word after it.
        (start, end) = (0, 0);
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = tls;
        using var limit = Limit(within, ct);
        var terms = new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = TrustIn(trusted) };
        await tls.AuthenticateAsClientAsync(terms, limit.Token);
    }

    /// <summary>Sends a line and answers the lines of the expected reply.</summary>
    public async Task<IReadOnlyList<string>> CommandAsync(string line, int expected, CancellationToken ct)
    {
        await SendAsync(line + "\r\n", within, ct);
        return await ExpectAsync(expected, ct);
    }

    /// <exception cref="SmtpRefusal">Another code was answered.</exception>
    public Task<IReadOnlyList<string>> ExpectAsync(int expected, CancellationToken ct) => ExpectAsync(expected, within, ct);

    /// <summary>PLAIN where it is offered, else LOGIN.</summary>
    public async Task SignInAsync(IReadOnlyList<string> offers, string user, string password, CancellationToken ct)
    {
        var ways =
            offers.FirstOrDefault(o => o.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant().Split(' ')
            ?? [];
        if (ways.Contains("PLAIN"))
            await CommandAsync("AUTH PLAIN " + Base64($"\0{user}\0{password}"), 235, ct);
        else if (ways.Contains("LOGIN"))
        {
            await CommandAsync("AUTH LOGIN", 334, ct);
            await CommandAsync(Base64(user), 334, ct);
            await CommandAsync(Base64(password), 235, ct);
        }
        else
            throw new SmtpRefusal(504, "The server offers neither AUTH PLAIN nor AUTH LOGIN.");
    }

    /// <summary>
    /// The mail with its end. From the first byte on it is not given up at the wish of the host: whether the server has taken it must
    /// be known.
    /// </summary>
    public async Task DataAsync(string mail, TimeSpan acceptWithin)
    {
        var stuffed = mail.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        if (stuffed.StartsWith('.'))
            stuffed = "." + stuffed;
        await SendAsync(stuffed + ".\r\n", acceptWithin, CancellationToken.None);
        await ExpectAsync(250, acceptWithin, CancellationToken.None);
    }

    /// <summary>A farewell that may fail: the mail is the server's by now.</summary>
    public async Task QuitAsync()
    {
        try
        {
            await SendAsync("QUIT\r\n", TimeSpan.FromSeconds(1), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or TimeoutException)
        {
            // Nothing depends on it.
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    private async Task SendAsync(string text, TimeSpan time, CancellationToken ct)
    {
        using var limit = Limit(time, ct);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), limit.Token);
        await stream.FlushAsync(limit.Token);
    }

    private async Task<IReadOnlyList<string>> ExpectAsync(int expected, TimeSpan time, CancellationToken ct)
    {
        using var limit = Limit(time, ct);
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await LineAsync(limit.Token);
            if (
                line.Length < 3
                || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            )
                throw new IOException($"Not an SMTP answer: {line}");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-')
                continue;
            return code == expected ? lines : throw new SmtpRefusal(code, $"{code} {string.Join(' ', lines)}");
        }

        throw new IOException("The server's answer has no end.");
    }

    private async Task<string> LineAsync(CancellationToken ct)
    {
        var line = new StringBuilder();
        while (line.Length < LongestLine)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, ct));
                if (end == 0)
                    throw new IOException("The server closed the connection.");
            }

            var c = (char)buffer[start++];
            if (c == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(c);
        }

        throw new IOException("A line of the server's answer is too long.");
    }

    private static X509ChainPolicy? TrustIn(string? file)
    {
        if (file is null)
            return null;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static CancellationTokenSource Limit(TimeSpan time, CancellationToken ct)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(time);
        return limit;
    }
}
