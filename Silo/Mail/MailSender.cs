using Manufactura.Domain.Requisitions;
using Manufactura.Grains;
using Manufactura.Grains.Requisitions;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Silo.Mail;

/// <summary>
/// Empties the outbox, in one process of all. A mail is marked sent only once a server has accepted it, and what is known of an
/// attempt is written before the next one begins, however long the database takes; so a mail goes out twice only where its acceptance
/// was never received.
/// </summary>
public sealed class MailSender(
    MailOutbox outbox,
    IMailTransport transport,
    SalesQueries sales,
    ICommitLog log,
    PlantClock clock,
    MailOptions options,
    TimeProvider time,
    ILogger<MailSender> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var turn = await outbox.TryTakeAsync(stoppingToken);
                while (turn is not null)
                    if (!await SendNextAsync(turn, stoppingToken))
                        await Task.Delay(options.Poll, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Sending mail pauses and starts again");
            }

            await Task.Delay(options.Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One mail, read just before it is sent, since another process sends once this one has lost its turn.</summary>
    private async Task<bool> SendNextAsync(MailTurn turn, CancellationToken ct)
    {
        if (await turn.DueAsync(clock.Now, 1, ct) is not [var mail])
            return false;
        var delivery = await transport.DeliverAsync(mail, ct);
        if (delivery.Accepted)
            logger.LogInformation("Mail {MessageId} was accepted", mail.MessageId);
        else
            logger.LogWarning("Mail {MessageId} was not accepted: {Reason}", mail.MessageId, delivery.Note);
        // An acceptance that only memory knows is written before the host may end.
        await RecordAsync(mail, delivery, delivery.Accepted ? CancellationToken.None : ct);
        return true;
    }

    private async Task RecordAsync(OutgoingMail mail, Delivery delivery, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                if (await TryRecordAsync(mail, delivery) is CommitResult.Committed)
                    return;
                // Somebody touched the mail or its requisition meanwhile. What the server took is sent, whatever they wanted.
                if (mail.Requisition is null || await outbox.OfRequisitionAsync(mail.Requisition, ct) is not { } now)
                    return;
                if (now.State != "queued" && !delivery.Accepted)
                    return;
                mail = now;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "What became of mail {MessageId} could not be written yet", mail.MessageId);
            }

            await Task.Delay(options.Poll, time, ct);
        }
    }

    private async Task<CommitResult> TryRecordAsync(OutgoingMail mail, Delivery delivery)
    {
        var now = clock.Now;
        var attempts = mail.Attempts + 1;
        var wait = delivery.Accepted ? null : MailRetry.After(attempts, delivery.Permanent);
        var state =
            delivery.Accepted ? MailState.Sent
            : wait is null ? MailState.Failed
            : MailState.Queued;
        var work = new UnitOfWork();
        work.Add(
            new MailUpdate(
                mail.MessageId,
                mail.Attempts,
                state switch
                {
                    MailState.Sent => "sent",
                    MailState.Failed => "failed",
                    _ => "queued",
                },
                attempts,
                now + (wait ?? TimeSpan.Zero),
                delivery.Note,
                delivery.Accepted ? now : null
            )
        );
        if (state != MailState.Queued && mail.Requisition is { } number && await sales.RequisitionAsync(number) is { } row)
        {
            var before = RequisitionRows.Of(row);
            work.Update(before, before with { Mail = state, Version = before.Version + 1 }, "system", now);
        }

        return await log.CommitAsync(work);
    }
}
