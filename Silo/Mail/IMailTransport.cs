using Manufactura.Storage.Queries;

namespace Manufactura.Silo.Mail;

/// <summary>What is known of one attempt. Not <paramref name="Accepted"/> also where the answer was lost.</summary>
/// <param name="Permanent">The server refused for good (5xx).</param>
/// <param name="Note">Why not; or where it is kept.</param>
public sealed record Delivery(bool Accepted, bool Permanent, string? Note)
{
    /// <summary>The server took the mail over.</summary>
    public static Delivery Done { get; } = new(true, false, null);
}

/// <summary>Gets one mail out of the house. Never throws for what a server or network does.</summary>
public interface IMailTransport
{
    Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken ct);
}
