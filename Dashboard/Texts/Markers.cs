namespace Manufactura.Dashboard.Texts;

/// <summary>Texts of the shell and of sign-in. Spanish in <c>ShellTexts.resx</c>, English in <c>ShellTexts.en.resx</c>.</summary>
public sealed class ShellTexts;

/// <summary>Texts of users, roles and API keys.</summary>
public sealed class AccessTexts;
