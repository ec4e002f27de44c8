using System.Diagnostics;
using Manufactura.Tests.Shared;
using static Manufactura.Storage.Tests.Import.ImportTesting;

namespace Manufactura.Storage.Tests.Import;

public sealed class DemoPlantTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_demo_comes_in_whole_goes_out_and_comes_in_again_as_the_same_plant()
    {
        var watch = Stopwatch.StartNew();
        var result = await ImportFiles(postgres.DataSource, Demo());
        watch.Stop();
        Assert.True(result.Imported, Describe(result));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
        await TheOrderOfTheMockIsThere();
        await EveryThingHasItsEvent();

        var first = await Export(postgres.DataSource);
        await using var other = await EmptyPlant();
        var again = await ImportFiles(other, first);
        Assert.True(again.Imported, Describe(again));
        var second = await Export(other);
        foreach (var (file, text) in first)
            Assert.Equal(text, second[file]);
        Assert.All(Demo().Keys, file => Assert.True(Lines(second[file]) >= Lines(Demo()[file]), file));
    }

    private static int Lines(string text) => text.Count(c => c == '\n');

    private async Task TheOrderOfTheMockIsThere()
    {
        var order = await Scalar<string>(
            postgres.DataSource,
            """
            select concat_ws(' ', o.number, o.status, o.matrix_state, o.quantity::int, o.produced::int, o.line, o.sales_order,
                count(*), count(distinct c.x), sum(c.to_produce)::int, jsonb_array_length(o.axes -> 'y'), o.due_date)
            from production_order o join matrix_cell c on c.production_order = o.number where o.number = 'WO-0142' group by o.number
            """
        );
        Assert.Equal("WO-0142 InProgress progress 1200 412 L2 SO-0088 24 4 148 6 2026-11-26", order);
        var next = await Scalar<long>(postgres.DataSource, "select nextval('production_order_number')");
        Assert.Equal(154, next);
        Assert.Equal(
            0,
            await Scalar<long>(
                postgres.DataSource,
                "select count(*) from production_order where kind = 'partial' and jsonb_array_length(bom_lines) = 0"
            )
        );
    }

    private async Task EveryThingHasItsEvent()
    {
        var missing = await Scalar<long>(
            postgres.DataSource,
            """
            select count(*) from (
                select 'order:' || number as subject from production_order union all select 'lot:' || code from lot
                union all select 'material:' || code from material union all select 'sales-order:' || number from sales_order) s
            where (select count(*) from event e where e.subject = s.subject) <> 1
            """
        );
        Assert.Equal(0, missing);
        Assert.Equal(
            "plant-imported prueba",
            await Scalar<string>(postgres.DataSource, "select type || ' ' || actor from event order by id desc limit 1")
        );
        Assert.Equal(
            "Jean Recto Clásico 1",
            await Scalar<string>(
                postgres.DataSource,
                "select (data ->> 'name') || ' ' || version from event where subject = 'material:PT-JRC' and type = 'material-created'"
            )
        );
    }
}
