using System.Collections.Immutable;

namespace Manufactura.Grains.Interfaces.Screens;

/// <summary>Filters of a list under a name; the query is that of the page's address, without its question mark.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.SavedView")]
public sealed record SavedView([property: Id(0)] string Page, [property: Id(1)] string Name, [property: Id(2)] string Query);

/// <summary>What one person has saved, by page and name.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.SavedViews")]
public sealed record SavedViews([property: Id(0)] ImmutableArray<SavedView> Items);

/// <summary>The saved filters of one person; the key is the user name. Refusals: <c>validation</c>, <c>not-found</c>.</summary>
[Alias("manufactura.IViews")]
public interface IViewsGrain : IGrainWithStringKey
{
    [Alias("List")]
    Task<SavedViews> List();

    /// <summary>Saves the filters; the same name on the same page is replaced.</summary>
    [Alias("Save")]
    Task<Answer<SavedViews>> Save(SavedView view);

    [Alias("Remove")]
    Task<Answer<SavedViews>> Remove(string page, string name);
}
