using System.Collections.Immutable;
using System.Text.Json;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Storage.Queries;

/// <summary>The two JSON columns of an order: its own recipe and the axes of its matrix.</summary>
public static class OrderJson
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Axes(ImmutableArray<string> X, ImmutableArray<CurveValue> Y);

    public static string BomLines(ImmutableArray<OrderBomLine> lines) => JsonSerializer.Serialize(lines, Web);

    public static ImmutableArray<OrderBomLine> ReadBomLines(string json) =>
        JsonSerializer.Deserialize<ImmutableArray<OrderBomLine>>(json, Web);

    public static string? AxesOf(Matrix? matrix) =>
        matrix is null ? null : JsonSerializer.Serialize(new Axes(matrix.X, matrix.Y), Web);

    /// <summary>The matrix of stored axes with its cells in row order.</summary>
    public static Matrix ReadMatrix(MatrixState state, string? axes, IEnumerable<Cell> cells)
    {
        var stored = axes is null ? new Axes([], []) : JsonSerializer.Deserialize<Axes>(axes, Web)!;
        var row = Places(stored.X);
        var column = Places([.. stored.Y.Select(y => y.Value)]);
        return new(state, stored.X, stored.Y, [.. cells.OrderBy(c => row[c.X] * stored.Y.Length + column[c.Y])]);
    }

    private static Dictionary<string, int> Places(ImmutableArray<string> values) =>
        values.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i, StringComparer.Ordinal);
}
