using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Domain.Screens;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Screens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace Manufactura.Dashboard.Pages.Screens;

/// <summary>Designs a wall screen: panels on a grid, at most seven, on as many pages as wanted.</summary>
public sealed partial class EditPage
{
    private static readonly (int Width, int Height)[] Sizes = [(3, 3), (2, 3), (3, 2), (2, 2), (1, 2), (2, 1), (1, 1)];

    private ScreenLayout? _layout;
    private string _name = "";
    private int _page = 1;
    private int _chosen = -1;
    private string? _problem;
    private bool _saved;
    private bool _busy;
    private bool _missing;

    [Parameter]
    public string? Name { get; set; }

    [Inject]
    private IGrainFactory Grains { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [CascadingParameter]
    private CurrentUser Me { get; set; } = CurrentUser.Nobody;

    private int Pages => Math.Max(_page, _layout!.Panels.Length == 0 ? 1 : _layout.Panels.Max(p => p.Page));

    private ScreenPanel? Chosen => _chosen >= 0 && _chosen < _layout!.Panels.Length ? _layout.Panels[_chosen] : null;

    private IReadOnlyList<(string Text, string Path)> Above => [(T["Screens"], "screens")];

    private Choice[] Themes => [new("dark", T["ThemeDark"]), new("light", T["ThemeLight"])];

    protected override async Task OnParametersSetAsync()
    {
        if (Name is null)
        {
            _layout ??= new ScreenLayout("", "", "dark", Screen.MaxGrid, Screen.MaxGrid, 30, []);
            return;
        }

        var found = await Grains.GetGrain<IScreenGrain>(Name).Get();
        (_layout, _missing) = (found.Value, found.Value is null);
    }

    private (string Text, int Value, Func<int, ScreenPanel> Change)[] Places(ScreenPanel p) =>
        [
            ("Column", p.Column, v => p with { Column = v }),
            ("Row", p.Row, v => p with { Row = v }),
            ("Width", p.Width, v => p with { Width = v }),
            ("Height", p.Height, v => p with { Height = v }),
        ];

    private void Rename(string? title) => _layout = _layout! with { Title = title ?? "" };

    private void Turn(int page) => (_page, _chosen) = (page, -1);

    /// <summary>Puts a panel of the largest size that has room on this page.</summary>
    private void Add(PanelKind kind)
    {
        _problem = null;
        var room = _layout!;
        var place = (
            from size in Sizes
            from row in Enumerable.Range(1, room.Rows)
            from column in Enumerable.Range(1, room.Columns)
            let panel = new ScreenPanel(kind, _page, column, row, size.Width, size.Height)
            where Fits(panel, -1)
            select panel
        ).FirstOrDefault();
        if (place is null)
        {
            _problem = T["NoRoom"];
            return;
        }

        _layout = room with { Panels = room.Panels.Add(place) };
        _chosen = room.Panels.Length;
    }

    /// <summary>Changes the chosen panel where there is room for it.</summary>
    private void Put(ScreenPanel panel)
    {
        (_problem, _saved) = (null, false);
        if (Fits(panel, _chosen))
            _layout = _layout! with { Panels = _layout.Panels.SetItem(_chosen, panel) };
    }

    private void Remove()
    {
        _layout = _layout! with { Panels = _layout.Panels.RemoveAt(_chosen) };
        _chosen = -1;
    }

    /// <summary>Arrows move a panel, with Shift they resize it, Delete takes it away.</summary>
    private void Press((int Index, KeyboardEventArgs Key) press)
    {
        _chosen = press.Index;
        if (Chosen is not { } panel)
            return;
        if (press.Key.Key == "Delete")
        {
            Remove();
            return;
        }

        var (dx, dy) = press.Key.Key switch
        {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            _ => (0, 0),
        };
        if ((dx, dy) != (0, 0))
            Put(
                press.Key.ShiftKey
                    ? panel with
                    {
                        Width = panel.Width + dx,
                        Height = panel.Height + dy,
                    }
                    : panel with
                    {
                        Column = panel.Column + dx,
                        Row = panel.Row + dy,
                    }
            );
    }

    private bool Fits(ScreenPanel p, int index) =>
        p is { Column: >= 1, Row: >= 1, Width: >= 1, Height: >= 1 }
        && p.Column + p.Width - 1 <= _layout!.Columns
        && p.Row + p.Height - 1 <= _layout.Rows
        && !_layout.Panels.Where((_, i) => i != index).Any(other => Place(other).Overlaps(Place(p)));

    private static Panel Place(ScreenPanel p) => new(p.Kind, p.Page, p.Column, p.Row, p.Width, p.Height);

    private static string? Clean(object? value) => value is string { Length: > 0 } text ? text.Trim() : null;

    private async Task SaveAsync()
    {
        if (!Me.May(Domain.Access.Permission.ManageMasterData))
            return;
        (_problem, _saved, _busy) = (null, false, true);
        var name = Name ?? _name.Trim();
        var answer = ScreenRules.Name(name) is { } bad
            ? bad
            : await Grains.GetGrain<IScreenGrain>(name).Save(_layout!, new CommandContext(Me.Name));
        _busy = false;
        if (answer.Problem is { } problem)
        {
            _problem =
                Name is null && problem.Code == "stale" ? T["Exists"]
                : Hosting.Languages.Current == "en" ? problem.En
                : problem.Es;
            return;
        }

        (_layout, _saved) = (answer.Value, true);
        if (Name is null)
            Navigation.NavigateTo($"screens/{name}/edit");
    }

    private async Task DeleteAsync()
    {
        var sure = await Dialogs.Confirm(
            T["DeleteAsk", _layout!.Title],
            T["Delete"],
            new ConfirmOptions { OkButtonText = T["Delete"], CancelButtonText = T["Back"] }
        );
        if (sure != true || !Me.May(Domain.Access.Permission.ManageMasterData))
            return;
        await Grains.GetGrain<IScreenGrain>(Name!).Delete(new CommandContext(Me.Name));
        Navigation.NavigateTo("screens");
    }
}
