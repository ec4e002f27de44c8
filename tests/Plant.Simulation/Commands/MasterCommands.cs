using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Plant.Simulation.Clients;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>Master data that somebody edits while the plant runs.</summary>
internal static class MasterCommands
{
    public static Task<Command?> MaterialAsync(Desk desk)
    {
        var data = desk.Roll(4) switch
        {
            0 => new MaterialData("WOOD", "Madera", MaterialKind.RawMaterial, "m", desk.Between(5, 20))
            {
                MinStock = desk.Any<decimal?>(null, 10, 30),
                MinShelfLifeDays = desk.Any<int?>(null, 0, 5),
                AllocationPolicy = desk.Any(
                    AllocationPolicy.SingleLotFirst,
                    AllocationPolicy.SplitFefo,
                    AllocationPolicy.SingleLot
                ),
                Supplier = desk.Any("MADERAS", "TELAS", null),
                CriticalQuantity = desk.Any<decimal?>(null, 5, 25),
            },
            1 => new MaterialData("FOAM", "Espuma", MaterialKind.RawMaterial, "kg", desk.Any<decimal?>(null, 7.77m))
            {
                MinShelfLifeDays = desk.Any<int?>(null, 0),
                Supplier = "MADERAS",
            },
            2 => new MaterialData("JEAN", "Jean", MaterialKind.FinishedProduct, "pz", 50000, desk.Any(0.5m, 0.75m))
            {
                XAttribute = "TONO",
                YAttribute = desk.Once(10) ? "TONO" : "TALLA",
                OverproductionTolerance = desk.Any(0, 0.2m, 1),
            },
            _ => new MaterialData(
                "CHAIR",
                desk.Once(5) ? "" : "Silla " + desk.Mark,
                MaterialKind.FinishedProduct,
                desk.Once(5) ? "m" : "pz",
                100,
                desk.Any(4m, 2.5m)
            ),
        };
        return Save($"PUT materials/{data.Code}", data, (plant, context) => plant.SaveMaterial(data, SaveMode.Replace, context));
    }

    public static async Task<Command?> BomAsync(Desk desk)
    {
        var known = await desk.ListAsync("select code from bom order by code");
        if (known.Count > 5 || desk.Once(4))
            return desk.Any([.. known]) is var code && desk.Once(2)
                ? Delete(MasterKind.Bom, code)
                : await TurnedAsync(desk, code);
        var product = desk.Any("CHAIR", "JEAN", "SEAT");
        var components = desk.Some(["WOOD", "HILO", "BOTON", "SCREW", "FOAM", desk.Once(10) ? "CHAIR" : "SEAT"]);
        var data = new BomData(
            $"B-{product}-V{known.Count}",
            product,
            !desk.Once(3),
            [.. components.Select(c => new BomLineData(c, desk.Any(1, 2, 0.5m)))]
        );
        return await Save("POST boms", data, (plant, context) => plant.SaveBom(data, SaveMode.Create, context));
    }

    public static Task<Command?> PlaceAsync(Desk desk)
    {
        switch (desk.Roll(4))
        {
            case 0:
                var place = new LocationData(desk.Any("BOD", "WIP", "PT"), "Lugar " + desk.Mark, desk.Once(3), !desk.Once(6));
                return Save(
                    $"PUT locations/{place.Code}",
                    place,
                    (plant, context) => plant.SaveLocation(place, SaveMode.Replace, context)
                );
            case 1:
                var supplier = new SupplierData(
                    desk.Any("MADERAS", "TELAS"),
                    "Proveedor " + desk.Mark,
                    desk.Any(null, "ventas@maderas.example", "no")
                );
                return Save(
                    $"PUT suppliers/{supplier.Code}",
                    supplier,
                    (plant, context) => plant.SaveSupplier(supplier, SaveMode.Replace, context)
                );
            case 2:
                var unit = new UnitData(desk.Any("kg", "m", "pz"), "unidad", desk.Between(0, 3));
                return Save($"PUT units/{unit.Code}", unit, (plant, context) => plant.SaveUnit(unit, SaveMode.Replace, context));
            default:
                var sizes = desk.Some(["XL", "L"]).Prepend("M").Prepend("S");
                var attribute = new AttributeData("TALLA", "Talla", [.. sizes.Select(s => new AttributeValueData(s))]);
                return Save(
                    "PUT attributes/TALLA",
                    attribute,
                    (plant, context) => plant.SaveAttribute(attribute, SaveMode.Replace, context)
                );
        }
    }

    public static async Task<Command?> CustomerAsync(Desk desk)
    {
        if (await desk.PickAsync("select code from customer order by code") is { } code && desk.Once(2))
            return Delete(MasterKind.Customer, code);
        var data = new CustomerData("C-" + desk.Any("1", "2"), desk.Mark);
        return await Save("POST customers", data, (plant, context) => plant.SaveCustomer(data, SaveMode.Create, context));
    }

    public static Task<Command?> LineAsync(Desk desk)
    {
        var line = new LineData(
            desk.Any("L1", "L2"),
            "Línea " + desk.Mark,
            desk.Between(3, 14),
            !desk.Once(5),
            [.. desk.Some(["JEAN", "CHAIR", "SEAT", "PIN"]).Select(m => new LineProductData(m, desk.Between(1, 5)))]
        );
        return Save($"PUT lines/{line.Code}", line, (plant, context) => plant.SaveLine(line, SaveMode.Replace, context));
    }

    public static Task<Command?> DeleteAsync(Desk desk)
    {
        var (kind, code) = desk.Any(
            (MasterKind.Material, "PIN"),
            (MasterKind.Material, "WOOD"),
            (MasterKind.Location, "OLD"),
            (MasterKind.Location, "PT"),
            (MasterKind.Supplier, "TELAS"),
            (MasterKind.Unit, "kg"),
            (MasterKind.Line, "L3"),
            (MasterKind.Customer, "BETA")
        );
        return Task.FromResult<Command?>(Delete(kind, code));
    }

    /// <summary>A recipe made active or not.</summary>
    private static async Task<Command?> TurnedAsync(Desk desk, string code)
    {
        var lines = await desk.ListAsync(
            "select b.material, l.component, l.quantity from bom b join bom_line l on l.bom = b.code where b.code = $1 order by l.position",
            r => (Material: r.GetString(0), Component: r.GetString(1), Quantity: r.GetDecimal(2)),
            code
        );
        if (lines.Count == 0)
            return null;
        var data = new BomData(
            code,
            lines[0].Material,
            desk.Once(2),
            [.. lines.Select(l => new BomLineData(l.Component, l.Quantity))]
        );
        return await Save($"PUT boms/{code}", data, (plant, context) => plant.SaveBom(data, SaveMode.Replace, context));
    }

    private static Command Delete(MasterKind kind, string code) =>
        Command.Of($"DELETE {kind}/{code}", new { }, (host, context) => Plant(host).Delete(kind, code, context));

    private static Task<Command?> Save<T>(
        string call,
        T data,
        Func<IPlantGrain, Grains.Interfaces.CommandContext, Task<Grains.Interfaces.Answer<T>>> save
    )
        where T : class => Task.FromResult<Command?>(Command.Of(call, data, (host, context) => save(Plant(host), context)));

    private static IPlantGrain Plant(SimHost host) => host.Grains.GetGrain<IPlantGrain>(IPlantGrain.Key);
}
