using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>A person who does whatever comes to mind to orders that others work on too.</summary>
internal sealed class ChainWalk(LineFixture plant, IReadOnlyList<Family> families, Random random, Tally did)
{
    public async Task GoAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var family = families[random.Next(families.Count)];
            await StepAsync(family, await plant.ReadAsync(await OpenAsync(family)));
        }
    }

    /// <summary>Mostly an open order: there are ever more closed ones, and nothing is done to those.</summary>
    private async Task<string> OpenAsync(Family family)
    {
        var number = family.Any(random);
        for (var attempt = 0; attempt < 4 && !(await plant.ReadAsync(number)).IsOpen; attempt++)
            number = family.Any(random);
        return number;
    }

    private async Task StepAsync(Family family, ProductionOrder seen)
    {
        var order = plant.Order(seen.Number);
        var line = random.Next(2) == 0 ? "L1" : "L2";
        switch (random.Next(20))
        {
            case < 8:
                if (Seen(await order.AssignLine(line, split: true, Ana)) is { Rest: { } rest })
                    Divided(family, [rest]);
                break;
            case < 10:
                Seen(await order.AssignLine(line, split: false, Ana));
                break;
            case < 12:
                if ((await order.ProposeSplit()).Value is { } plan && Seen(await order.SplitAll(plan, Ana)) is { } divided)
                    Divided(family, divided.Parts);
                break;
            case < 17:
                if (seen is { Kind: OrderKind.Split, Parent: { } parent })
                    did.Merge(Seen(await plant.Order(parent).UndoSplit(seen.Number, Ana)));
                break;
            case < 18:
                Seen(await order.UnassignLine(Ana));
                break;
            case < 19:
                // All is reserved: asking again, while others divide, gives nobody more than they need.
                Seen(await order.Reserve(Ana));
                break;
            default:
                // Seldom the whole, so that there is something left to divide.
                if (seen.Number != family.Root)
                    did.Cancel(Seen(await order.Cancel(Ana)));
                break;
        }
    }

    private void Divided(Family family, IEnumerable<OrderView> parts)
    {
        foreach (var part in parts)
        {
            family.Add(part.Number);
            did.Divide();
        }
    }

    /// <summary>The answer; a refusal is one by a rule or a state, never that the plant gave up.</summary>
    private static T? Seen<T>(Answer<T> answer)
        where T : class
    {
        Assert.NotEqual("busy", answer.Problem?.Code);
        return answer.Value;
    }
}

/// <summary>An order and all that came of it.</summary>
internal sealed class Family(string root, ProductionOrder whole)
{
    private readonly List<string> numbers = [root];

    public string Root => root;

    public ProductionOrder Whole => whole;

    public IReadOnlyList<string> Numbers
    {
        get
        {
            lock (numbers)
                return [.. numbers];
        }
    }

    public void Add(string number)
    {
        lock (numbers)
            numbers.Add(number);
    }

    public string Any(Random random)
    {
        lock (numbers)
            return numbers[random.Next(numbers.Count)];
    }
}

/// <summary>What was really done: a walk of refusals would prove nothing.</summary>
internal sealed class Tally
{
    private int divided;
    private int merged;
    private int cancelled;

    public void Divide() => Interlocked.Increment(ref divided);

    public void Merge(object? answer) => Interlocked.Add(ref merged, answer is null ? 0 : 1);

    public void Cancel(object? answer) => Interlocked.Add(ref cancelled, answer is null ? 0 : 1);

    public void Enough() =>
        Assert.True(
            divided >= 25 && merged >= 8 && cancelled >= 2,
            $"{divided} parts made, {merged} merged, {cancelled} cancelled"
        );
}
