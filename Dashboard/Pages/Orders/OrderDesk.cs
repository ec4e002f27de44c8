using System.Text.Json;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>One order with the names that its page shows beside it.</summary>
/// <param name="Children">Partial orders, backorders and splits, newest first.</param>
/// <param name="LineName">Name of its line, null without one.</param>
public sealed record OrderSheet(
    ProductionOrder Order,
    Material Product,
    string XName,
    string YName,
    string? LineName,
    IReadOnlyList<ProductionOrder> Children
);

/// <summary>A code and a name to choose from.</summary>
public sealed record Choice(string Code, string Name)
{
    /// <summary>Both, as lists show them.</summary>
    public string Label => Name == Code ? Code : $"{Code} · {Name}";
}

/// <summary>Reads what the order pages show.</summary>
public sealed class OrderDesk(
    OrderReader orders,
    OrderQueries lists,
    MaterialReader materials,
    MasterReader masters,
    PlantClock clock
)
{
    /// <summary>Everything on one order's page, or null when there is no such order.</summary>
    public async Task<OrderSheet?> OpenAsync(string number, CancellationToken ct = default)
    {
        if (await orders.LoadAsync(number, ct) is not { } order)
            return null;
        var product = (await materials.MaterialsAsync([order.Material], ct))[order.Material];
        var children = await lists.ListAsync(
            OrderFilter.None with
            {
                Parent = [number],
            },
            new PageRequest(PageRequest.MaxLimit),
            ct
        );
        var (x, y) = await AxisNamesAsync(product, ct);
        return new(order, product, x, y, await NameAsync(MasterTable.ProductionLine, order.Line, ct), children.Items);
    }

    /// <summary>The names of a product's attributes; empty where it has none.</summary>
    public async Task<(string X, string Y)> AxisNamesAsync(Material product, CancellationToken ct = default) =>
        (
            await NameAsync(MasterTable.Attribute, product.XAttribute, ct) ?? "",
            await NameAsync(MasterTable.Attribute, product.YAttribute, ct) ?? ""
        );

    /// <summary>The components of an order level by level; empty when it has none.</summary>
    public async Task<IReadOnlyList<Requirement>> RequirementsAsync(string number, CancellationToken ct = default) =>
        await lists.RequirementsAsync(number, clock.Today, ct) ?? [];

    /// <summary>Codes and names of a table, by code.</summary>
    public async Task<IReadOnlyList<Choice>> ChoicesAsync(MasterTable table, MasterFilter filter, CancellationToken ct = default)
    {
        var found = new List<Choice>();
        Cursor? after = null;
        do
        {
            var page = await masters.ListAsync(table, filter, new PageRequest(PageRequest.MaxLimit, after), ct);
            found.AddRange(page.Items.Select(row => new Choice(row.Code, Member(row, "name") ?? row.Code)));
            after = page.NextCursor is { } next ? Cursor.Decode(next, 1) : null;
        } while (after is not null);
        return found;
    }

    /// <summary>The active BOMs of a product, newest last as their codes go.</summary>
    public async Task<IReadOnlyList<string>> BomsAsync(string material, CancellationToken ct = default)
    {
        var page = await masters.ListAsync(
            MasterTable.Bom,
            new MasterFilter(Material: [material], Active: true),
            new PageRequest(PageRequest.MaxLimit),
            ct
        );
        return [.. page.Items.Select(row => row.Code)];
    }

    /// <summary>A member of a row in the API's shape, as text.</summary>
    public static string? Member(MasterRow row, string name)
    {
        using var json = JsonDocument.Parse(row.Json);
        return json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    private async Task<string?> NameAsync(MasterTable table, string? code, CancellationToken ct) =>
        code is null ? null
        : await masters.FindAsync(table, code, ct) is { } row ? Member(row, "name") ?? code
        : code;
}
