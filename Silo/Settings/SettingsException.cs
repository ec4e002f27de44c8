namespace Manufactura.Silo.Settings;

/// <summary>A configuration key stops the start. The message names it and says what is wrong.</summary>
public sealed class SettingsException(string key, string sentence) : Exception($"{key}: {sentence}")
{
    /// <summary>The key, as in <c>Plant:Demo</c>.</summary>
    public string Key { get; } = key;
}
