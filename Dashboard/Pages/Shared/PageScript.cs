using System.Text;
using Microsoft.JSInterop;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>What only the browser can do for a page: save a file, print.</summary>
public sealed class PageScript(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;

    /// <summary>Saves a text as a file on the person's device.</summary>
    public async Task SaveAsync(string name, string type, string text)
    {
        using var stream = new DotNetStreamReference(
            new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)])
        );
        await (await ModuleAsync()).InvokeVoidAsync("save", name, type, stream);
    }

    /// <summary>Puts the cursor into the field of a table's row.</summary>
    public async Task FocusRowAsync(string row) => await (await ModuleAsync()).InvokeVoidAsync("focusRow", row);

    /// <summary>Opens the browser's print dialog.</summary>
    public async Task PrintAsync() => await (await ModuleAsync()).InvokeVoidAsync("print");

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        module ??= await js.InvokeAsync<IJSObjectReference>("import", "/js/pages.js");
}
