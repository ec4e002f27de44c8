using Manufactura.Dashboard.Live;
using Manufactura.Grains;
using Microsoft.AspNetCore.Components;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>A page that shows the plant as it changes, with its filters in the address, so that a view can be passed on.</summary>
public abstract class PlantPage : PlantPart, IDisposable
{
    private PlantWatch? watch;

    [Inject]
    protected PlantClock Plant { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private LiveFeed Feed { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>Rises when what the page shows has changed.</summary>
    protected int Stamp { get; private set; }

    /// <summary>Starts following events whose subjects begin with one of these, such as <c>lot:</c>.</summary>
    protected void Watch(params string[] prefixes)
    {
        if (RendererInfo.IsInteractive && watch is null)
            watch = new PlantWatch(Feed, Time, prefixes, () => InvokeAsync(ChangedAsync));
    }

    /// <summary>Reads what the page itself shows; lists read by <see cref="Stamp"/>.</summary>
    protected virtual Task RefreshAsync() => Task.CompletedTask;

    /// <summary>This address with one filter changed; an empty one leaves it.</summary>
    protected string With(string name, object? value) =>
        Navigation.GetUriWithQueryParameter(
            name,
            value as string is { } text && string.IsNullOrWhiteSpace(text) ? null : value?.ToString()
        );

    protected void Go(string name, object? value) => Navigation.NavigateTo(With(name, value));

    /// <summary>As filters take it.</summary>
    protected static string[] One(string? value) => string.IsNullOrWhiteSpace(value) ? [] : [value.Trim()];

    public void Dispose()
    {
        watch?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ChangedAsync()
    {
        await RefreshAsync();
        Stamp++;
        StateHasChanged();
    }
}
