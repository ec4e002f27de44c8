using Manufactura.Domain;

namespace Manufactura.Dashboard.Api.Problems;

/// <summary>The refusal that a bare HTTP status stands for.</summary>
internal static class Statuses
{
    public static Refusal Of(int status) =>
        status switch
        {
            400 => new("malformed", RefusalKind.Malformed, "La petición no se entiende.", "The request cannot be understood."),
            401 => new("unauthenticated", RefusalKind.Malformed, "Hay que iniciar sesión.", "Sign in first."),
            403 => new("forbidden", RefusalKind.Forbidden, "Su rol no permite hacer esto.", "Your role may not do this."),
            404 => new("not-found", RefusalKind.NotFound, "No existe.", "There is no such thing."),
            405 => new(
                "method-not-allowed",
                RefusalKind.Malformed,
                "Este método no se admite aquí.",
                "This method is not supported here."
            ),
            408 => new(
                "timeout",
                RefusalKind.Malformed,
                "La petición tardó demasiado en llegar.",
                "The request took too long to arrive."
            ),
            413 => new("too-large", RefusalKind.Malformed, "La petición es demasiado grande.", "The request is too large."),
            415 => new(
                "unsupported-media-type",
                RefusalKind.Malformed,
                "El cuerpo debe enviarse como application/json.",
                "The body must be sent as application/json."
            ),
            429 => new(
                "too-many-attempts",
                RefusalKind.Malformed,
                "Demasiados intentos. Espere un momento.",
                "Too many attempts. Wait a moment."
            ),
            503 => new(
                "unavailable",
                RefusalKind.Conflict,
                "La base de datos no responde. Inténtelo de nuevo en un momento.",
                "The database does not answer. Try again in a moment."
            ),
            < 500 => new("malformed", RefusalKind.Malformed, "La petición no se entiende.", "The request cannot be understood."),
            _ => new(
                "internal",
                RefusalKind.Conflict,
                "Algo falló en el servidor. Ya quedó registrado.",
                "Something failed on the server. It has been logged."
            ),
        };
}
