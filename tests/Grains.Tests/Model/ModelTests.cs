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
    private const int MostSteps = 800;

    // Chance has to reach each of these, or the run has proved little.
    private static readonly string[] Wanted =
    [
        "start ok",
        "start invalid-state",
        "finish ok",
        "finish insufficient-stock",
        "cancel ok",
        "reserve ok",
        "unreserve ok",
        "adjust ok",
        "scrap ok",
        "transfer ok",
    ];

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
            for (var step = 0; step < Steps || (step < MostSteps && !run.Outcomes.IsSupersetOf(Wanted)); step++)
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

        Assert.Superset(Wanted.ToHashSet(), run.Outcomes);
    }
}
