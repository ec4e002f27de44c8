using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Manufactura.Silo.Mail;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>Encryption and sign-in, over a real server with a certificate made for the test.</summary>
public sealed class MailSecurityTests : IDisposable
{
    private const string User = "planta";
    private const string Password = "seña-1";
    private static readonly OutgoingMail Mail = new("<RQ-1@b>", null, "ventas@maderas.example", "Hola", "Señores:", 0);

    private readonly string folder = Directory.CreateTempSubdirectory("manufactura-tls-").FullName;
    private readonly int port = SmtpServer.FreePort();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_mail_goes_out_encrypted_and_signed_in()
    {
        await using var server = SmtpServer.Start(port, "accept", Secured());

        var delivery = await DeliverAsync(Options());

        Assert.Equal(Delivery.Done, delivery);
        await SupplyPlant.UntilAsync(() => Task.FromResult(!server.Received.IsEmpty), "the server tells what it took");
        var mail = Assert.Single(server.Received);
        Assert.Equal((true, User, "Señores:"), (mail.Encrypted, mail.User, mail.Body.TrimEnd()));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_said()
    {
        await using var server = SmtpServer.Start(port, "accept", Secured());

        var delivery = await DeliverAsync(Options() with { Password = "otra" });

        Assert.False(delivery.Accepted);
        Assert.Contains("535", delivery.Note);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for()
    {
        await using var server = SmtpServer.Start(port, "accept", Secured());

        var delivery = await DeliverAsync(Options() with { TrustedCertificate = null });

        Assert.Equal((false, false), (delivery.Accepted, delivery.Permanent));
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_clear_where_encryption_was_asked_for()
    {
        Secured();
        await using var server = SmtpServer.Start(port);

        var delivery = await DeliverAsync(Options() with { User = null });

        Assert.False(delivery.Accepted);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_sign_in_is_told_nothing_without_one()
    {
        await using var server = SmtpServer.Start(port, "accept", Secured());

        var delivery = await DeliverAsync(Options() with { User = null });

        Assert.False(delivery.Accepted);
        Assert.Contains("530", delivery.Note);
        Assert.Empty(server.Received);
    }

    private string Certificate => Path.Combine(folder, "server.pem");

    private MailOptions Options() =>
        new(folder, "127.0.0.1", port, StartTls: true, User, Password, "planta@fabrica.example")
        {
            TrustedCertificate = Certificate,
        };

    private static Task<Delivery> DeliverAsync(MailOptions options) =>
        new SmtpTransport(options, TimeProvider.System).DeliverAsync(Mail, CancellationToken.None);

    private string[] Secured()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(Certificate, made.ExportCertificatePem());
        var keyFile = Path.Combine(folder, "server.key");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return [Certificate, keyFile, User, Password];
    }
}
