using System.Text.Json;

namespace Manufactura.Bench;

/// <summary>The one editor's knowledge of the cells: which version the next edit sees, and a value that no other edit has.</summary>
internal sealed class CellVersions
{
    private readonly (string X, string Y, int Version)[] cells;
    private int next;

    public CellVersions(IEnumerable<JsonElement> cells) =>
        this.cells = [
            .. cells.Select(c =>
                (c.GetProperty("x").GetString()!, c.GetProperty("y").GetString()!, c.GetProperty("version").GetInt32())
            ),
        ];

    public (string X, string Y, int Version, int Value) Next()
    {
        var i = next++ % cells.Length;
        var (x, y, version) = cells[i];
        cells[i].Version++;
        return (x, y, version, next);
    }
}
