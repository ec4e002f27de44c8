using System.Globalization;
using Npgsql;

namespace Manufactura.Storage.Import;

/// <summary>The invariants of the plant, asked of what was just written and before it is committed.</summary>
internal static class ImportInvariants
{
    private static readonly string[] Checks = ["check_lots", "check_orders", "check_production"];

    private static readonly Dictionary<string, (string Es, string En)> Texts = new()
    {
        ["on-hand"] = (
            "La existencia de {0} es {1}, pero sus movimientos suman {2}.",
            "{0} has {1} on hand, but its movements add up to {2}."
        ),
        ["reserved"] = (
            "Lo reservado de {0} es {1}, pero sus reservas abiertas suman {2}.",
            "{0} has {1} reserved, but its open allocations add up to {2}."
        ),
        ["depleted"] = (
            "{0} está agotado, pero tiene {1} y reservado {2}.",
            "{0} is depleted, but has {1} on hand and {2} reserved."
        ),
        ["partials"] = (
            "{0} tiene producido {1}, pero sus órdenes parciales suman {2}.",
            "{0} has produced {1}, but its partial orders add up to {2}."
        ),
        ["backorders"] = (
            "{0} trasladó {1}, pero sus órdenes residuales suman {2}.",
            "{0} has moved {1}, but its backorders add up to {2}."
        ),
        ["outstanding"] = ("{0} está terminada con {1} de {2}.", "{0} is done with {1} of {2}."),
        ["lot-of-partial"] = (
            "El lote {0} de la orden parcial tiene {1}, no {2}.",
            "Lot {0} of the partial order has {1}, not {2}."
        ),
        ["production-in"] = (
            "Las entradas de producción de {0} suman {1}, no {2}.",
            "The production receipts of {0} add up to {1}, not {2}."
        ),
        ["consumption"] = (
            "El consumo de {0} suma {1}; por su receta debe ser {2}.",
            "The consumption of {0} adds up to {1}; by its recipe it must be {2}."
        ),
    };

    /// <summary>Adds a problem for every row that breaks an invariant.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, ImportSet set, Problems problems, CancellationToken cancel)
    {
        foreach (var check in Checks)
        {
            await using var command = new NpgsqlCommand(ImportWriter.Sql(check), connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var (es, en) = Texts[reader.GetString(3)];
                object[] values = [reader.GetString(4), Shown(reader.GetDecimal(5)), Shown(reader.GetDecimal(6))];
                problems.Add(
                    set[reader.GetString(0)].File,
                    reader.GetInt32(1),
                    reader.GetString(2),
                    "invariant",
                    string.Format(CultureInfo.InvariantCulture, es, values),
                    string.Format(CultureInfo.InvariantCulture, en, values)
                );
            }
        }
    }

    private static string Shown(decimal value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
