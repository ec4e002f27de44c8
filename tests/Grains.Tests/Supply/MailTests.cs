using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Silo.Mail;
using Microsoft.Extensions.Hosting;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>The mail to the supplier, over a real SMTP server that fails in every way.</summary>
public sealed class MailTests : IAsyncLifetime
{
    private readonly SupplyPlant plant = new();
    private readonly string folder = Path.Combine(Path.GetTempPath(), "manufactura-mail-" + Guid.NewGuid().ToString("N"));
    private readonly int port = SmtpServer.FreePort();

    public async Task InitializeAsync()
    {
        await plant.InitializeAsync();
        plant.Mail = new(folder, "127.0.0.1", port, Sender: "planta@fabrica.example") { Poll = TimeSpan.FromMilliseconds(50) };
    }

    public async Task DisposeAsync()
    {
        await plant.DisposeAsync();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_accepted_mail_says_what_is_needed_and_is_sent_once()
    {
        await using var server = SmtpServer.Start(port);
        var (_, number) = await ShortOfWoodAsync();
        await SentAsync(number);
        var mail = Assert.Single(server.Received);
        Assert.Equal(($"<{number}@fabrica.example>", "ventas@maderas.example"), (mail.Id, mail.To.Single()));
        Assert.Equal($"Requisición {number}", mail.Subject);
        Assert.Contains("Madera de pino señalada (WOOD): 25 m", mail.Body);
        plant.Clock.Advance(TimeSpan.FromDays(1));
        await Task.Delay(500);
        Assert.Single(server.Received);
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("later")]
    [InlineData("full")]
    [InlineData("drop-before-data")]
    [InlineData("drop-in-data")]
    public async Task A_mail_that_was_not_taken_is_tried_again_until_it_is(string mode)
    {
        await using var server = SmtpServer.Start(port, mode);
        var (_, number) = await ShortOfWoodAsync();
        await AttemptsAsync(1);
        Assert.Empty(server.Received);
        Assert.Equal("queued", (await plant.RequisitionAsync(number)).Mail);
        server.Do("accept");
        plant.Clock.Advance(TimeSpan.FromSeconds(6));
        await SentAsync(number);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_lost_acceptance_is_sent_again_under_the_same_id()
    {
        await using var server = SmtpServer.Start(port, "drop-after-data");
        var (_, number) = await ShortOfWoodAsync();
        await AttemptsAsync(1);
        Assert.Equal("queued", (await plant.RequisitionAsync(number)).Mail);
        server.Do("accept");
        plant.Clock.Advance(TimeSpan.FromSeconds(6));
        await SentAsync(number);
        Assert.Equal(["drop-after-data", "accept"], server.Received.Select(m => m.Mode));
        Assert.Single(server.Received.Select(m => m.Id).Distinct());
    }

    [Fact]
    public async Task A_slow_server_gets_the_mail_once()
    {
        await using var server = SmtpServer.Start(port, "slow3");
        plant.Mail = plant.Mail! with { ReplyWithin = TimeSpan.FromSeconds(2) };
        var (_, number) = await ShortOfWoodAsync();
        await SentAsync(number);
        Assert.Single(server.Received);
        Assert.Equal(1, await plant.AskAsync<int>("select attempts from outgoing_mail"));
    }

    [Fact]
    public async Task A_server_that_is_down_gets_it_when_it_is_up_also_from_another_process()
    {
        var (host, number) = await ShortOfWoodAsync();
        await AttemptsAsync(1);
        var second = await plant.StartAsync();
        await plant.StopAsync(host);
        plant.Clock.Advance(TimeSpan.FromSeconds(6));
        await AttemptsAsync(2);
        await using var server = SmtpServer.Start(port);
        plant.Clock.Advance(TimeSpan.FromSeconds(11));
        await SentAsync(number);
        Assert.Single(server.Received);
        await plant.StopAsync(second);
    }

    [Fact]
    public async Task A_server_that_is_down_for_an_hour_gets_it_once_as_soon_as_it_is_asked_again()
    {
        var (_, number) = await ShortOfWoodAsync();
        var start = plant.Clock.GetUtcNow();
        for (var attempt = 1; plant.Clock.GetUtcNow() - start < TimeSpan.FromHours(1); attempt++)
        {
            await AttemptsAsync(attempt);
            Assert.Equal("queued", (await plant.RequisitionAsync(number)).Mail);
            plant.Clock.Set(await NextAttemptAsync());
        }

        await using var server = SmtpServer.Start(port);
        plant.Clock.Advance(TimeSpan.FromMinutes(15));
        await SentAsync(number);
        Assert.Equal($"<{number}@fabrica.example>", Assert.Single(server.Received).Id);
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_long_is_given_up_told_and_can_be_sent_again_by_hand()
    {
        await using var server = SmtpServer.Start(port, "refuse");
        var (host, number) = await ShortOfWoodAsync();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await AttemptsAsync(attempt);
            plant.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        await UntilAsync(async () => (await plant.RequisitionAsync(number)).Mail == "failed", "it is given up");
        Assert.Equal("active", (await plant.AlertsAsync("mail-failed")).Single().State);
        server.Do("accept");
        (await Grain<IRequisitionGrain>(host, number).SendAgain(Ana)).Ok();
        await SentAsync(number);
        Assert.Equal("cleared", (await plant.AlertsAsync("mail-failed")).Single().State);
        Assert.Equal($"<{number}@fabrica.example>", Assert.Single(server.Received).Id);
    }

    [Fact]
    public async Task Two_processes_send_every_mail_once()
    {
        await using var server = SmtpServer.Start(port);
        var host = await plant.StartAsync();
        await plant.StartAsync();
        var sales = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => plant.SaleAsync(host, null, ("CHAIR", 10))));
        await Task.WhenAll(sales.Select(s => s.Confirm(Ana)));
        await UntilAsync(
            async () => await plant.AskAsync<long>("select count(*) from outgoing_mail where state = 'sent'") == 20,
            "all are sent"
        );
        Assert.Equal(20, server.Received.Count);
        Assert.Equal(20, server.Received.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public async Task Without_a_server_mails_are_kept_as_files()
    {
        plant.Mail = new(folder) { Poll = TimeSpan.FromMilliseconds(50) };
        var (_, number) = await ShortOfWoodAsync();
        await SentAsync(number);
        var file = Path.Combine(folder, $"{number}@manufactura.local.eml");
        Assert.Contains($"Message-ID: <{number}@manufactura.local>", await File.ReadAllTextAsync(file));
        Assert.Equal($"file: {Path.GetFileName(file)}", await plant.AskAsync<string>("select last_error from outgoing_mail"));
    }

    [Theory]
    [InlineData("x\r\nBcc: y@z.example", "Subject: x  Bcc: y@z.example\r\n")]
    [InlineData("plain", "Subject: plain\r\n")]
    [InlineData("Ñandú", "Subject: =?utf-8?B?w5FhbmTDug==?=\r\n")]
    public void A_header_is_one_header(string subject, string expected) =>
        Assert.Contains(expected, MimeText.Write(new("<a@b>", null, "c@d", subject, "hola", 0), "e@f", DateTimeOffset.UnixEpoch));

    /// <summary>A confirmed sale that lacks 25 m of wood (screws there are), and the requisition for them.</summary>
    private async Task<(IHost Host, string Requisition)> ShortOfWoodAsync()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "x", "SCREW", 100);
        var sale = await plant.SaleAsync(host, null, ("CHAIR", 10));
        return (host, (await sale.Confirm(Ana)).Ok().Requisitions.Single().Number);
    }

    private async Task<DateTimeOffset> NextAttemptAsync() =>
        await plant.AskAsync<DateTime>("select next_attempt_at from outgoing_mail");

    private Task SentAsync(string number) =>
        UntilAsync(async () => (await plant.RequisitionAsync(number)).Mail == "sent", "the mail is sent");

    private Task AttemptsAsync(int count) =>
        UntilAsync(async () => await plant.AskAsync<int>("select attempts from outgoing_mail") >= count, $"attempt {count}");
}
