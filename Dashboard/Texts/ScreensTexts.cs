namespace Manufactura.Dashboard.Texts;

/// <summary>Texts of wall screens (keys beginning with <c>Wall.</c> go to their script) and of their editor.</summary>
public sealed class ScreensTexts;

/// <summary>Texts of the alerts page and of the bell.</summary>
public sealed class AlertsTexts;

/// <summary>Texts of the page <c>/</c>.</summary>
public sealed class HomeTexts;
