namespace Manufactura.Domain.Requisitions;

/// <summary>
/// How long a mail that was not accepted waits before it is tried again: 5 s, doubled each time up to 15 minutes. It is given up after
/// about twelve hours, or after about ten minutes of a server that says never (5xx).
/// </summary>
public static class MailRetry
{
    private const int MostAttempts = 56;
    private const int MostRefusals = 8;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The wait after the attempt of this number (from 1); null when it is given up.</summary>
    /// <param name="permanent">The server refused for good.</param>
    public static TimeSpan? After(int attempt, bool permanent)
    {
        if (attempt >= (permanent ? MostRefusals : MostAttempts))
            return null;
        var wait = First;
        for (var i = 1; i < attempt && wait < Longest; i++)
            wait *= 2;
        return wait < Longest ? wait : Longest;
    }
}
