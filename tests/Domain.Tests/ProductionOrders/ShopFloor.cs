using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

/// <summary>The seed's plant: an office chair of five components, BOD-MP and BOD-PT.</summary>
internal static class ShopFloor
{
    public static readonly DateOnly Today = new(2025, 11, 23);
    public static readonly DateTimeOffset At = new(2025, 11, 23, 15, 0, 0, TimeSpan.FromHours(-5));

    public static readonly Material Chair = Material("SILLA", "Silla de Oficina", MaterialKind.FinishedProduct, null);
    public static readonly Material Shirt = Material("CAMISA", "Camisa", MaterialKind.FinishedProduct, null) with
    {
        XAttribute = "TONO",
        YAttribute = "TALLA",
    };

    private static readonly Dictionary<string, Material> Known = new Material[]
    {
        Chair,
        Shirt,
        Material("ASIENTO", "Asiento", MaterialKind.Component, 40),
        Material("RESPALDO", "Respaldo", MaterialKind.Component, 35),
        Material("BASE", "Base giratoria", MaterialKind.Component, 30),
        Material("RUEDA", "Rueda", MaterialKind.Component, 5),
        Material("TORNILLO", "Tornillo", MaterialKind.Component, 1),
        Material("TELA", "Tela", MaterialKind.RawMaterial, 8) with
        {
            Precision = 2,
        },
    }.ToDictionary(m => m.Code);

    public static readonly ImmutableArray<OrderBomLine> ChairBom =
    [
        new("ASIENTO", 1, "UN"),
        new("RESPALDO", 1, "UN"),
        new("BASE", 1, "UN"),
        new("RUEDA", 5, "UN"),
        new("TORNILLO", 20, "UN"),
    ];

    public static Material MaterialOf(string code) => Known[code];

    public static Material Material(string code, string name, MaterialKind kind, decimal? cost) =>
        new(
            code,
            name,
            kind,
            "UN",
            0,
            cost,
            null,
            null,
            null,
            true,
            AllocationPolicy.SingleLotFirst,
            null,
            null,
            null,
            null,
            0,
            1
        );

    public static Lot Lot(string code, string material, decimal onHand, decimal reserved = 0, DateOnly? expires = null) =>
        new(
            code,
            material,
            onHand == reserved ? LotStatus.Depleted : LotStatus.Available,
            onHand,
            onHand,
            reserved,
            expires,
            null,
            null,
            "BOD-MP",
            ImmutableDictionary<string, string>.Empty,
            false,
            null,
            null,
            At.AddDays(-30),
            1
        );

    public static ProductionOrder Chairs(decimal quantity = 10) =>
        new()
        {
            Number = "WO-0001",
            Status = OrderStatus.InProgress,
            Material = "SILLA",
            Bom = "BOM-001",
            BomLines = ChairBom,
            Quantity = quantity,
            OriginLocation = "BOD-MP",
            DestinationLocation = "BOD-PT",
            CreatedBy = "jefe",
            CreatedAt = At.AddDays(-1),
        };

    public static ImmutableArray<Lot> ChairStock =>
        [
            Lot("L-ASI", "ASIENTO", 15),
            Lot("L-RES", "RESPALDO", 12),
            Lot("L-BAS", "BASE", 20),
            Lot("L-RUE", "RUEDA", 100),
            Lot("L-TOR", "TORNILLO", 500),
        ];

    /// <summary>Shirts, one row R by the columns S and M, 1.5 of cloth each.</summary>
    public static ProductionOrder Shirts(decimal s, decimal m, decimal produceS, decimal produceM) =>
        new()
        {
            Number = "WO-0007",
            Status = OrderStatus.InProgress,
            Material = "CAMISA",
            BomLines = [new("TELA", 1.5m, "M")],
            Quantity = s + m,
            OriginLocation = "BOD-MP",
            DestinationLocation = "BOD-PT",
            Matrix = new(
                MatrixState.Progress,
                ["R"],
                [new("S", 1), new("M", 1)],
                [new("R", "S", s, produceS, 0, 0, 1, "jefe", At), new("R", "M", m, produceM, 0, 0, 1, "jefe", At)]
            ),
            CreatedBy = "jefe",
            CreatedAt = At.AddDays(-1),
        };

    public static ProductionOrder Reserving(this ProductionOrder order, string lot, string material, decimal quantity) =>
        order with
        {
            Allocations = Allocations.Add(order.Allocations, lot, material, quantity, AllocationState.Reserved),
        };

    /// <summary>The lots after the uses of a plan, as the book would have them.</summary>
    public static ImmutableArray<Lot> After(this ImmutableArray<Lot> lots, IEnumerable<LotUse> uses) =>
        [
            .. lots.Select(l =>
                uses.Where(u => u.Lot == l.Code).Aggregate(l, (lot, u) => LotStock.Consume(lot, u.Own, u.Free, Today))
            ),
        ];

    public static ImmutableArray<RecordedMovement> Booked(IEnumerable<Movement> movements) =>
        [.. movements.Select((m, i) => new RecordedMovement(i + 1, m))];

    /// <summary>Equal item by item; an ImmutableArray compared as such is compared by reference.</summary>
    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual) => Assert.Equal(expected, actual);
}
