using Manufactura.Domain;

namespace Manufactura.Dashboard.Api;

/// <summary>What handlers say of a body before a grain sees it: 400 <c>validation</c>.</summary>
internal static class Bodies
{
    /// <summary>A field that must be there is not.</summary>
    public static Refusal Missing(string field) =>
        new Refusal(
            "validation",
            RefusalKind.Malformed,
            $"El campo {field} es obligatorio.",
            $"The field {field} is required."
        ).With("field", field);
}
