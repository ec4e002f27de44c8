using System.Globalization;
using Manufactura.Domain;

namespace Manufactura.Dashboard.Live;

/// <summary>What the hub itself says no to; the rest comes from the grains.</summary>
internal static class HubRefusals
{
    public static readonly Refusal Topics = Malformed(
        "Los temas deben ser una lista de textos como order:WO-0001, line:L1, alerts o plant.",
        "Topics must be a list of texts such as order:WO-0001, line:L1, alerts or plant."
    );

    public static readonly Refusal EventId = Malformed(
        "El último evento visto debe ser el número de un evento, o null.",
        "The last event seen must be the number of an event, or null."
    );

    public static readonly Refusal TooManyTopics = Malformed(
        string.Create(CultureInfo.InvariantCulture, $"Una conexión sigue como máximo {HubScreen.MaxTopics} temas."),
        string.Create(CultureInfo.InvariantCulture, $"One connection follows at most {HubScreen.MaxTopics} topics.")
    );

    public static readonly Refusal Cell = Malformed(
        "Indique la orden, la celda y el campo (planned o toProduce) como textos.",
        "Give order, cell and field (planned or toProduce) as texts."
    );

    public static readonly Refusal Place = Malformed("Indique la orden y la celda como textos.", "Give order and cell as texts.");

    public static readonly Refusal Value = Malformed("El valor debe ser un número.", "The value must be a number.");

    public static readonly Refusal Version = Malformed(
        "Falta la versión de la celda que se vio.",
        "The version of the cell that was seen is missing."
    );

    public static readonly Refusal NotWatched = new(
        "not-watched",
        RefusalKind.Conflict,
        "Siga primero la orden con Watch.",
        "Follow the order with Watch first."
    );

    public static readonly Refusal NotAllowed = new(
        "forbidden",
        RefusalKind.Forbidden,
        "Su rol no permite editar esta celda.",
        "Your role may not edit this cell."
    );

    public static readonly Refusal Unavailable = new(
        "unavailable",
        RefusalKind.Conflict,
        "La base de datos no responde: no se sabe si lo escrito se guardó.",
        "The database does not answer: whether what was typed was saved is not known."
    );

    public static readonly Refusal Unreadable = new(
        "unavailable",
        RefusalKind.Conflict,
        "La base de datos no responde: lo que faltó no se pudo leer.",
        "The database does not answer: what was missed could not be read."
    );

    private static Refusal Malformed(string es, string en) => new("validation", RefusalKind.Malformed, es, en);
}
