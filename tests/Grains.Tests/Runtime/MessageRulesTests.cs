using System.Reflection;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Holds the product's messages to the rules.</summary>
public sealed class MessageRulesTests
{
    [Fact]
    public void All_grains_and_messages_of_the_plant_keep_the_rules() =>
        MessageRules.Check(Assembly.Load("Manufactura.Grains.Interfaces"), Assembly.Load("Manufactura.Grains"));

    [Fact]
    public void The_probe_grains_keep_the_rules_too() =>
        Assert.Empty(
            MessageRules.Broken([
                .. typeof(MessageRulesTests).Assembly.GetTypes().Where(t => t.Namespace == typeof(Probes.ProbeGrain).Namespace),
            ])
        );
}
