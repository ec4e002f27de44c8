using Manufactura.Domain;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>Every branch of the flow "planificación de órdenes", and every refusal, through the grains onto PostgreSQL.</summary>
public sealed class AssignTests(LineFixture plant) : IClassFixture<LineFixture>
{
    [Fact]
    public async Task An_order_that_fits_gets_the_line_and_keeps_its_quantity()
    {
        var number = await plant.MakeAsync(300);
        var answer = Ok(await plant.Order(number).AssignLine("L1", false, Ana));
        Assert.Equal((number, 300, "L1", null), (answer.Order.Number, answer.Order.Quantity, answer.Order.Line, answer.Rest));
        var row = await plant.ReadAsync(number);
        Assert.Equal(("L1", 300, true), (row.Line, row.Quantity, row.LinePosition > 0));
        Assert.Contains((await plant.LoadAsync("L1")).Queue, q => q.Number == number && q.Kg == 300);
    }

    [Fact]
    public async Task An_order_too_large_is_asked_about_and_nothing_changes()
    {
        var number = await plant.MakeAsync(1000);
        var before = await plant.ReadAsync(number);
        var events = await plant.ScalarAsync<long>($"select count(*) from event where subject = 'order:{number}'");
        var no = (await plant.Order(number).AssignLine("L1", false, Ana)).Problem!;
        Assert.Equal(("exceeds-capacity", RefusalKind.Conflict), (no.Code, no.Kind));
        Assert.Equal("La orden excede la capacidad de la línea (300 unidades). ¿Desea dividirla?", no.Es);
        Assert.Equal((300, 700), (no.Detail<decimal>("capacityUnits"), no.Detail<decimal>("remainder")));
        var after = await plant.ReadAsync(number);
        Assert.Equal((before.Version, null), (after.Version, after.Line));
        Assert.Equal(events, await plant.ScalarAsync<long>($"select count(*) from event where subject = 'order:{number}'"));
    }

    [Fact]
    public async Task A_confirmed_division_makes_a_planned_order_with_its_share_of_cells_and_reservations()
    {
        var number = await plant.MakeAsync(1000, "J", matrix: Jeans);
        Ok(await plant.Order(number).Reserve(Ana));
        var before = await plant.ReadAsync(number);
        var answer = Ok(await plant.Order(number).AssignLine("L1", true, Ana));
        var (order, rest) = (await plant.ReadAsync(number), await plant.ReadAsync(answer.Rest!.Number));
        Assert.Equal((600, "L1", OrderStatus.Planned), (order.Quantity, order.Line, order.Status));
        Assert.Equal((400, null, OrderStatus.Planned, OrderKind.Split), (rest.Quantity, rest.Line, rest.Status, rest.Kind));
        Assert.Equal((number, $"Urgente\nDividida desde OP {number}"), (rest.Parent, rest.Observations));
        Assert.Equal((before.DueDate, before.Priority, before.Bom), (rest.DueDate, rest.Priority, rest.Bom));
        Assert.Equal(MatrixState.Planned, rest.Matrix!.State);
        Assert.Equal((600, 400), (order.Matrix!.Cells.Sum(c => c.Planned), rest.Matrix.Cells.Sum(c => c.Planned)));
        foreach (var cell in before.Matrix!.Cells)
            Assert.Equal(cell.Planned, order.Matrix.Find(cell.X, cell.Y)!.Planned + rest.Matrix.Find(cell.X, cell.Y)!.Planned);
        Assert.Equal(2000, Allocations.ReservedOf(before.Allocations, "T"));
        Assert.Equal(
            (1200, 800),
            (Allocations.ReservedOf(order.Allocations, "T"), Allocations.ReservedOf(rest.Allocations, "T"))
        );
        await plant.SoundAsync();
    }

    [Fact]
    public async Task What_is_divided_goes_on_like_any_order()
    {
        var number = await plant.MakeAsync(450);
        var rest = Ok(await plant.Order(number).AssignLine("L1", true, Ana)).Rest!.Number;
        Ok(await plant.Order(rest).AssignLine("L1", false, Ana));
        foreach (var part in (string[])[number, rest])
        {
            Ok(await plant.Order(part).Start(Ana));
            Ok(await plant.Order(part).Finish(Ana));
        }

        var queue = (await plant.LoadAsync("L1")).Queue.Select(q => q.Number);
        Assert.DoesNotContain(number, queue);
        Assert.DoesNotContain(rest, queue);
        await plant.SoundAsync();
    }

    [Fact]
    public async Task The_rest_of_an_order_whose_matrix_is_pending_is_a_draft()
    {
        var number = await plant.MakeAsync(1000, "J", plan: false, matrix: Jeans);
        var rest = Ok(await plant.Order(number).AssignLine("L1", true, Ana)).Rest!;
        Assert.Equal((OrderStatus.Draft, "pending"), (rest.Status, rest.MatrixState));
    }

    [Theory]
    [InlineData("P", "L9", 10, "line-inactive", "La línea L9 está inactiva.")]
    [InlineData("P", "L3", 10, "line-incompatible", "La línea L3 no es compatible con el producto P.")]
    [InlineData(
        "N",
        "L3",
        10,
        "unit-weight-missing",
        "El producto N no tiene peso unitario: no se puede calcular la capacidad de la línea."
    )]
    [InlineData("H", "L3", 10, "unit-too-heavy", "Una unidad de H pesa 1000 kg, más que la capacidad de la línea L3 (900 kg).")]
    [InlineData("P", "L0", 10, "validation", "La línea L0 no existe.")]
    public async Task A_line_that_cannot_take_it_is_refused_with_a_sentence(
        string material,
        string line,
        int quantity,
        string code,
        string sentence
    )
    {
        var number = await plant.MakeAsync(quantity, material);
        var no = (await plant.Order(number).AssignLine(line, true, Ana)).Problem!;
        Assert.Equal((code, sentence, RefusalKind.Rule), (no.Code, no.Es, no.Kind));
        Assert.Null((await plant.ReadAsync(number)).Line);
    }

    [Fact]
    public async Task Closed_orders_are_refused_and_one_in_progress_is_assigned_but_not_divided()
    {
        var cancelled = await plant.MakeAsync(10);
        Ok(await plant.Order(cancelled).Cancel(Ana));
        var no = (await plant.Order(cancelled).AssignLine("L1", true, Ana)).Problem!;
        Assert.Equal(("invalid-state", $"La orden {cancelled} está Cancelada: no se asigna a una línea."), (no.Code, no.Es));
        var done = await plant.MakeAsync(10);
        Ok(await plant.Order(done).Start(Ana));
        Ok(await plant.Order(done).Finish(Ana));
        no = (await plant.Order(done).AssignLine("L1", true, Ana)).Problem!;
        Assert.Equal(("invalid-state", $"La orden {done} está Terminada: no se asigna a una línea."), (no.Code, no.Es));
        var started = await plant.MakeAsync(400);
        Ok(await plant.Order(started).Start(Ana));
        no = (await plant.Order(started).AssignLine("L1", true, Ana)).Problem!;
        Assert.Equal(("exceeds-capacity", false), (no.Code, no.Detail<bool>("splittable")));
        var small = await plant.MakeAsync(100);
        Ok(await plant.Order(small).Start(Ana));
        Assert.Equal("L1", Ok(await plant.Order(small).AssignLine("L1", false, Ana)).Order.Line);
        Assert.Equal("not-found", (await plant.Order("WO-9999").AssignLine("L1", false, Ana)).Problem!.Code);
    }

    [Fact]
    public async Task The_same_request_twice_divides_once()
    {
        var number = await plant.MakeAsync(1000);
        var twice = new CommandContext("ana", "assign", Guid.NewGuid().ToString());
        var first = Ok(await plant.Order(number).AssignLine("L1", true, twice));
        var again = Ok(await plant.Order(number).AssignLine("L1", true, twice));
        Assert.Equal(first.Rest!.Number, again.Rest!.Number);
        Assert.Equal(1L, await plant.ScalarAsync<long>($"select count(*) from production_order where parent = '{number}'"));
    }

    [Fact]
    public async Task Another_line_takes_it_over_and_off_the_line_it_is_free_again()
    {
        var number = await plant.MakeAsync(50);
        Ok(await plant.Order(number).AssignLine("L1", false, Ana));
        Ok(await plant.Order(number).AssignLine("L2", false, Ana));
        Assert.DoesNotContain((await plant.LoadAsync("L1")).Queue, q => q.Number == number);
        Assert.Contains((await plant.LoadAsync("L2")).Queue, q => q.Number == number);
        Assert.Null(Ok(await plant.Order(number).UnassignLine(Ana)).Order.Line);
        Assert.DoesNotContain((await plant.LoadAsync("L2")).Queue, q => q.Number == number);
        var no = (await plant.Order(number).UnassignLine(Ana)).Problem!;
        Assert.Equal($"La orden {number} no está en ninguna línea.", no.Es);
    }
}
