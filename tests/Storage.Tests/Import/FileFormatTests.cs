using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Manufactura.Storage.Import;
using static Manufactura.Storage.Tests.Import.ImportTesting;

namespace Manufactura.Storage.Tests.Import;

public sealed class FileFormatTests
{
    [Fact]
    public async Task A_spreadsheet_in_Spanish_with_semicolons_a_mark_and_decimal_commas_is_understood()
    {
        await using var plant = await EmptyPlant();
        var result = await ImportFiles(
            plant,
            new Dictionary<string, string>
            {
                ["Units.CSV"] = "\ufeffcode;name;precision\r\nkg;\"Kilo; gramo\";3\r\n",
                ["locations.csv"] = "code;name\r\nBOD;Bodega\r\n",
                ["materials.csv"] = "code;name;kind;unit;unitCost;lotTracked\r\nTIN;Índigo;RawMaterial;kg;1250,75;verdadero\r\n",
                ["lots.csv"] = "code;material;status;quantity;location;expiresOn\r\nTIN-1;TIN;Available;2,125;BOD;3/12/2026\r\n",
            }
        );
        Assert.True(result.Imported, Describe(result));
        Assert.Equal(
            "Kilo; gramo Índigo 1250.75 2.125 2026-12-03",
            await Scalar<string>(
                plant,
                "select concat_ws(' ', u.name, m.name, m.unit_cost, l.on_hand, l.expires_on) from unit u, material m, lot l"
            )
        );
        var ambiguous = await ImportFiles(
            plant,
            new Dictionary<string, string> { ["lines.csv"] = "code;name;capacityKg\r\nL1;Uno;1.250\r\n" }
        );
        Assert.Contains(ambiguous.Problems, p => p is { Row: 2, Column: "capacityKg", Code: "ambiguous-number" });
    }

    [Fact]
    public async Task Relative_dates_follow_the_plants_calendar_and_never_reach_past_now()
    {
        await using var plant = await EmptyPlant();
        var result = await ImportFiles(
            plant,
            new Dictionary<string, string>
            {
                ["customers.csv"] = "code,name\nC,C\n",
                ["sales_orders.csv"] =
                    "number,status,customer,dueDate,createdAt\nSO-1,Pending,C,today+30,today-3T08:30\nSO-2,Pending,C,today,todayT23:00\nSO-3,Pending,C,2026-12-01,2026-11-01T10:00\nSO-4,Pending,C,today-1,2026-11-01T10:00:00Z\n",
            }
        );
        Assert.True(result.Imported, Describe(result));
        Assert.Equal(
            "2026-12-20 2026-11-17 13:30,2026-11-20 2026-11-20 17:00,2026-12-01 2026-11-01 15:00,2026-11-19 2026-11-01 10:00",
            await Scalar<string>(
                plant,
                "select string_agg(due_date || ' ' || to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), ',' order by id) from sales_order"
            )
        );
    }

    [Fact]
    public async Task Text_stays_text_whatever_it_looks_like_and_a_spreadsheet_does_not_run_it()
    {
        string[] names =
        [
            "'); drop table material; --",
            "<script>alert(1)</script>",
            "=1+1",
            "@SUM(A1)",
            "'=x",
            "-2",
            " dos\nlíneas \"y\" comas, ; ",
        ];
        var rows = names.Select(
            (n, i) => $"C{i},\"{(n.StartsWith("'=", StringComparison.Ordinal) ? "'" + n : n).Replace("\"", "\"\"")}\"\n"
        );
        await using var plant = await EmptyPlant();
        var result = await ImportFiles(
            plant,
            new Dictionary<string, string> { ["customers.csv"] = "code,name\n" + string.Concat(rows) }
        );
        Assert.True(result.Imported, Describe(result));
        Assert.Equal(names, await Scalar<string[]>(plant, "select array_agg(name order by code) from customer"));
        var exported = (await Export(plant))["customers.csv"];
        Assert.Contains("C2,'=1+1\n", exported, StringComparison.Ordinal);
        Assert.Contains("C3,'@SUM(A1)\n", exported, StringComparison.Ordinal);
        await using var other = await EmptyPlant();
        Assert.True((await ImportFiles(other, new Dictionary<string, string> { ["customers.csv"] = exported })).Imported);
        Assert.Equal(names, await Scalar<string[]>(other, "select array_agg(name order by code) from customer"));
    }

    [Fact]
    public async Task Ten_megabytes_come_in_and_a_set_over_the_limit_does_not()
    {
        var text = new StringBuilder("code,name,email\n");
        for (var i = 0; text.Length < 10 << 20; i++)
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"P{i:0000000},Proveedor número {i} de telas e insumos,ventas{i}@example.com\n"
            );
        var files = new Dictionary<string, string> { ["suppliers.csv"] = text.ToString() };
        await using var plant = await EmptyPlant();
        var small = await ImportFiles(plant, files, new ImportLimits { MaxBytes = 1 << 20 });
        Assert.Equal("too-large", Assert.Single(small.Problems).Code);
        var watch = Stopwatch.StartNew();
        var result = await ImportFiles(plant, files);
        Assert.True(result.Imported, Describe(result));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
        Assert.Equal(result.Rows["suppliers"], await Scalar<long>(plant, "select count(*) from supplier"));
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_refused_by_name()
    {
        await using var plant = await EmptyPlant();
        var latin = new MemoryStream(Encoding.Latin1.GetBytes("code,name\nC,Almacén\n"));
        var result = await Importer(plant).ImportAsync(new Dictionary<string, Stream> { ["customers.csv"] = latin }, "prueba");
        Assert.Contains(result.Problems, p => p is { File: "customers.csv", Row: 0, Code: "encoding" });
    }

    [Fact]
    public async Task A_workbook_gives_its_sheets_strings_numbers_and_dates()
    {
        await using var plant = await EmptyPlant();
        var result = await Importer(plant).ImportAsync(Workbook(), "prueba");
        Assert.True(result.Imported, Describe(result));
        Assert.Equal(
            "Índigo rico 2.125 2026-12-03 true",
            await Scalar<string>(
                plant,
                "select concat_ws(' ', m.name, l.on_hand, l.expires_on, m.lot_tracked::text) from material m, lot l"
            )
        );
    }

    [Fact]
    public async Task A_workbook_that_inflates_without_end_or_is_none_is_refused()
    {
        await using var plant = await EmptyPlant();
        var bomb = Zip(
            ("xl/workbook.xml", new string(' ', 4 << 20)),
            ("xl/sharedStrings.xml", "<sst>" + new string(' ', 64 << 20) + "</sst>")
        );
        Assert.True(bomb.Length < 1 << 20);
        var result = await Importer(plant, new ImportLimits { MaxBytes = 8 << 20 }).ImportAsync(bomb, "prueba");
        Assert.Equal("too-large", Assert.Single(result.Problems).Code);
        var none = await Importer(plant).ImportAsync(new MemoryStream([1, 2, 3]), "prueba");
        Assert.Equal("malformed", Assert.Single(none.Problems).Code);
        var entity = Zip(("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY x \"xx\">]><a>&x;</a>"));
        Assert.Equal("malformed", Assert.Single((await Importer(plant).ImportAsync(entity, "prueba")).Problems).Code);
    }

    private static MemoryStream Workbook() =>
        Zip(
            (
                "xl/workbook.xml",
                """
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
                <sheet name="Lots" sheetId="1" r:id="r4"/><sheet name="units" sheetId="2" r:id="r1"/><sheet name="locations" sheetId="3" r:id="r2"/><sheet name="materials" sheetId="4" r:id="r3"/></sheets></workbook>
                """
            ),
            (
                "xl/_rels/workbook.xml.rels",
                """
                <Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Target="/xl/worksheets/sheet3.xml"/><Relationship Id="r4" Target="worksheets/sheet4.xml"/></Relationships>
                """
            ),
            (
                "xl/sharedStrings.xml",
                "<sst><si><t>kg</t></si><si><r><t>Índigo</t></r><r><t xml:space=\"preserve\"> rico</t></r><rPh><t>no</t></rPh></si></sst>"
            ),
            (
                "xl/styles.xml",
                "<styleSheet><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
            (
                "xl/worksheets/sheet1.xml",
                Sheet(
                    "code,name,precision",
                    "<c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>Kilo</t></is></c><c r=\"C2\"><v>3</v></c>"
                )
            ),
            (
                "xl/worksheets/sheet2.xml",
                Sheet(
                    "code,name",
                    "<c r=\"A2\" t=\"str\"><f>\"BO\"&amp;\"D\"</f><v>BOD</v></c><c r=\"B2\" t=\"str\"><v>Bodega</v></c>"
                )
            ),
            (
                "xl/worksheets/sheet3.xml",
                Sheet(
                    "code,name,kind,unit,lotTracked",
                    "<c r=\"A2\" t=\"str\"><v>TIN</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"str\"><v>RawMaterial</v></c><c r=\"D2\" t=\"s\"><v>0</v></c><c r=\"E2\" t=\"b\"><v>1</v></c>"
                )
            ),
            (
                "xl/worksheets/sheet4.xml",
                Sheet(
                    "code,material,status,quantity,reserved,location,expiresOn",
                    "<c r=\"A2\" t=\"str\"><v>TIN-1</v></c><c r=\"B2\" t=\"str\"><v>TIN</v></c><c r=\"C2\" t=\"str\"><v>Available</v></c><c r=\"D2\"><v>2.1250000000000002</v></c><c r=\"F2\" t=\"str\"><v>BOD</v></c><c r=\"G2\" s=\"1\"><v>46359</v></c>"
                )
            )
        );

    private static string Sheet(string header, string cells)
    {
        var names = string.Concat(header.Split(',').Select(n => $"<c t=\"str\"><v>{n}</v></c>"));
        return $"<worksheet><sheetData><row r=\"1\">{names}</row><row r=\"2\">{cells}</row></sheetData></worksheet>";
    }

    private static MemoryStream Zip(params (string Name, string Text)[] parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }

        stream.Position = 0;
        return stream;
    }
}
