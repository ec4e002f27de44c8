using System.Collections.Immutable;
using System.Reflection;
using Orleans.Runtime;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>Holds the rules to bad examples. Here because the code generator of Orleans refuses to compile some of them.</summary>
public sealed class MessageRulesSelfTests
{
    [Theory]
    [InlineData("IBadGrain has no [Alias].")]
    [InlineData("IBadGrain.Bare has no [Alias].")]
    [InlineData("IBadGrain.Second has the [Alias] of another method.")]
    [InlineData("IBadGrain.Blocking does not return Task or ValueTask.")]
    [InlineData("IBadGrain.First passes List`1, which is not deeply immutable or not known to be.")]
    [InlineData("IBadGrain.Second passes Int32[], which is not deeply immutable or not known to be.")]
    [InlineData("BadGrain has no [GrainType].")]
    [InlineData("BadGrain has two states called 'state'.")]
    [InlineData("BadState has no [Alias].")]
    [InlineData("BadMessage has no [GenerateSerializer].")]
    [InlineData("BadMessage has no [Alias].")]
    [InlineData("BadMessage has [Id] 0, 2, 2: they must count from 0, each once.")]
    [InlineData("BadMessage.Unnumbered has no [Id].")]
    [InlineData("BadMessage.Settable can be set after it is made.")]
    [InlineData("BadMessage.count is a field that can be set after it is made.")]
    [InlineData("BadPart has no [GenerateSerializer].")]
    [InlineData("BadPart.Names passes IReadOnlyList`1, which is not deeply immutable or not known to be.")]
    [InlineData("BadKind has no [GenerateSerializer].")]
    [InlineData("BadException has no [GenerateSerializer].")]
    [InlineData("TwinMessage has the [Alias] of OtherTwinMessage.")]
    [InlineData("FirstGrain has the [GrainType] of SecondGrain.")]
    public void A_broken_rule_is_found(string sentence) => Assert.Contains(sentence, Found.Value);

    private static readonly Lazy<IReadOnlyList<string>> Found = new(() =>
        MessageRules.Broken(typeof(BadExamples).GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public))
    );
}

/// <summary>Everything that the rules forbid.</summary>
internal static class BadExamples
{
    internal interface IBadGrain : IGrainWithStringKey
    {
        Task Bare();

        [Alias("Blocking")]
        int Blocking();

        [Alias("Same")]
        Task<ImmutableArray<BadMessage>> First(List<int> items);

        [Alias("Same")]
        ValueTask Second(int[] items, TwinMessage twin, OtherTwinMessage other, BadKind kind);
    }

    internal sealed class BadGrain(
        [PersistentState("state")] IPersistentState<BadState> one,
        [PersistentState("state")] IPersistentState<BadState> two
    ) : Grain
    {
        public object[] Both => [one, two];
    }

    [GenerateSerializer]
    internal sealed class BadState;

    internal sealed record BadMessage([property: Id(0)] int Good, [property: Id(2)] int Twice, [property: Id(2)] BadPart? Part)
    {
        private int count = 1;
        public string Unnumbered { get; init; } = "";
        public int Settable { get; set; }
        public int Computed => count++;
    }

    internal sealed record BadPart([property: Id(0)] IReadOnlyList<string> Names);

    internal enum BadKind
    {
        One,
    }

    internal sealed class BadException : Exception;

    [GenerateSerializer, Alias("test.twin")]
    internal sealed record TwinMessage;

    [GenerateSerializer, Alias("test.twin")]
    internal sealed record OtherTwinMessage;

    [GrainType("test.same")]
    internal abstract class FirstGrain : Grain;

    [GrainType("test.same")]
    internal abstract class SecondGrain : Grain;
}
