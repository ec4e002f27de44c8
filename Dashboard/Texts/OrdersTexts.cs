namespace Manufactura.Dashboard.Texts;

/// <summary>Texts of the production order pages and of the matrix (keys beginning with <c>Matrix.</c>).</summary>
public sealed class OrdersTexts;
