namespace Manufactura.Dashboard.Texts;

/// <summary>Texts of the books and of what keeps them true: accounts, entries that wait, physical counts, checks in detail.</summary>
public sealed class BooksTexts;
