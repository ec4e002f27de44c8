using Manufactura.Plant.Simulation.Days;
using Manufactura.Plant.Simulation.Stage;

namespace Manufactura.Plant.Simulation.Runs;

/// <summary>How a plan went; <paramref name="Failure"/> null: every evening everything was as it should be.</summary>
internal sealed record Outcome(Plan Plan, IReadOnlyList<string> Diary, int Commands, string? Failure)
{
    /// <summary>What broke, without the numbers in it: the same fault found again by other steps.</summary>
    public string? Kind =>
        Failure is null ? null : new string([.. Failure.Split('\n')[0].TakeWhile(c => c != ':').Where(c => !char.IsDigit(c))]);

    public static async Task<Outcome> OfAsync(PlantDatabase database, Plan plan)
    {
        string? failure = null;
        var day = new Day(database, plan);
        try
        {
            await day.RunAsync();
        }
        catch (Exception e)
        {
            failure = e is BrokenPlantException ? e.Message : e.ToString();
        }

        await day.DisposeAsync();
        return new(plan, day.Diary, day.Commands, failure);
    }
}
