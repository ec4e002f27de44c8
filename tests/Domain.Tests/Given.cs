using System.Collections.Immutable;
using Manufactura.Domain.Lines;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests;

/// <summary>The plant that most tests start from: a shirt of two shades by three sizes.</summary>
internal static class Given
{
    public const string Ana = "ana";
    public const string Luis = "luis";
    public static readonly DateTimeOffset T0 = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(-5));
    public static readonly DateTimeOffset T1 = T0.AddMinutes(5);

    public static Material Shirt(int precision = 0, decimal? unitWeightKg = 0.5m, decimal tolerance = 0) =>
        new(
            "CAMISA",
            "Camisa",
            MaterialKind.FinishedProduct,
            "UND",
            precision,
            null,
            unitWeightKg,
            null,
            null,
            true,
            AllocationPolicy.SingleLotFirst,
            null,
            null,
            "TONO",
            "TALLA",
            tolerance,
            1
        );

    public static ProductionOrder Order(decimal quantity, OrderStatus status = OrderStatus.Draft, string number = "WO-0007") =>
        new()
        {
            Number = number,
            Status = status,
            Material = "CAMISA",
            Bom = "BOM-1",
            BomLines = [new("TELA", 1.5m, "M"), new("BOTON", 7, "UND")],
            Quantity = quantity,
            OriginLocation = "BOD-MP",
            DestinationLocation = "BOD-PT",
            SalesOrder = "SO-0003",
            DueDate = new DateOnly(2026, 12, 1),
            Priority = 3,
            CreatedBy = Ana,
            CreatedAt = T0,
            UpdatedAt = T0,
        };

    public static int Precision(string material) => material == "TELA" ? 2 : 0;

    /// <summary>Rows of planned quantities as a matrix A, B, … by 28, 30, …, each column with proportion 1.</summary>
    public static Matrix Matrix(MatrixState state, params decimal[][] rows)
    {
        ImmutableArray<string> x = [.. rows.Select((_, i) => ((char)('A' + i)).ToString())];
        ImmutableArray<CurveValue> y = [.. rows[0].Select((_, i) => new CurveValue($"{28 + 2 * i}", 1))];
        ImmutableArray<Cell> cells =
        [
            .. rows.SelectMany((row, r) => row.Select((p, c) => new Cell(x[r], y[c].Value, p, 0, 0, 0, 1, Ana, T0))),
        ];
        return new Matrix(state, x, y, cells);
    }

    public static ProductionOrder WithMatrix(OrderStatus status, MatrixState state, params decimal[][] rows) =>
        Order(rows.Sum(r => r.Sum()), status) with
        {
            Matrix = Matrix(state, rows),
        };

    public static ProductionOrder ToProduce(this ProductionOrder order, params (string X, string Y, decimal Quantity)[] cells) =>
        order with
        {
            Matrix = EditCells
                .Decide(
                    order,
                    [.. cells.Select(c => new CellEdit(c.X, c.Y, CellField.ToProduce, c.Quantity, null))],
                    3,
                    1,
                    Ana,
                    T0
                )
                .Outcome,
        };

    public static ProductionLine Line(decimal capacityKg = 150, string code = "L1", bool active = true) =>
        new(code, "Línea " + code, capacityKg, active);

    public static LineCompatibility Makes(string line = "L1", int priority = 5) => new(line, "CAMISA", priority);
}
