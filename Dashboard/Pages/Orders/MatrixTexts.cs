using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Manufactura.Dashboard.Texts;
using Microsoft.Extensions.Localization;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>The sentences that the matrix in the browser says, as JSON in the reader's language.</summary>
public static class MatrixTexts
{
    private const string Prefix = "Matrix.";
    private static readonly ConcurrentDictionary<string, string> Made = new();

    /// <summary>All texts whose key begins with <c>Matrix.</c>, without it.</summary>
    public static string Json(IStringLocalizer<OrdersTexts> texts) =>
        Made.GetOrAdd(
            CultureInfo.CurrentUICulture.Name,
            _ =>
                JsonSerializer.Serialize(
                    texts
                        .GetAllStrings(includeParentCultures: true)
                        .Where(t => t.Name.StartsWith(Prefix, StringComparison.Ordinal))
                        .ToDictionary(t => t.Name[Prefix.Length..], t => t.Value, StringComparer.Ordinal)
                )
        );
}
