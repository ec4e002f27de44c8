using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.JSInterop;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>
/// Moves the keyboard to the heading of a page that somebody navigated to. Not on the page that a browser loads: it is announced
/// anyway, and by the time its circuit is up somebody may be typing in it.
/// </summary>
public sealed class HeadingFocus : ComponentBase
{
    private Type? _page;
    private bool _due;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    /// <summary>The page that is shown now.</summary>
    [Parameter, EditorRequired]
    public RouteData RouteData { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (_page == RouteData.PageType)
            return;
        _due = _page is not null;
        _page = RouteData.PageType;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_due)
            return;
        _due = false;
        await Js.InvokeVoidAsync("plantFocusHeading");
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        // Draws nothing.
    }
}
