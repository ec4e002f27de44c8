using Manufactura.Tests.Shared;
using static Manufactura.Storage.Tests.Import.ImportTesting;

namespace Manufactura.Storage.Tests.Import;

public sealed class BadRowTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    /// <summary>A small sound plant: a table with rows; a case replaces or adds to one file.</summary>
    private static Dictionary<string, string> Sound() =>
        new()
        {
            ["units.csv"] = "code,name,precision\nund,Unidad,0\nm,Metro,2\n",
            ["locations.csv"] = "code,name,isDefault,active\nBOD,Bodega,true,true\n",
            ["customers.csv"] = "code,name\nC1,Cliente\n",
            ["attributes.csv"] = "code,name\nTONO,Tono\nTALLA,Talla\n",
            ["attribute_values.csv"] = "attribute,code,name\nTONO,T1,Índigo\nTALLA,28,Talla 28\n",
            ["materials.csv"] =
                "code,name,kind,unit,unitCost,lotTracked,xAttribute,yAttribute\nTEL,Tela,RawMaterial,m,100,true,,\nBOT,Botón,RawMaterial,und,5,false,,\nJEAN,Jean,FinishedProduct,und,900,true,TONO,TALLA\nKIT,Kit,Component,und,10,true,,\n",
            ["boms.csv"] = "code,material\nB1,JEAN\nB2,KIT\n",
            ["bom_lines.csv"] = "bom,position,component,quantity,unit\nB1,1,TEL,1.5,m\nB1,2,KIT,1,und\nB2,1,BOT,2,und\n",
            ["lines.csv"] = "code,name,capacityKg\nL1,Costura,500\n",
            ["line_products.csv"] = "line,material,priority\nL1,JEAN,1\n",
            ["sales_orders.csv"] = "number,status,customer\nSO-0003,Pending,C1\n",
            ["sales_lines.csv"] = "salesOrder,position,material,quantity\nSO-0003,1,JEAN,10\n",
            ["orders.csv"] = "number,status,matrixState,material,bom,quantity\nWO-0005,Planned,planned,JEAN,B1,10\n",
            ["order_axes.csv"] = "order,axis,position,value,proportion\nWO-0005,x,1,T1,\nWO-0005,y,1,28,2\n",
            ["order_cells.csv"] = "order,x,y,planned\nWO-0005,T1,28,10\n",
            ["order_bom_lines.csv"] = "order,position,component,quantity\nWO-0005,1,TEL,1.5\n",
            ["lots.csv"] = "code,material,status,quantity,location\nTEL-1,TEL,Available,100.5,BOD\nTEL-2,TEL,Available,20,BOD\n",
            ["allocations.csv"] = "order,lot,quantity,state\nWO-0005,TEL-1,15,Reserved\n",
            ["movements.csv"] = "type,lot,quantity,reference\nPURCHASE_IN,TEL-1,110,\nSCRAP_OUT,TEL-1,-9.5,Baja\n",
            ["journal_entries.csv"] = "number,date,description,reference\nJE-0002,today,Producción,WO-0005\n",
            ["journal_lines.csv"] = "entry,position,account,debit,credit\nJE-0002,1,1430,10.50,0\nJE-0002,2,1405,0,10.50\n",
        };

    public static TheoryData<string, string, int, string?, string> Cases =>
        new()
        {
            { "units.csv", "code,name,precision,colour\nund,Unidad,0,\nm,Metro,2,\n", 1, "colour", "unknown-column" },
            { "units.csv", "code,precision\nund,0\nm,2\n", 1, "name", "missing-column" },
            { "units.csv", "code,code,name,precision\nund,und,Unidad,0\nm,m,Metro,2\n", 1, "code", "duplicate-column" },
            { "units.csv", "code,name,precision\nund,Unidad,0\nm,Metro,2\nx,Equis,4\n", 4, "precision", "too-large" },
            { "units.csv", "code,name,precision\nund,Unidad,0\nm,Metro,2\nx,Equis,1.5\n", 4, "precision", "too-many-decimals" },
            { "units.csv", "code,name,precision\nund,Unidad,0\nm,Metro,2\nx,Equis,0,7\n", 4, null, "too-many-fields" },
            { "units.csv", "code,name,precision\nund,Unidad,0\n\nm,Metro,2\nx,,0\n", 5, "name", "missing-value" },
            { "units.csv", "code,name,precision\nund,\"Uni\ndad\",0\nm,Metro,2\nm,Metro,2\n", 5, "code", "duplicate" },
            { "units.csv", "code,name,precision\nund,Uni\"dad,0\nm,Metro,2\n", 2, null, "malformed" },
            { "nada.csv", "code\n1\n", 0, null, "unknown-file" },
            { "units.csv", "", 0, null, "empty-file" },
            { "locations.csv", "code,name,isDefault\nBOD,Bodega,true\nPT,Otra,true\n", 3, "isDefault", "duplicate" },
            { "locations.csv", "code,name,isDefault\nBOD,Bodega,quizás\n", 2, "isDefault", "not-a-boolean" },
            {
                "attribute_values.csv",
                "attribute,code,name\nTONO,T1,Í\nTALLA,28,28\nCOLOR,X,X\n",
                4,
                "attribute",
                "unknown-reference"
            },
            { "boms.csv", "code,material\nB1,JEAN\nB2,KIT\nB3,NADA\n", 4, "material", "unknown-reference" },
            {
                "bom_lines.csv",
                "bom,component,quantity,unit\nB1,TEL,1.5,und\nB1,KIT,1,und\nB2,BOT,2,und\n",
                2,
                "unit",
                "unit-differs"
            },
            { "bom_lines.csv", "bom,component,quantity\nB1,TEL,-1\nB1,KIT,1\n", 2, "quantity", "not-positive" },
            { "bom_lines.csv", "bom,component,quantity\nB1,KIT,1\nB2,JEAN,1\n", 3, "component", "bom-cycle" },
            { "bom_lines.csv", "bom,component,quantity\nB2,KIT,1\n", 2, "component", "bom-cycle" },
            { "lines.csv", "code,name,capacityKg\nL1,Costura,mucho\n", 2, "capacityKg", "not-a-number" },
            {
                "sales_lines.csv",
                "salesOrder,position,material,quantity\nSO-0003,1,JEAN,10.5\n",
                2,
                "quantity",
                "too-many-decimals"
            },
            {
                "sales_lines.csv",
                "salesOrder,position,material,quantity\nSO-0099,1,JEAN,10\n",
                2,
                "salesOrder",
                "unknown-reference"
            },
            { "sales_orders.csv", "number,status,customer,dueDate\nSO-0003,Pending,C1,mañana\n", 2, "dueDate", "not-a-date" },
            { "sales_orders.csv", "number,status,customer\nSO-0003,Perdida,C1\n", 2, "status", "bad-value" },
            {
                "orders.csv",
                "number,status,matrixState,material,bom,quantity\nWO-0005,Draft,planned,JEAN,B1,10\n",
                2,
                "matrixState",
                "invalid-state"
            },
            {
                "orders.csv",
                "number,status,matrixState,material,bom,quantity\nWO-0005,Planned,planned,JEAN,B1,11\n",
                2,
                "quantity",
                "cells-differ"
            },
            {
                "orders.csv",
                "number,kind,status,matrixState,material,quantity\nWO-0005,split,Planned,planned,JEAN,10\n",
                2,
                "parent",
                "bad-value"
            },
            { "order_axes.csv", "order,axis,position,value\nWO-0005,x,1,T9\nWO-0005,y,1,28\n", 2, "value", "unknown-reference" },
            { "order_cells.csv", "order,x,y,planned\nWO-0005,T1,30,10\n", 2, "y", "unknown-reference" },
            {
                "lots.csv",
                "code,material,status,quantity,location\nTEL-1,TEL,Available,100.555,BOD\n",
                2,
                "quantity",
                "too-many-decimals"
            },
            {
                "lots.csv",
                "code,material,status,quantity,location,reserved\nTEL-1,TEL,Available,100.5,BOD,200\n",
                2,
                "reserved",
                "over-reserved"
            },
            {
                "lots.csv",
                "code,material,status,quantity,location,attributes\nTEL-1,TEL,Available,100.5,BOD,TONO\n",
                2,
                "attributes",
                "bad-value"
            },
            { "lots.csv", "code,material,status,quantity,location\nTEL-1,BOT,Available,100,BOD\n", 2, "bulk", "bad-value" },
            {
                "lots.csv",
                "code,material,status,quantity,onHand,location\nTEL-1,TEL,Available,100,90,BOD\n",
                2,
                "onHand",
                "invariant"
            },
            {
                "lots.csv",
                "code,material,status,quantity,reserved,location\nTEL-1,TEL,Available,100.5,14,BOD\n",
                2,
                "reserved",
                "invariant"
            },
            { "allocations.csv", "order,lot,quantity,state,at\nWO-0005,TEL-1,15,Reserved,ayer\n", 2, "at", "not-an-instant" },
            { "movements.csv", "type,lot,quantity\nPURCHASE_IN,TEL-1,-110\n", 2, "quantity", "bad-value" },
            { "movements.csv", "type,lot,quantity\nPURCHASE_IN,TEL-9,110\n", 2, "lot", "unknown-reference" },
            {
                "journal_lines.csv",
                "entry,position,account,debit,credit\nJE-0002,1,1430,10.50,0\nJE-0002,2,1405,0,10.49\n",
                2,
                "number",
                "unbalanced"
            },
            {
                "journal_lines.csv",
                "entry,position,account,debit,credit\nJE-0002,1,9999,1,0\nJE-0002,2,1405,0,1\n",
                2,
                "account",
                "unknown-reference"
            },
            {
                "orders.csv",
                "number,status,matrixState,material,bom,quantity,produced\nWO-0005,Planned,planned,JEAN,B1,10,0\nWO-0006,Done,,KIT,B2,5,5\n",
                3,
                "produced",
                "invariant"
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_bad_row_is_named_and_nothing_changes(string file, string text, int row, string? column, string code)
    {
        var set = Sound();
        set[file] = text;
        var before = await Fingerprint();
        var result = await ImportFiles(postgres.DataSource, set);
        Assert.False(result.Imported);
        var place = file == "journal_lines.csv" && code == "unbalanced" ? "journal_entries.csv" : file;
        var problem = result.Problems.FirstOrDefault(p =>
            p.File == place && p.Row == row && p.Column == column && p.Code == code
        );
        Assert.True(problem is not null, Describe(result));
        Assert.NotEmpty(problem.Es);
        Assert.NotEqual(problem.Es, problem.En);
        Assert.Equal(before, await Fingerprint());
    }

    [Fact]
    public async Task A_sound_set_is_accepted_and_a_document_only_once()
    {
        await using var plant = await EmptyPlant();
        var result = await ImportFiles(plant, Sound());
        Assert.True(result.Imported, Describe(result));
        Assert.Equal(
            "PURCHASE_IN 20.000 TEL",
            await Scalar<string>(
                plant,
                "select concat_ws(' ', type, quantity, material) from inventory_movement where lot = 'TEL-2'"
            )
        );
        Assert.Equal(6, await Scalar<long>(plant, "select nextval('production_order_number')"));
        Assert.Equal(4, await Scalar<long>(plant, "select nextval('sales_order_number')"));
        Assert.Equal(3, await Scalar<long>(plant, "select nextval('journal_entry_number')"));
        var again = await ImportFiles(plant, Sound());
        Assert.False(again.Imported);
        Assert.Contains(again.Problems, p => p is { File: "orders.csv", Row: 2, Column: "number", Code: "exists" });
        Assert.Contains(again.Problems, p => p is { File: "lots.csv", Row: 3, Column: "code", Code: "exists" });
    }

    [Fact]
    public async Task Master_data_are_updated_and_only_what_changed_gets_a_version_and_an_event()
    {
        await using var plant = await EmptyPlant();
        Assert.True((await ImportFiles(plant, Sound())).Imported);
        var master = new Dictionary<string, string>
        {
            ["materials.csv"] = "code,name,kind,unit,lotTracked\nTEL,Tela nueva,RawMaterial,m,true\nKIT,Kit,Component,und,true\n",
            ["bom_lines.csv"] = "bom,component,quantity\nB2,BOT,3\n",
        };
        var last = await Scalar<long>(plant, "select max(id) from event");
        var result = await ImportFiles(plant, master);
        Assert.True(result.Imported, Describe(result));
        Assert.Equal(
            "Tela nueva 100.00 2",
            await Scalar<string>(plant, "select concat_ws(' ', name, unit_cost, version) from material where code = 'TEL'")
        );
        Assert.Equal(1, await Scalar<int>(plant, "select version from material where code = 'KIT'"));
        Assert.Equal(
            "material-changed material:TEL 2,bom-changed bom:B2 2,plant-imported plant ",
            await Scalar<string>(
                plant,
                $"select string_agg(type || ' ' || subject || ' ' || coalesce(version::text, ''), ',' order by id) from event where id > {last}"
            )
        );
        var refused = await ImportFiles(
            plant,
            new Dictionary<string, string> { ["materials.csv"] = "code,name,kind,unit\nTEL,Tela,RawMaterial,und\n" }
        );
        Assert.Contains(refused.Problems, p => p is { Row: 2, Column: "unit", Code: "in-use" });
    }

    private Task<string> Fingerprint() =>
        Scalar<string>(
            postgres.DataSource,
            """
            select concat_ws('-', (select count(*) from unit), (select count(*) from material), (select count(*) from lot),
                (select count(*) from inventory_movement), (select count(*) from production_order), (select count(*) from event))
            """
        );
}
