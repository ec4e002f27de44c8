using System.Globalization;
using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Microsoft.AspNetCore.Components;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>A new order: what of it is covered, and how a matrix would be distributed, shows while it is typed.</summary>
public sealed partial class NewOrderPage
{
    private sealed record Need(string Code, string Name, string Unit, decimal PerUnit, decimal Available, int Precision)
    {
        /// <summary>Rounded up to the component's unit, as it is consumed.</summary>
        public decimal For(decimal quantity) => Quantities.RoundUp(PerUnit * quantity, Precision);
    }

    // Made with the page: a second click, or trying again after a lost answer, makes no second order.
    private string _key = PlantApi.NewKey();
    private IReadOnlyList<Choice> _products = [];
    private IReadOnlyList<Choice> _locations = [];
    private IReadOnlyList<string> _boms = [];
    private IReadOnlyList<AttributeValue> _x = [];
    private IReadOnlyList<AttributeValue> _y = [];
    private IReadOnlyList<Need> _needs = [];
    private MatrixPick _pick = new();
    private Decision<Matrix> _preview = Refusal.Validation("", "");
    private Material? _product;
    private string _xName = "";
    private string _yName = "";
    private string? _material;
    private string? _bom;
    private string _quantityText = "";
    private string? _quantityProblem;
    private int _priority = ProductionOrder.DefaultPriority;
    private DateOnly? _due;
    private string? _origin;
    private string? _destination;
    private string? _observations;
    private string? _problem;
    private bool _busy;

    [Inject]
    private OrderDesk Desk { get; set; } = default!;

    [Inject]
    private MaterialReader Materials { get; set; } = default!;

    [Inject]
    private StockQueries Stock { get; set; } = default!;

    [Inject]
    private PlantApi Api { get; set; } = default!;

    [Inject]
    private PlantClock Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>A product that the page begins with.</summary>
    [SupplyParameterFromQuery]
    private string? Material { get; set; }

    private decimal? Quantity =>
        TypedQuantity.Read(_quantityText, CultureInfo.CurrentCulture) is > 0 and var value ? value : null;

    private bool WithMatrix => _product is { HasAxes: true } && (_pick.X.Count > 0 || _pick.Y.Count > 0);

    private string? WhyNot =>
        _product is null ? T["ChooseProductFirst"].Value
        : Quantity is null ? T["QuantityFirst"].Value
        : _quantityProblem is not null ? _quantityProblem
        : WithMatrix && _preview.Refusal is { } refusal ? (Hosting.Languages.Current == "en" ? refusal.En : refusal.Es)
        : null;

    protected override async Task OnInitializedAsync()
    {
        _products = await Desk.ChoicesAsync(MasterTable.Material, new MasterFilter(Kind: ["FinishedProduct", "Component"]));
        _locations = await Desk.ChoicesAsync(MasterTable.Location, new MasterFilter(Active: true));
        if (Material is not null)
            await ChooseAsync(Material);
    }

    private async Task ChooseAsync(string? code)
    {
        (_material, _bom, _pick, _product) = (code, null, new(), null);
        _boms = [];
        if (code is null || !(await Materials.MaterialsAsync([code])).TryGetValue(code, out _product))
            return;
        _boms = await Desk.BomsAsync(code);
        if (_product is { XAttribute: { } x, YAttribute: { } y })
        {
            var values = await Materials.AttributeValuesAsync([x, y]);
            (_x, _y) = ([.. values[x]], [.. values[y]]);
            (_xName, _yName) = await Desk.AxisNamesAsync(_product);
        }

        CheckQuantity();
        await ReadNeedsAsync();
        Look();
    }

    private Task ChooseBomAsync(string? code)
    {
        _bom = code;
        return ReadNeedsAsync();
    }

    private Task ChooseOriginAsync(string? code)
    {
        _origin = code;
        return ReadNeedsAsync();
    }

    private void TypeQuantity(ChangeEventArgs change)
    {
        _quantityText = change.Value as string ?? "";
        CheckQuantity();
        Look();
    }

    private void CheckQuantity() =>
        _quantityProblem =
            _quantityText.Length == 0 ? null
            : Quantity is not { } value ? T["NotAQuantity"].Value
            : _product is { } p && decimal.Round(value, p.Precision) != value
                ? T[p.Precision == 0 ? "WholeQuantity" : "TooPrecise", p.Precision].Value
            : null;

    private void Look()
    {
        if (_product is { HasAxes: true } product && Quantity is { } quantity)
        {
            var order = new ProductionOrder
            {
                Number = "",
                Material = product.Code,
                Quantity = quantity,
                Matrix = Matrix.Empty,
                CreatedBy = "",
                CreatedAt = default,
            };
            _preview = _pick.Preview(order, product, _x, _y);
        }
    }

    private async Task ReadNeedsAsync()
    {
        _needs = [];
        var recipe =
            _bom is { } bom ? await Materials.RecipeAsync(bom)
            : _material is { } material ? await Materials.NewestRecipeAsync(material)
            : null;
        if (recipe is not { Recipe.Lines: { IsDefaultOrEmpty: false } lines })
            return;
        string[] codes = [.. lines.Select(l => l.Component)];
        var components = await Materials.MaterialsAsync(codes);
        var stock = await Stock.StockAsync(
            codes,
            _origin is null ? [] : [_origin],
            false,
            Clock.Today,
            new PageRequest(PageRequest.MaxLimit)
        );
        var free = stock.Items.ToLookup(s => s.Material, s => s.Available, StringComparer.Ordinal);
        _needs =
        [
            .. lines.Select(l => new Need(
                l.Component,
                components[l.Component].Name,
                l.Unit,
                l.Quantity,
                free[l.Component].Sum(),
                components[l.Component].Precision
            )),
        ];
    }

    private async Task SaveAsync()
    {
        if (_busy || WhyNot is not null)
            return;
        _busy = true;
        var body = new
        {
            material = _material,
            bom = _bom,
            quantity = Quantity,
            originLocation = _origin,
            destinationLocation = _destination,
            dueDate = _due,
            priority = _priority,
            observations = string.IsNullOrWhiteSpace(_observations) ? null : _observations.Trim(),
            matrix = WithMatrix ? _pick.Body(_x, _y) : null,
        };
        var answer = await Api.SendAsync("POST", "/orders", body, _key);
        if (answer is { Ok: true } && answer.Text("number") is { } number)
        {
            // A matrix is looked at next; a plain order stands on the board, where it is started.
            if (WithMatrix)
                await Api.SendAsync("POST", $"/orders/{Uri.EscapeDataString(number)}/matrix/recalculate", new { });
            Navigation.NavigateTo(WithMatrix ? Show.OrderPath(number) : $"{Show.Board}?new={Uri.EscapeDataString(number)}");
            return;
        }

        _busy = false;
        _problem = answer.Unknown ? T["NoAnswer"] : answer.Title ?? T["Refused", answer.Status];
        // Refused: what is corrected and sent next is another request.
        if (!answer.Unknown)
            _key = PlantApi.NewKey();
    }
}
