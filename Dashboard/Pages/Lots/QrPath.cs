using System.Globalization;
using System.Text;
using QRCoder;

namespace Manufactura.Dashboard.Pages.Lots;

/// <summary>A QR code as one path of an SVG drawing, one unit per module, with the quiet zone around it.</summary>
public static class QrPath
{
    /// <param name="text">What a scanner reads.</param>
    /// <returns>The path, and the width and height of the drawing in modules.</returns>
    public static (string Path, int Size) Of(string text)
    {
        using var generator = new QRCodeGenerator();
        // Labels get dirty and creased in a plant: a quarter of the modules may be lost.
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var modules = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        for (var x = 0; x < modules.Count; x++)
            if (modules[y][x])
                path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return (path.ToString(), modules.Count);
    }
}
