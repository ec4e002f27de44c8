namespace Manufactura.Dashboard.Texts;

/// <summary>Texts of the lines' board and its dialogs.</summary>
public sealed class LinesTexts;
