namespace Manufactura.Dashboard.Texts;

/// <summary>Texts of the working pages: materials, BOMs, stock, lots, sales, requisitions, journal, reports, checks.</summary>
public sealed class PagesTexts;
