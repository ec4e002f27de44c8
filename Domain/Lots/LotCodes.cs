using System.Globalization;

namespace Manufactura.Domain.Lots;

/// <summary>Codes that the plant gives to lots by itself.</summary>
public static class LotCodes
{
    /// <summary>The most characters of any code.</summary>
    public const int MaxLength = 60;

    /// <summary>The lot that a part of <paramref name="lot"/> becomes when it is transferred: L-7-T1, L-7-T2 …</summary>
    /// <param name="part">From 1, one more than the parts this lot gave before.</param>
    public static string Part(string lot, int part) => string.Create(CultureInfo.InvariantCulture, $"{lot}-T{part}");

    /// <summary>The bulk lot of a material at a location; <paramref name="otherwise"/> when both codes together are too long.</summary>
    public static string Bulk(string material, string location, string otherwise)
    {
        var code = $"{material}@{location}";
        return code.Length <= MaxLength ? code : otherwise;
    }
}
