using Manufactura.Plant.Simulation.Days;
using Manufactura.Plant.Simulation.Runs;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation;

/// <summary>Plant days out of seeds. More of them: see docs/simulation.md.</summary>
public sealed class SimulationTests
{
    private const int Seeds = 300;

    /// <summary>On a machine with other things to do there are fewer seeds, not a longer wait.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    [Fact]
    [Trait("Category", "Simulation")]
    public async Task After_every_day_of_every_seed_the_books_are_right_and_everybody_was_told_so()
    {
        using var told = new StringWriter();
        var runner = new Runner(told);
        await runner.RunAsync(from: 1, Seeds, workers: 2, Within, shrinkWithin: TimeSpan.FromMinutes(1));
        Assert.True(runner.Failures == 0, told.ToString());
    }

    [Fact]
    public void A_part_of_a_plan_can_be_named_and_found_again()
    {
        var plan = Plan.Of(7);
        var part = plan.With([plan.Steps[2], plan.Steps.First(s => s.Strike is not null) with { Strike = null }, plan.Steps[^1]]);
        Assert.Equal(part.Steps, Arguments.Chosen(7, Arguments.Text(plan, part)).Steps);
    }
}
