using System.Collections.Immutable;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Dashboard.Pages.Shared;
using Manufactura.Domain.Access;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Manufactura.Dashboard.Pages.Boms;

/// <summary>One bill of materials: its lines, what they cost, what they are made of, and who uses it.</summary>
public sealed partial class BomPage
{
    private sealed class Line
    {
        public string? Component { get; set; }
        public decimal Quantity { get; set; } = 1;
    }

    private readonly List<Line> _lines = [];
    private IReadOnlyList<Choice> _materials = [];
    private IReadOnlyList<Choice> _products = [];
    private Dictionary<string, string> _units = [];
    private Dictionary<string, object> _quantityLabel = [];
    private IReadOnlyList<string> _codes = [];
    private IReadOnlyList<BomUse> _used = [];
    private IReadOnlyList<Usage> _orders = [];
    private BomSheet? _sheet;
    private string _code = "";
    private string? _material;
    private string? _said;
    private string? _shown;
    private decimal _for = 100;
    private bool _active = true;
    private bool _missing;

    [Parameter]
    public string? Code { get; set; }

    [SupplyParameterFromQuery(Name = "material")]
    private string? ForMaterial { get; set; }

    [SupplyParameterFromQuery(Name = "copy")]
    private string? CopyOf { get; set; }

    private bool Can => Me.May(Permission.ManageMasterData);

    protected override async Task OnInitializedAsync()
    {
        _quantityLabel = new() { ["aria-label"] = T["Quantity"].Value };
        var rows = await AllMaterialsAsync();
        _materials = [.. rows.Select(m => new Choice(m.Code!, m.Name!))];
        _products = [.. rows.Where(m => m.Kind != MaterialKind.RawMaterial).Select(m => new Choice(m.Code!, m.Name!))];
        _units = rows.ToDictionary(m => m.Code!, m => m.Unit!, StringComparer.Ordinal);
    }

    protected override async Task OnParametersSetAsync()
    {
        var shown = $"{Code}|{ForMaterial}|{CopyOf}";
        if (_shown == shown)
            return;
        (_shown, _said, Problem, _missing) = (shown, null, null, false);
        var all = await Recipes.AllAsync();
        _codes = [.. all.Select(b => b.Code!)];
        await OpenAsync(Code ?? CopyOf);
        if (Code is null && CopyOf is { } copy)
            (_code, _active) = (BomDesk.NextVersion(copy, _codes), true);
        else if (Code is null && ForMaterial is { } material)
            await ChooseAsync(material);
        if (Code is not null && _material is not null)
        {
            _orders = await Masters.UsesAsync(MasterTable.Bom, Code);
            _used = await Recipes.UsesAsync(all, _material);
        }
    }

    private async Task OpenAsync(string? code)
    {
        _lines.Clear();
        (_material, _active, _sheet) = (null, true, null);
        if (code is null)
        {
            _lines.Add(new());
            return;
        }

        if (await Masters.FindAsync(MasterTable.Bom, code) is not { } row)
        {
            _missing = true;
            return;
        }

        var bom = MessageJson.Deserialize<BomData>(row.Json);
        (_material, _active) = (bom.Material, bom.Active != false);
        _lines.AddRange(bom.Lines!.Value.Select(l => new Line { Component = l.Component, Quantity = l.Quantity ?? 0 }));
        await WorkOutAsync();
    }

    private async Task<List<MaterialData>> AllMaterialsAsync()
    {
        var all = new List<MaterialData>();
        string? next = null;
        do
        {
            var after = next is null ? null : Cursor.Decode(next, 1);
            var page = await Masters.ListAsync(MasterTable.Material, new(), new PageRequest(PageRequest.MaxLimit, after));
            all.AddRange(page.Items.Select(r => MessageJson.Deserialize<MaterialData>(r.Json)));
            next = page.NextCursor;
        } while (next is not null);
        return all;
    }

    private async Task WorkOutAsync() =>
        _sheet = await Recipes.WorkOutAsync(
            _material ?? "",
            [.. _lines.Where(l => l.Component is not null && l.Quantity > 0).Select(l => (l.Component!, l.Quantity))],
            _for
        );

    private Task ChooseAsync(string? material)
    {
        _material = material;
        if (material is not null && _code.Length == 0)
            _code = _codes.Contains($"BOM-{material}") ? BomDesk.NextVersion($"BOM-{material}", _codes) : $"BOM-{material}";
        return WorkOutAsync();
    }

    private Task PickAsync(Line line, string? component)
    {
        line.Component = component;
        return WorkOutAsync();
    }

    private Task CountAsync(Line line, decimal quantity)
    {
        line.Quantity = quantity;
        return WorkOutAsync();
    }

    private Task RemoveAsync(Line line)
    {
        _lines.Remove(line);
        return WorkOutAsync();
    }

    private Task ForAsync(decimal units)
    {
        _for = units;
        return WorkOutAsync();
    }

    private BomData Body(string code) =>
        new(
            code,
            _material,
            _active,
            [.. _lines.Where(l => l.Component is not null).Select(l => new BomLineData(l.Component, l.Quantity))]
        );

    private async Task SaveAsync()
    {
        _said = null;
        var code = Code ?? _code.Trim();
        var answer = Code is null
            ? await SendAsync("POST", "/boms", Body(code))
            : await SendAsync("PUT", $"/boms/{Part(code)}", Body(code));
        if (answer is null)
            return;
        if (Code is null)
            Navigation.NavigateTo($"boms/{Part(code)}");
        else
            _said = T["Saved"];
    }

    private async Task ToggleAsync()
    {
        _active = !_active;
        if (await SendAsync("PUT", $"/boms/{Part(Code!)}", Body(Code!)) is null)
            _active = !_active;
        else
            _said = T[_active ? "BomActivated" : "BomDeactivated"];
    }

    private async Task DeleteAsync()
    {
        var words = new ConfirmOptions { OkButtonText = T["Delete"], CancelButtonText = T["Back"] };
        if (
            await Dialogs.Confirm(T["DeleteAsk", Code!], T["Delete"], words) == true
            && await SendAsync("DELETE", $"/boms/{Part(Code!)}") is not null
        )
            Navigation.NavigateTo("boms");
    }
}
