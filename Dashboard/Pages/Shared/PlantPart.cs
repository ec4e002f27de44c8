using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Dashboard.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>A page, form or dialog that sends commands: one at a time, each under its own key, a refusal as the sentence to show.</summary>
public abstract class PlantPart : ComponentBase
{
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);

    [Inject]
    protected IStringLocalizer<PagesTexts> T { get; set; } = default!;

    [Inject]
    protected PlantApi Api { get; set; } = default!;

    [CascadingParameter]
    protected CurrentUser Me { get; set; } = CurrentUser.Nobody;

    /// <summary>Why the last command was not carried out; null when it was.</summary>
    protected string? Problem { get; set; }

    /// <summary>A command is under way.</summary>
    protected bool Busy { get; private set; }

    /// <summary>
    /// Sends a command and answers what came back, or null when it was refused (then <see cref="Problem"/> says why). Until an answer has
    /// come, sending it again is the same command.
    /// </summary>
    protected async Task<ApiAnswer?> SendAsync(string method, string path, object? body = null)
    {
        if (Busy)
            return null;
        (Busy, Problem) = (true, null);
        if (!keys.TryGetValue(method + path, out var key))
            keys[method + path] = key = PlantApi.NewKey();
        var answer = await Api.SendAsync(method, path, body, key);
        Busy = false;
        if (!answer.Unknown)
            keys.Remove(method + path);
        if (answer.Ok)
            return answer;
        Problem = answer.Unknown ? T["NoAnswer"] : answer.Title ?? T["Refused", answer.Status];
        return null;
    }

    /// <summary>A part of a path.</summary>
    protected static string Part(string code) => Uri.EscapeDataString(code);
}
