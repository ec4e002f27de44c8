using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>The alert of a saturated line: raised above 100 %, once while it stands, cleared when the load falls, all from the feed.</summary>
public sealed class SaturationTests(LineFixture plant) : IClassFixture<LineFixture>
{
    [Fact]
    public async Task A_line_above_its_capacity_has_one_alert_until_it_is_below_again()
    {
        await plant.LineAsync("SA", 100, ["P"]);
        var (first, second, third) = (await plant.MakeAsync(100), await plant.MakeAsync(1), await plant.MakeAsync(50));
        Ok(await plant.Order(first).AssignLine("SA", false, Ana));
        Assert.Empty(await AlertsAsync("SA"));
        Ok(await plant.Order(second).AssignLine("SA", false, Ana));
        Assert.Equal(
            ["active: La línea SA está saturada: 101 kg asignados y 100 kg de capacidad por turno (101 %)."],
            await AlertsAsync("SA")
        );
        // More of the same is not another alert, acknowledged or not.
        Ok(await plant.Order(third).AssignLine("SA", false, Ana));
        Assert.Single(await AlertsAsync("SA"));
        await plant.ExecuteAsync("update alert set state = 'acknowledged' where subject = 'SA'");
        Ok(await plant.Order(third).UnassignLine(Ana));
        Assert.StartsWith("acknowledged", Assert.Single(await AlertsAsync("SA")), StringComparison.Ordinal);
        // Exactly full is not saturated.
        Ok(await plant.Order(second).Cancel(Ana));
        Assert.StartsWith("cleared", Assert.Single(await AlertsAsync("SA")), StringComparison.Ordinal);
        Ok(await plant.Order(third).AssignLine("SA", false, Ana));
        Assert.Equal(["cleared", "active"], (await AlertsAsync("SA")).Select(a => a.Split(':')[0]));
        Assert.Equal(2L, await EventsAsync("SA", "alert-raised"));
        Assert.Equal(1L, await EventsAsync("SA", "alert-changed"));
    }

    [Fact]
    public async Task A_capacity_that_is_changed_saturates_and_relieves_a_line_too()
    {
        await plant.LineAsync("SC", 100, ["P"]);
        Ok(await plant.Order(await plant.MakeAsync(100)).AssignLine("SC", false, Ana));
        await plant.LineAsync("SC", 99.999m, ["P"]);
        Assert.StartsWith("active", Assert.Single(await AlertsAsync("SC")), StringComparison.Ordinal);
        await plant.LineAsync("SC", 200, ["P"]);
        Assert.StartsWith("cleared", Assert.Single(await AlertsAsync("SC")), StringComparison.Ordinal);
    }

    /// <summary>State and text of a line's alerts, oldest first, as they stand once everything so far has been told.</summary>
    private async Task<string[]> AlertsAsync(string line)
    {
        await plant.ToldAsync(line);
        return await plant.ScalarAsync<string[]>(
            $"""
            select coalesce(array_agg(state || ': ' || text_es order by id), array[]::text[]) from alert
            where kind = 'line-saturated' and subject = '{line}'
            """
        );
    }

    private Task<long> EventsAsync(string line, string type) =>
        plant.ScalarAsync<long>(
            $"""
            select count(*) from event e join alert a on e.subject = 'alert:' || a.id
            where a.kind = 'line-saturated' and a.subject = '{line}' and e.type = '{type}'
            """
        );
}
