using System.Globalization;
using Manufactura.Grains.Tests.Orders;

namespace Manufactura.Grains.Tests.Model;

/// <summary>
/// Random commands against the real grains and a simple model of the plant; after each step both must say the same: what was answered,
/// every lot, every order, every movement, every entry. A failure prints its seed and the commands that led to it.
/// </summary>
public sealed class ModelTests(Workshop shop) : IClassFixture<Workshop>
{
    private const int Steps = 80;

    [Fact]
    public async Task Whatever_people_do_the_plant_and_a_simple_model_of_it_say_the_same()
    {
        var replay = Environment.GetEnvironmentVariable("MODEL_SEED");
        var seed = int.TryParse(replay, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        await using var second = await shop.SecondHostAsync();
        var run = new ModelRun(shop, second, new Random(seed));
        await run.BeginAsync();
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                await run.StepAsync();
                await run.CompareAsync();
            }

            await shop.HoldsAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Replay with MODEL_SEED={seed}: {e.Message}\n{string.Join('\n', run.Said)}", e);
        }

        // Chance reached what matters, or the run has proved little.
        Assert.True(
            run.Outcomes.Any(o => o is "finish" or "finish refused") && run.Outcomes.Contains("start ok"),
            string.Join(", ", run.Outcomes)
        );
    }
}
