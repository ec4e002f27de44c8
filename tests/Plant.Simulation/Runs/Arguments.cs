using System.Globalization;
using Manufactura.Plant.Simulation.Days;

namespace Manufactura.Plant.Simulation.Runs;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(
    int From,
    int Count,
    int Workers,
    double Minutes,
    int? Seed,
    string? Steps,
    int Shrink,
    int Failures
)
{
    public const string Usage =
        "dotnet run --project tests/Plant.Simulation -- [--seeds N] [--from S] [--workers W] [--minutes M] [--shrink M] [--failures N] | --seed S [--steps 3,7x,9]";

    /// <summary>Null where something is not understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        var given = new Arguments(1, int.MaxValue - 1_000_000, 2, double.MaxValue, null, null, 2, int.MaxValue);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var number = int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var n) ? n : (int?)null;
            switch (args[i], number)
            {
                case ("--seeds", { } count):
                    given = given with { Count = count };
                    break;
                case ("--from", { } from):
                    given = given with { From = from };
                    break;
                case ("--workers", { } workers):
                    given = given with { Workers = workers };
                    break;
                case ("--minutes", { } minutes):
                    given = given with { Minutes = minutes };
                    break;
                case ("--shrink", { } shrink):
                    given = given with { Shrink = shrink };
                    break;
                case ("--failures", { } failures):
                    given = given with { Failures = failures };
                    break;
                case ("--seed", { } seed):
                    given = given with { Seed = seed };
                    break;
                case ("--steps", _):
                    given = given with { Steps = args[i + 1] };
                    break;
                default:
                    return null;
            }
        }

        return args.Length % 2 == 0 ? given : null;
    }

    /// <summary>The plan asked for: all of its steps, or those named; one with an x without what strikes it.</summary>
    public static Plan Chosen(int seed, string? steps)
    {
        var plan = Plan.Of(seed);
        if (steps is null)
            return plan;
        return plan.With(
            steps
                .Split(',')
                .Select(text =>
                    plan.Steps[int.Parse(text.TrimEnd('x'), CultureInfo.InvariantCulture)] is var step && text.EndsWith('x')
                        ? step with
                        {
                            Strike = null,
                            Refused = false,
                        }
                        : plan.Steps[int.Parse(text, CultureInfo.InvariantCulture)]
                )
        );
    }

    /// <summary>How <see cref="Chosen"/> is told to give this part of a plan.</summary>
    public static string Text(Plan whole, Plan part) =>
        string.Join(',', part.Steps.Select(s => whole.Steps[s.Index] == s ? $"{s.Index}" : $"{s.Index}x"));
}
