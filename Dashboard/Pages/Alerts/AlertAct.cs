using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Alerts;

/// <summary>What somebody does with an alert, or with all of its cause.</summary>
/// <param name="Call">The last part of the call's address.</param>
public sealed record AlertAct(AlertRow Alert, string Call, string? Note = null, DateTimeOffset? Until = null, bool Group = false)
{
    public const string Take = "acknowledge";
    public const string Shelve = "shelve";
    public const string Unshelve = "unshelve";

    /// <summary>The body of the call.</summary>
    public object Body =>
        Call switch
        {
            Take => new { note = Note, group = Group },
            Shelve => new
            {
                until = Until,
                note = Note,
                group = Group,
            },
            _ => new { },
        };
}
