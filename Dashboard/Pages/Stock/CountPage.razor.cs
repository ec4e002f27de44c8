using Manufactura.Dashboard.Hosting;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Dashboard.Pages.Shared;
using Manufactura.Dashboard.Texts;
using Manufactura.Domain.Access;
using Manufactura.Storage.Queries;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Radzen;

namespace Manufactura.Dashboard.Pages.Stock;

/// <summary>One physical count: several people fill it at once, everybody sees the others' lots as they are counted.</summary>
public sealed partial class CountPage
{
    private const int PageRows = 300;

    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private CountRow? _count;
    private List<CountLineRow> _rows = [];
    private IReadOnlyList<string> _names = [];
    private string? _shown;
    private string? _said;
    private string? _scan;
    private bool _next;
    private bool _read;

    [Inject]
    private CountQueries Counts { get; set; } = default!;

    [Inject]
    private PlantSettings Settings { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private PageScript Script { get; set; } = default!;

    [Inject]
    private IStringLocalizer<BooksTexts> B { get; set; } = default!;

    [Parameter]
    public string Number { get; set; } = "";

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    private bool May => _count is { Status: "Open" } && Me.May(Permission.ManageLots);

    private CountLineFilter Filter => new(null, View == "uncounted", View == "differing");

    protected override void OnInitialized() => Watch("count:");

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == $"{Number}|{View}")
            return;
        _shown = $"{Number}|{View}";
        await ReadAsync(PageRows);
    }

    protected override Task RefreshAsync() => ReadAsync(Math.Max(_rows.Count, PageRows));

    private bool Hides(CountLineRow row) => _count is { Blind: true, Status: "Open" } && row.Counted is null;

    private async Task ReadAsync(int rows)
    {
        _count = await Counts.FindAsync(Number);
        _read = true;
        if (_count is null)
            return;
        var found = new List<CountLineRow>();
        Cursor? after = null;
        do
        {
            var page = await Counts.LinesAsync(Number, Filter, new PageRequest(PageRequest.MaxLimit, after));
            found.AddRange(page.Items);
            after = page.NextCursor is { } next ? Cursor.Decode(next, 2) : null;
        } while (after is not null && found.Count < rows);
        // Lines that are being typed keep their place: what was counted elsewhere leaves the view only when it is opened anew.
        (_rows, _next) = (found, after is not null);
        _names = [.. found.Select(r => r.By).OfType<string>().Distinct().Select(Show.Person)];
    }

    private Task MoreAsync() => ReadAsync(_rows.Count + PageRows);

    private async Task RecordAsync((CountLineRow Row, decimal? Counted) typed)
    {
        var (row, counted) = typed;
        _refused.Remove(row.Lot);
        _said = null;
        // Each lot is a command of its own, under its own key, and several may be on their way at once.
        var body = new
        {
            Lines = new[]
            {
                new
                {
                    row.Lot,
                    Counted = counted,
                    row.Version,
                },
            },
        };
        var answer = await Api.SendAsync("POST", $"/stock-counts/{Part(Number)}/lines", body, PlantApi.NewKey());
        if (!answer.Ok)
            _refused[row.Lot] = answer.Unknown ? T["NoAnswer"] : answer.Title ?? T["Refused", answer.Status];
        await ReadAsync(Math.Max(_rows.Count, PageRows));
    }

    private async Task ScanKeyAsync(KeyboardEventArgs e)
    {
        if (e.Key is not "Enter" || string.IsNullOrWhiteSpace(_scan))
            return;
        var lot = _scan.Trim();
        if (_rows.All(r => r.Lot != lot))
        {
            // A lot that is not on the list is put on it, to be counted.
            if (
                await SendAsync(
                    "POST",
                    $"/stock-counts/{Part(Number)}/lines",
                    new { Lines = new[] { new { Lot = lot, Counted = (decimal?)null } } }
                )
                is null
            )
                return;
            if (View is not null)
                Navigation.NavigateTo(With("view", null));
            await ReadAsync(int.MaxValue);
        }

        _scan = "";
        StateHasChanged();
        await Script.FocusRowAsync(lot);
    }

    private async Task RestAsync()
    {
        var rest = await Counts.AllLinesAsync(Number, new CountLineFilter(Uncounted: true));
        foreach (var some in rest.Chunk(1000))
        {
            var lines = some.Select(r => new
            {
                r.Lot,
                Counted = r.OnHand,
                r.Version,
            });
            if (await SendAsync("POST", $"/stock-counts/{Part(Number)}/lines", new { Lines = lines }) is null)
                break;
        }

        await ReadAsync(Math.Max(_rows.Count, PageRows));
    }

    private async Task PostAsync()
    {
        var left = _count!.Lots - _count.Counted;
        var question = left == 0 ? B["PostAsk", _count.Differing] : B["PostAskSome", _count.Differing, left];
        var words = new ConfirmOptions { OkButtonText = B["PostCount", _count.Differing], CancelButtonText = T["Back"] };
        if (await Dialogs.Confirm(question, Number, words) != true)
            return;
        if (await SendAsync("POST", $"/stock-counts/{Part(Number)}/post") is { } answer)
        {
            var replanned = answer.Texts("replanned");
            _said =
                string.Join(" ", answer.Texts("messages"))
                + (replanned.Count > 0 ? " " + B["Replanned", string.Join(", ", replanned)] : "");
        }

        await ReadAsync(PageRows);
    }

    private async Task CancelAsync()
    {
        var words = new ConfirmOptions { OkButtonText = B["CancelCount"], CancelButtonText = T["Back"] };
        if (await Dialogs.Confirm(B["CancelCountAsk"], Number, words) == true)
            await SendAsync("POST", $"/stock-counts/{Part(Number)}/cancel");
        await ReadAsync(PageRows);
    }

    private async Task ExportAsync()
    {
        Column<CountLineRow>[] columns =
        [
            new(T["Lot"], r => r.Lot),
            new(T["Material"], r => r.Material),
            new(T["Name"], r => r.Name),
            new(T["Unit"], r => r.Unit),
            new(T["InBooks"], r => Hides(r) ? null : r.Booked ?? r.OnHand),
            new(T["Counted"], r => r.Counted),
            new(T["Difference"], r => r.Difference),
            new(B["Worth"], r => r.Difference * r.UnitCost),
            new(B["Who"], r => r.By),
            new(T["When"], r => r.At),
        ];
        var rows = await Counts.AllLinesAsync(Number, Filter);
        await Script.SaveAsync($"{Number}.csv", "text/csv", CsvText.Of(columns, rows));
    }
}
