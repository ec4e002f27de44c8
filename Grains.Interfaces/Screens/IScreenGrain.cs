using System.Collections.Immutable;
using Manufactura.Domain.Screens;

namespace Manufactura.Grains.Interfaces.Screens;

/// <summary>A panel and its place, as <see cref="Panel"/>.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ScreenPanel")]
public sealed record ScreenPanel(
    [property: Id(0)] PanelKind Kind,
    [property: Id(1)] int Page,
    [property: Id(2)] int Column,
    [property: Id(3)] int Row,
    [property: Id(4)] int Width,
    [property: Id(5)] int Height,
    [property: Id(6)] string? Subject = null
);

/// <summary>A wall screen; <paramref name="Version"/> is 0 for one that nobody has saved yet.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ScreenLayout")]
public sealed record ScreenLayout(
    [property: Id(0)] string Name,
    [property: Id(1)] string Title,
    [property: Id(2)] string Theme,
    [property: Id(3)] int Columns,
    [property: Id(4)] int Rows,
    [property: Id(5)] int RotationSeconds,
    [property: Id(6)] ImmutableArray<ScreenPanel> Panels,
    [property: Id(7)] int Version = 0
);

/// <summary>Names of screens, in order.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ScreenNames")]
public sealed record ScreenNames([property: Id(0)] ImmutableArray<string> Names);

/// <summary>One wall screen, key its name.</summary>
[Alias("manufactura.IScreen")]
public interface IScreenGrain : IGrainWithStringKey
{
    /// <summary>The screen that is there before anybody saved one.</summary>
    const string DefaultName = "planta";

    /// <summary>The layout; refused with <c>not-found</c> where nobody saved one under this name.</summary>
    [Alias("Get")]
    Task<Answer<ScreenLayout>> Get();

    /// <summary>
    /// Keeps a layout. <see cref="ScreenLayout.Version"/> is the one that was seen, 0 for a new screen: 409 <c>stale</c> with
    /// <c>current</c> when somebody else was faster, 422 <c>validation</c> for what cannot be shown.
    /// </summary>
    [Alias("Save")]
    Task<Answer<ScreenLayout>> Save(ScreenLayout layout, CommandContext context);

    /// <summary>Forgets the layout; answers what it was.</summary>
    [Alias("Delete")]
    Task<Answer<ScreenLayout>> Delete(CommandContext context);
}

/// <summary>Which screens there are; one grain, key <see cref="Key"/>.</summary>
[Alias("manufactura.IScreenDirectory")]
public interface IScreenDirectoryGrain : IGrainWithStringKey
{
    const string Key = "all";

    [Alias("List")]
    Task<ScreenNames> List();

    [Alias("Add")]
    Task Add(string name);

    [Alias("Remove")]
    Task Remove(string name);
}
