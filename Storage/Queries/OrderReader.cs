using System.Collections.Immutable;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>Reads production orders whole: row, cells, allocations and produced lots, in one round trip.</summary>
public sealed class OrderReader(NpgsqlDataSource database)
{
    /// <summary>The order as it is committed now, or null.</summary>
    public async Task<ProductionOrder?> LoadAsync(string number, CancellationToken ct = default) =>
        (await LoadManyAsync([number], ct)) is [var order] ? order : null;

    /// <summary>The orders of these numbers that exist, newest first.</summary>
    public async Task<IReadOnlyList<ProductionOrder>> LoadManyAsync(
        IReadOnlyCollection<string> numbers,
        CancellationToken ct = default
    )
    {
        string[] keys = [.. numbers];
        await using var connection = await database.OpenConnectionAsync(ct);
        // One snapshot for the four reads: an order is never seen with the cells of another moment.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("begin isolation level repeatable read read only"),
                // By keys alone: plans made while the tables were empty would otherwise read all of them for ever.
                new("set local enable_seqscan = off"),
                Query.Batched("load_order", [keys]),
                Query.Batched("load_cells", [keys]),
                Query.Batched("load_allocations", [keys]),
                Query.Batched("load_produced_lots", [keys]),
                new("commit"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    /// <summary>The version that is committed now; 0 when there is no such order.</summary>
    public async Task<int> VersionAsync(string number, CancellationToken ct = default)
    {
        await using var command = database.Command("order_version", number);
        return await command.ExecuteScalarAsync(ct) is int version ? version : 0;
    }

    private static async Task<IReadOnlyList<ProductionOrder>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var rows = new List<(ProductionOrder Order, string? State, string? Axes)>();
        while (await reader.ReadAsync(ct))
            rows.Add(Row(reader));
        await reader.NextResultAsync(ct);
        var cells = new List<(string Order, Cell Cell)>();
        while (await reader.ReadAsync(ct))
            cells.Add((reader.GetString(0), CellOf(reader)));
        await reader.NextResultAsync(ct);
        var allocations = new List<(string Order, Allocation Allocation)>();
        while (await reader.ReadAsync(ct))
            allocations.Add(
                (
                    reader.GetString(0),
                    new(
                        reader.GetString(1),
                        reader.GetString(2),
                        reader.GetDecimal(3),
                        Enum.Parse<AllocationState>(reader.GetString(4))
                    )
                )
            );
        await reader.NextResultAsync(ct);
        var lots = new List<(string Order, string Code)>();
        while (await reader.ReadAsync(ct))
            lots.Add((reader.GetString(0), reader.GetString(1)));

        var cellsOf = cells.ToLookup(c => c.Order, c => c.Cell, StringComparer.Ordinal);
        var allocationsOf = allocations.ToLookup(a => a.Order, a => a.Allocation, StringComparer.Ordinal);
        var lotsOf = lots.ToLookup(l => l.Order, l => l.Code, StringComparer.Ordinal);
        return
        [
            .. rows.Select(r =>
                r.Order with
                {
                    Matrix = r.State is null
                        ? null
                        : OrderJson.ReadMatrix(
                            Enum.Parse<MatrixState>(r.State, ignoreCase: true),
                            r.Axes,
                            cellsOf[r.Order.Number]
                        ),
                    Allocations = [.. allocationsOf[r.Order.Number]],
                    Lots = [.. lotsOf[r.Order.Number]],
                }
            ),
        ];
    }

    private static (ProductionOrder, string?, string?) Row(NpgsqlDataReader r) =>
        (
            new ProductionOrder
            {
                Number = r.GetString(0),
                Kind = Enum.Parse<OrderKind>(r.GetString(1), ignoreCase: true),
                Parent = r.Text(2),
                Status = Enum.Parse<OrderStatus>(r.GetString(3)),
                Material = r.GetString(5),
                Bom = r.Text(6),
                BomLines = OrderJson.ReadBomLines(r.GetString(7)),
                Quantity = r.GetDecimal(9),
                Produced = r.GetDecimal(10),
                Moved = r.GetDecimal(11),
                OriginLocation = r.Text(12),
                DestinationLocation = r.Text(13),
                Line = r.Text(14),
                LinePosition = r.Decimal(15),
                SalesOrder = r.Text(16),
                DueDate = r.Value<DateOnly>(17),
                Priority = r.GetInt32(18),
                Observations = r.Text(19),
                Partials = r.GetInt32(20),
                AwaitsMaterials = r.GetBoolean(21),
                Version = r.GetInt32(22),
                CreatedBy = r.GetString(23),
                CreatedAt = r.GetFieldValue<DateTimeOffset>(24),
                UpdatedAt = r.GetFieldValue<DateTimeOffset>(25),
                StartedAt = r.Value<DateTimeOffset>(26),
                FinishedAt = r.Value<DateTimeOffset>(27),
            },
            r.Text(4),
            r.Text(8)
        );

    private static Cell CellOf(NpgsqlDataReader r) =>
        new(
            r.GetString(1),
            r.GetString(2),
            r.GetDecimal(3),
            r.GetDecimal(4),
            r.GetDecimal(5),
            r.GetDecimal(6),
            r.GetInt32(7),
            r.GetString(8),
            r.GetFieldValue<DateTimeOffset>(9)
        );
}
