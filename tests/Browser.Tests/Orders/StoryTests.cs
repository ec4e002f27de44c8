using Manufactura.Browser.Tests.Screens;
using Manufactura.Tests.Shared;
using Npgsql;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Manufactura.Browser.Tests.Orders;

/// <summary>
/// Two people, one order, from creating it to its last lot, on a server that is killed while one of them types. One test, because
/// each chapter stands on what the chapters before it left.
/// </summary>
[Collection(Floor.Name)]
public sealed class StoryTests(Chromium chromium, ITestOutputHelper output)
{
    [Fact]
    public async Task Two_people_take_an_order_from_planning_to_its_last_lot()
    {
        var (_, connection) = await PostgresFixture.CreateDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var plant = new PlantProcess(connection);
        await plant.StartAsync();
        await using var jefe = await MatrixWindow.OpenAsync(plant.Address, chromium, "jefe", "/manufacturing/work-order/new/");
        var order = await Story.CreateAsync(jefe);
        output.WriteLine($"{order} on {plant.Address}");
        await using var operario = await MatrixWindow.OpenAsync(
            plant.Address,
            chromium,
            "operario",
            $"/manufacturing/work-order/{order}/"
        );

        await PlanAsync(jefe, operario);
        await EditTogetherAsync(jefe, operario);
        await DisagreeAsync(jefe, operario);
        await RefreshAsync(jefe, operario);
        await TypeThroughARestartAsync(jefe, operario, plant);
        var backorder = await ExplodeOnceAsync(jefe, operario, order, plant, database);
        await ExplodeTheBackorderAsync(jefe, operario, order, backorder, database);
    }

    // 144 over three tonos and the curve 1-2-2-1: 8, 16, 16, 8 in each row.
    private static async Task PlanAsync(MatrixWindow jefe, MatrixWindow operario)
    {
        await operario.ShownAsync();
        await Expect(operario.Cell("T-105", "30")).ToContainTextAsync("16");
        await jefe.WriteAsync("T-105", "30", "20");
        await Expect(jefe.Page.Locator(".mx-check")).ToHaveTextAsync("Sobran 4: las celdas suman 148 y la orden pide 144.");
        await jefe.SettledAsync();
        await jefe.Page.Locator(".or-main").ClickAsync();
        await Expect(jefe.Page.Locator("[role=alert].bad")).ToHaveTextAsync("La matriz suma 4 unidades más que el total de 144.");

        await jefe.Page.GetByText("Recalcular matriz").First.ClickAsync();
        var dialog = jefe.Page.Locator(".rz-dialog");
        await Expect(dialog).ToContainTextAsync("1 celda se cambió a mano");
        await Expect(dialog.Locator("[type=submit]")).ToBeDisabledAsync();
        await dialog.Locator(".or-ask input").CheckAsync();
        await dialog.Locator("[type=submit]").ClickAsync();
        await Expect(jefe.Input("T-105", "30")).ToHaveValueAsync("16");
        await Expect(operario.Cell("T-105", "30")).ToContainTextAsync("16");

        await jefe.WriteAsync("T-105", "30", "20");
        await Expect(jefe.Page.Locator(".mx-check")).ToContainTextAsync("Sobran 4");
        await jefe.WriteAsync("T-105", "32", "12");
        await Expect(jefe.Page.Locator(".mx-check")).ToHaveTextAsync("las celdas suman el total ✓");
        await jefe.SettledAsync();
        await jefe.Page.Locator(".or-main").ClickAsync();
        await Expect(jefe.Page.Locator(".steps [aria-current]").First).ToHaveTextAsync("Planificada");
        await operario.Page.Locator(".or-main").ClickAsync();
        await Expect(jefe.Page.Locator(".steps [aria-current]").First).ToHaveTextAsync("En proceso");
    }

    private static async Task EditTogetherAsync(MatrixWindow jefe, MatrixWindow operario)
    {
        await jefe.Input("T-101", "28").ClickAsync();
        await Expect(operario.Cell("T-101", "28")).ToHaveAttributeAsync("data-who", "Jefe");
        await jefe.WriteAsync("T-101", "28", "8");
        await operario.WriteAsync("T-101", "30", "10");
        await Expect(operario.Input("T-101", "28")).ToHaveValueAsync("8");
        await Expect(jefe.Input("T-101", "30")).ToHaveValueAsync("10");
        await Expect(jefe.Page.Locator("[data-matrix-sum]")).ToHaveTextAsync("· 2 celdas, 18 unidades");
        await Expect(operario.Page.Locator("[data-matrix-sum]")).ToHaveTextAsync("· 2 celdas, 18 unidades");
    }

    private static async Task DisagreeAsync(MatrixWindow jefe, MatrixWindow operario)
    {
        await jefe.Input("T-110", "34").ClickAsync();
        await jefe.Page.Keyboard.TypeAsync("5");
        await operario.WriteAsync("T-110", "34", "6");
        await Expect(jefe.Note("T-110", "34")).ToHaveTextAsync("Operario puso 6");
        await jefe.Page.Keyboard.PressAsync("Enter");
        var question = jefe.Page.Locator(".mx-pop");
        await Expect(question).ToContainTextAsync("Operario puso 6");
        await Expect(question).ToContainTextAsync("hace ");
        await Expect(question).ToContainTextAsync("usted escribió 5");

        // While the question stands the other goes on: it asks about what stands there now.
        await operario.WriteAsync("T-110", "34", "7");
        await Expect(operario.Input("T-110", "34")).ToHaveValueAsync("7");
        await Expect(question).ToContainTextAsync("Operario puso 7");
        await Expect(question.GetByText("Dejar 7")).ToBeVisibleAsync();
        await question.GetByText("Usar 5").ClickAsync();
        await Expect(question).ToHaveCountAsync(0);
        await Expect(operario.Input("T-110", "34")).ToHaveValueAsync("5");
    }

    private static async Task RefreshAsync(MatrixWindow jefe, MatrixWindow operario)
    {
        await jefe.CutAsync();
        await jefe.WriteAsync("T-105", "28", "3");
        await Expect(jefe.Note("T-105", "28")).ToContainTextAsync("sin enviar");
        await jefe.Page.ReloadAsync();
        await Expect(jefe.Input("T-105", "28")).ToHaveValueAsync("3");
        await Expect(operario.Input("T-105", "28")).ToHaveValueAsync("");
        jefe.Mend();
        await Expect(operario.Input("T-105", "28")).ToHaveValueAsync("3");
    }

    private static async Task TypeThroughARestartAsync(MatrixWindow jefe, MatrixWindow operario, PlantProcess plant)
    {
        await jefe.Input("T-105", "30").ClickAsync();
        await jefe.Page.Keyboard.TypeAsync("1");
        await jefe.MarkPageAsync();
        await operario.MarkPageAsync();
        await plant.KillAsync();
        await jefe.Page.Keyboard.TypeAsync("2");
        await operario.WriteAsync("T-105", "34", "4");
        await Expect(operario.Note("T-105", "34")).ToContainTextAsync("sin enviar");
        await plant.StartAsync();

        // The new server does not know the old pages: they load themselves anew, and the keyboard goes on where it was.
        await jefe.LoadedAnewAsync();
        await operario.LoadedAnewAsync();
        await Expect(jefe.Input("T-105", "30")).ToHaveValueAsync("12");
        await Expect(jefe.Input("T-105", "30")).ToBeFocusedAsync();
        await Expect(jefe.Input("T-105", "34")).ToHaveValueAsync("4");
        await jefe.Page.Keyboard.PressAsync("Backspace");
        await jefe.Page.Keyboard.TypeAsync("3");
        await jefe.Page.Keyboard.PressAsync("Enter");
        await Expect(operario.Input("T-105", "30")).ToHaveValueAsync("13");
        jefe.ForgiveLostConnections();
        operario.ForgiveLostConnections();
    }

    /// <summary>Answers the number of the backorder.</summary>
    private static async Task<string> ExplodeOnceAsync(
        MatrixWindow jefe,
        MatrixWindow operario,
        string order,
        PlantProcess plant,
        NpgsqlDataSource database
    )
    {
        await Expect(jefe.Page.Locator("[data-matrix-sum]")).ToHaveTextAsync("· 6 celdas, 43 unidades");
        await jefe.Page.Locator(".or-main").DblClickAsync();
        var dialog = jefe.Page.Locator(".rz-dialog");
        await Expect(dialog).ToHaveCountAsync(1);
        await Expect(dialog).ToContainTextAsync("6 celdas con 43 unidades");
        await Expect(dialog).ToContainTextAsync("Quedan 101 unidades");
        await dialog.Locator("[type=submit]").DblClickAsync();
        await Expect(dialog.Locator("[role=alert]")).ToContainTextAsync("Cremallera metálica 18 cm: requiere 43, disponible 0");
        Assert.Empty(await Story.NumbersAsync(database, order, "partial"));
        await Story.StockAsync(plant.Address, order);
        await dialog.Locator("[type=submit]").DblClickAsync();

        await Expect(jefe.Page.Locator("h1")).ToHaveTextAsync("Órdenes producidas");
        string[] partials = [.. Enumerable.Range(1, 6).Select(n => $"{order}-0{n}")];
        await Story.ShowsExactlyAsync(jefe, partials);
        Assert.Equal(partials, await Story.NumbersAsync(database, order, "partial"));
        Assert.Equal([$"{order}-R1"], await Story.NumbersAsync(database, order, "backorder"));
        var related = jefe.Page.Locator(".or-related a");
        await Expect(related.First).ToHaveTextAsync($"{order}-R1");
        await Expect(operario.Page.Locator(".or-facts")).ToContainTextAsync("Al residual 101");
        await Expect(operario.Cell("T-105", "30")).ToContainTextAsync("13");
        await related.First.ClickAsync();
        await Expect(jefe.Page.Locator("h1")).ToContainTextAsync($"{order}-R1");
        return $"{order}-R1";
    }

    private static async Task ExplodeTheBackorderAsync(
        MatrixWindow jefe,
        MatrixWindow operario,
        string order,
        string backorder,
        NpgsqlDataSource database
    )
    {
        await jefe.Page.Locator(".or-main").ClickAsync();
        await Expect(jefe.Page.Locator(".steps [aria-current]").First).ToHaveTextAsync("En proceso");
        await jefe.Page.Locator("[data-matrix-do=fill]").ClickAsync();
        await Expect(jefe.Page.Locator("[data-matrix-sum]")).ToHaveTextAsync("· 11 celdas, 101 unidades");
        await jefe.SettledAsync();
        await jefe.Page.Locator(".or-main").ClickAsync();
        var dialog = jefe.Page.Locator(".rz-dialog");
        await Expect(dialog).ToContainTextAsync("la orden queda completa");

        // The answer is lost on its way back; asking again is the same explosion.
        await Story.LoseOneAnswerAsync(jefe.Page, "**/produce-lots");
        await dialog.Locator("[type=submit]").ClickAsync();
        await Expect(dialog.Locator("[role=alert]")).ToContainTextAsync("No llegó la respuesta");
        await dialog.Locator("[type=submit]").ClickAsync();
        string[] partials = [.. Enumerable.Range(1, 11).Select(n => $"{backorder}-{n:00}")];
        await Story.ShowsExactlyAsync(jefe, partials);
        Assert.Equal(partials, await Story.NumbersAsync(database, backorder, "partial"));
        Assert.Equal(17, await Story.LotsAsync(database, order));

        // Nobody touches the order that everything came from.
        await Expect(operario.Page.Locator("h1")).ToContainTextAsync(order);
        await Expect(operario.Page.Locator(".steps [aria-current]").First).ToHaveTextAsync("Terminada");
        await Expect(operario.Page.Locator(".steps.small [aria-current]")).ToHaveTextAsync("Realizado");
        jefe.ForgiveLostConnections();
    }
}
