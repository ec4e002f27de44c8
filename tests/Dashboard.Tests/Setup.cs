namespace Manufactura.Tests.Shared;

/// <summary>Every class of this assembly that needs the application shares one.</summary>
[CollectionDefinition(Name)]
public sealed class Plant : ICollectionFixture<PlantApp>
{
    public const string Name = "plant";
}
