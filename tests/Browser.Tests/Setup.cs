namespace Manufactura.Tests.Shared;

/// <summary>Every class of this assembly shares one application and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class Floor : ICollectionFixture<PlantApp>, ICollectionFixture<Browser.Tests.Chromium>
{
    public const string Name = "floor";
}
