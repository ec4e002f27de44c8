namespace Manufactura.Domain.Screens;

/// <summary>What a wall screen may look like.</summary>
public static class ScreenRules
{
    /// <summary>Null for a name that can stand in an address: 1 to 40 letters, digits, hyphens, lower case.</summary>
    public static Refusal? Name(string? name) =>
        name is { Length: > 0 and <= Screen.MaxName } && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? null
            : Wrong(
                "name",
                $"El nombre lleva de 1 a {Screen.MaxName} letras minúsculas sin tilde, cifras o guiones.",
                $"The name has 1 to {Screen.MaxName} lower-case letters, digits or hyphens."
            );

    /// <summary>The screen as it is kept, or what is wrong with it.</summary>
    public static Decision<Screen> Check(Screen screen)
    {
        var title = screen.Title.Trim();
        if (title.Length is 0 or > Screen.MaxName)
            return Wrong(
                "title",
                $"El título lleva de 1 a {Screen.MaxName} caracteres.",
                $"The title has 1 to {Screen.MaxName} characters."
            );
        if (!Screen.Themes.Contains(screen.Theme))
            return Wrong("theme", "El tema es dark o light.", "The theme is dark or light.");
        if (screen.Columns is < 1 or > Screen.MaxGrid || screen.Rows is < 1 or > Screen.MaxGrid)
            return Wrong(
                "columns",
                $"La cuadrícula lleva de 1 a {Screen.MaxGrid} columnas y filas.",
                $"The grid has 1 to {Screen.MaxGrid} columns and rows."
            );
        if (screen.RotationSeconds is < 5 or > 600)
            return Wrong(
                "rotationSeconds",
                "Cada página se muestra entre 5 y 600 segundos.",
                "Each page stands for 5 to 600 seconds."
            );
        return Panels(screen) ?? (Decision<Screen>)(screen with { Title = title });
    }

    private static Refusal? Panels(Screen screen)
    {
        var panels = screen.Panels;
        if (panels.IsDefaultOrEmpty || panels.Length > Screen.MaxPanels)
            return Wrong(
                "panels",
                $"Una pantalla lleva de 1 a {Screen.MaxPanels} paneles: más no se leen a 5 metros.",
                $"A screen has 1 to {Screen.MaxPanels} panels: more cannot be read from 5 metres."
            );
        for (var i = 0; i < panels.Length; i++)
        {
            var panel = panels[i];
            if (!Enum.IsDefined(panel.Kind))
                return Wrong(
                    "panels",
                    $"El panel {i + 1} no es de ninguna clase conocida.",
                    $"Panel {i + 1} is of no known kind."
                );
            if (Outside(panel, screen))
                return Wrong("panels", $"El panel {i + 1} se sale de la cuadrícula.", $"Panel {i + 1} reaches out of the grid.");
            for (var j = 0; j < i; j++)
                if (panel.Overlaps(panels[j]))
                    return Wrong(
                        "panels",
                        $"Los paneles {j + 1} y {i + 1} se superponen.",
                        $"Panels {j + 1} and {i + 1} overlap."
                    );
        }

        return null;
    }

    private static bool Outside(Panel p, Screen screen) =>
        p.Page is < 1 or > Screen.MaxPanels
        || p.Column < 1
        || p.Row < 1
        || p.Width < 1
        || p.Height < 1
        || p.Column + p.Width - 1 > screen.Columns
        || p.Row + p.Height - 1 > screen.Rows
        || p.Subject is { Length: 0 or > 60 };

    private static Refusal Wrong(string field, string es, string en) => Refusal.Validation(es, en).With("field", field);
}
