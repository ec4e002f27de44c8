using Manufactura.Domain.Screens;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Screens;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Tests.Shared;

namespace Manufactura.Grains.Tests.Screens;

/// <summary>Layouts of wall screens, kept by grain state in the plant's database.</summary>
public sealed class ScreenTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly CommandContext Ana = new("ana");

    [Fact]
    public async Task A_layout_outlives_its_host_and_is_seen_from_the_next()
    {
        await using (var first = await PlantHost.StartAsync(postgres.ConnectionString))
        {
            var saved = await Screen(first, "costura").Save(Layout("Costura"), Ana);
            Assert.Equal(("costura", 1), (saved.Value!.Name, saved.Value.Version));
        }

        await using var second = await PlantHost.StartAsync(postgres.ConnectionString);
        var found = (await Screen(second, "costura").Get()).Value!;
        Assert.Equal(("Costura", 1), (found.Title, found.Version));
        Assert.Equal(Layout("Costura").Panels.ToArray(), found.Panels.ToArray());
        var names = await second.Grains.GetGrain<IScreenDirectoryGrain>(IScreenDirectoryGrain.Key).List();
        Assert.Contains("costura", names.Names);
        Assert.Contains("planta", names.Names);
        Assert.Equal("Costura", (await Screen(second, "costura").Delete(Ana)).Value!.Title);
        Assert.Equal("not-found", (await Screen(second, "costura").Get()).Problem!.Code);
    }

    [Fact]
    public async Task Whoever_saves_over_another_hand_is_refused()
    {
        await using var host = await PlantHost.StartAsync(postgres.ConnectionString);
        await using var other = await PlantHost.StartAsync(postgres.ConnectionString);
        Assert.NotNull((await Screen(host, "corte").Save(Layout("Uno"), Ana)).Value);
        Assert.Equal("stale", (await Screen(host, "corte").Save(Layout("Dos"), Ana)).Problem!.Code);
        // A second activation, as after a partition, with what it read before the first one wrote again.
        Assert.Equal(1, (await Screen(other, "corte").Get()).Value!.Version);
        Assert.Equal(2, (await Screen(host, "corte").Save(Layout("Tres") with { Version = 1 }, Ana)).Value!.Version);
        Assert.Equal("stale", (await Screen(other, "corte").Save(Layout("Cuatro") with { Version = 1 }, Ana)).Problem!.Code);
        Assert.Equal("Tres", (await Screen(other, "corte").Get()).Value!.Title);
    }

    [Fact]
    public async Task Every_save_is_told_once_in_the_feed()
    {
        await using var host = await PlantHost.StartAsync(postgres.ConnectionString);
        await Screen(host, "muro").Save(Layout("Muro"), Ana);
        await Screen(host, "muro").Save(Layout("Muro") with { Version = 1, RotationSeconds = 20 }, Ana);
        await using var command = postgres.DataSource.CreateCommand(
            "select string_agg(type || ' ' || version || ' ' || actor, ', ' order by id) from event where subject = 'screen:muro'"
        );
        Assert.Equal("screen-changed 1 ana, screen-changed 2 ana", await command.ExecuteScalarAsync());
    }

    public static TheoryData<string, ScreenLayout> Wrong =>
        new()
        {
            { "title", Layout(" ") },
            { "theme", Layout("x") with { Theme = "pink" } },
            { "columns", Layout("x") with { Columns = 7 } },
            { "rotationSeconds", Layout("x") with { RotationSeconds = 4 } },
            { "panels", Layout("x") with { Panels = [] } },
            { "panels", Layout("x") with { Panels = [At(1, 1), At(1, 1)] } },
            { "panels", Layout("x") with { Panels = [At(6, 1) with { Width = 2 }] } },
            { "panels", Layout("x") with { Panels = [.. Enumerable.Range(1, 8).Select(i => At(1, 1) with { Page = i })] } },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_shown_is_refused_and_nothing_is_kept(string field, ScreenLayout layout)
    {
        await using var host = await PlantHost.StartAsync(postgres.ConnectionString);
        var problem = (await Screen(host, "mal").Save(layout, Ana)).Problem!;
        Assert.Equal(("validation", field), (problem.Code, problem.Detail<string>("field")));
        Assert.Equal("not-found", (await Screen(host, "mal").Get()).Problem!.Code);
    }

    [Fact]
    public async Task A_plant_has_a_screen_before_anybody_designed_one()
    {
        await using var host = await PlantHost.StartAsync(postgres.ConnectionString);
        var planta = (await Screen(host, IScreenGrain.DefaultName).Get()).Value!;
        Assert.Equal((0, 4), (planta.Version, planta.Panels.Length));
        Assert.Equal("validation", (await Screen(host, "Con Espacios").Save(Layout("x"), Ana)).Problem!.Code);
    }

    private static IScreenGrain Screen(PlantHost host, string name) => host.Grains.GetGrain<IScreenGrain>(name);

    private static ScreenPanel At(int column, int row) => new(PanelKind.Alerts, 1, column, row, 1, 1);

    private static ScreenLayout Layout(string title) =>
        new("", title, "dark", 6, 6, 30, [new(PanelKind.LinesToday, 1, 1, 1, 4, 6), new(PanelKind.Alerts, 1, 5, 1, 2, 6)]);
}
