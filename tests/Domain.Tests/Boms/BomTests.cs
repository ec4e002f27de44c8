using Manufactura.Domain.Boms;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Boms;

public class BomTests
{
    [Theory]
    [InlineData("A: A", "", "A → A")]
    [InlineData("A: B", "B: A", "A → B → A")]
    [InlineData("A: X B", "B: Y C|C: A", "A → B → C → A")]
    public void A_cycle_is_refused_naming_it(string bom, string others, string cycle)
    {
        var refusal = SaveBom.Decide(Parse(bom), Any, Others(others)).Refusal!;

        Assert.Equal("bom-cycle", refusal.Code);
        Assert.Equal($"La lista de materiales forma un ciclo: {cycle}.", refusal.Es);
    }

    [Theory]
    [InlineData("A: B C", "B: D|C: D")]
    [InlineData("A: B", "C: A")]
    [InlineData("A: B", "")]
    [InlineData("A: B", "B: C|C: B")]
    public void Nesting_without_a_cycle_through_it_is_saved(string bom, string others) =>
        Assert.Null(SaveBom.Decide(Parse(bom), Any, Others(others)).Refusal);

    [Fact]
    public void An_inactive_bom_closes_no_cycle()
    {
        var others = Others("B: A").Select(b => b with { Active = false });

        Assert.Null(SaveBom.Decide(Parse("A: B"), Any, others).Refusal);
    }

    public static TheoryData<string, OrderBomLine[]> WrongLines =>
        new()
        {
            { "dos veces", [new("RUEDA", 1, "UN"), new("RUEDA", 2, "UN")] },
            { "mayor que cero", [new("RUEDA", 0, "UN")] },
            { "mayor que cero", [new("RUEDA", 0.0001m, "UN")] },
            { "La unidad de RUEDA es UN, no KG.", [new("RUEDA", 1, "KG")] },
            { "No existe el material NADA.", [new("NADA", 1, "UN")] },
        };

    [Theory]
    [MemberData(nameof(WrongLines))]
    public void A_wrong_line_is_refused(string why, OrderBomLine[] lines) =>
        Assert.Contains(
            why,
            SaveBom.Decide(Bom("BOM-1", "SILLA", lines), c => c == "NADA" ? null : MaterialOf(c), []).Refusal?.Es
        );

    [Theory]
    [InlineData("BOM-MESA-001", "", "BOM-MESA-001-V2")]
    [InlineData("BOM-MESA-001-V2", "", "BOM-MESA-001-V3")]
    [InlineData("BOM-MESA-001-V9", "BOM-MESA-001-V10", "BOM-MESA-001-V11")]
    [InlineData("BOM-VERDE", "", "BOM-VERDE-V2")]
    public void The_next_version_has_the_next_free_suffix(string code, string taken, string next) =>
        Assert.Equal(next, SaveBom.NextVersion(code, c => c == taken));

    [Fact]
    public void A_bom_in_use_is_not_deleted()
    {
        Assert.Null(SaveBom.InUse("BOM-1", []));
        Assert.Contains("WO-0001", SaveBom.InUse("BOM-1", ["WO-0001"])?.Es);
    }

    [Fact]
    public void An_order_by_material_takes_the_newest_active_bom()
    {
        var old = Bom("OLD", "SILLA");
        var active = Bom("NEW", "SILLA") with { CreatedAt = At.AddDays(1) };
        var inactive = Bom("NEWEST", "SILLA") with { CreatedAt = At.AddDays(2), Active = false };

        Assert.Equal("NEW", Domain.Boms.Bom.Newest([old, active, inactive])?.Code);
        Assert.Null(Domain.Boms.Bom.Newest([inactive]));
    }

    [Fact]
    public void The_cost_of_a_chair_rolls_up_to_150()
    {
        var chair = new Bom("BOM-001", "SILLA", true, ChairBom, At, "jefe", 1);
        var wheel = Bom("BOM-RUEDA", "RUEDA", new OrderBomLine("TORNILLO", 3, "UN"));

        Assert.Equal(150, ExplodeBom.UnitCost(chair, _ => null, MaterialOf));
        Assert.Equal(140, ExplodeBom.UnitCost(chair, c => c == "RUEDA" ? wheel : null, MaterialOf));
        Assert.Null(ExplodeBom.UnitCost(chair, _ => null, c => MaterialOf(c) with { UnitCost = null }));
    }

    [Fact]
    public void Sixty_levels_that_each_use_the_next_twice_over_are_costed_at_once()
    {
        Domain.Boms.Bom? Level(string code) =>
            int.Parse(code) is var n && n < 60
                ? Bom("B" + n, code, new OrderBomLine($"{n + 1}", 0.5m, "UN"), new OrderBomLine($"0{n + 1}", 0.5m, "UN"))
                : null;

        Assert.Equal(1m, ExplodeBom.UnitCost(Level("0")!, Level, c => Any(c)!));
    }

    [Fact]
    public void Requirements_are_shown_level_by_level_rounded_up_at_each()
    {
        var chair = Bom("BOM-001", "SILLA", new OrderBomLine("RUEDA", 0.5m, "UN"), new("BASE", 1, "UN"));
        var wheel = Bom("BOM-RUEDA", "RUEDA", new OrderBomLine("TORNILLO", 3, "UN"));

        Assert.Equal(
            [(1, "SILLA", "RUEDA", 2m), (2, "RUEDA", "TORNILLO", 6m), (1, "SILLA", "BASE", 3m)],
            ExplodeBom
                .Requirements(chair, 3, c => c == "RUEDA" ? wheel : null, _ => 0)
                .Select(l => (l.Level, l.Parent, l.Component, l.Quantity))
        );
    }

    private static Material? Any(string code) => Material(code, code, MaterialKind.Component, 1);

    private static Bom Bom(string code, string material, params OrderBomLine[] lines) =>
        new(code, material, true, [.. lines], At, "jefe", 1);

    private static Bom[] Others(string text) => [.. text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static Bom Parse(string text)
    {
        var parts = text.Split(": ");
        return Bom("BOM-" + parts[0], parts[0], [.. parts[1].Split(' ').Select(c => new OrderBomLine(c, 1, "UN"))]);
    }
}
