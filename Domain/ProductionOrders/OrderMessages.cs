namespace Manufactura.Domain.ProductionOrders;

/// <summary>What the person is told after a command on an order: the sentences of modulo-manufactura word for word.</summary>
public static class OrderMessages
{
    public static Text Created(string order) =>
        new($"Orden de Producción {order} creada en estado Borrador.", $"Production order {order} created as a draft.");

    public static Text PlanningConfirmed(string order) =>
        new($"Planificación de la orden {order} confirmada.", $"Planning of order {order} confirmed.");

    public static Text Started(string order) => new($"Orden {order} iniciada.", $"Order {order} started.");

    public static Text Finished(string order, int movements) =>
        new(
            $"Orden {order} terminada. Se crearon {movements} movimientos de inventario.",
            $"Order {order} finished. {movements} inventory movements were created."
        );

    public static Text LotsProduced(string order, int lots, int movements) =>
        new(
            $"Orden {order}: se {(lots == 1 ? "produjo 1 lote" : $"produjeron {lots} lotes")}. Se crearon {movements} movimientos de inventario.",
            $"Order {order}: {(lots == 1 ? "1 lot was" : $"{lots} lots were")} produced. {movements} inventory movements were created."
        );

    public static Text BackorderCreated(string backorder, decimal quantity) =>
        new(
            $"Se creó la orden residual {backorder} por {quantity.Es()}.",
            $"Backorder {backorder} for {quantity.En()} was created."
        );

    public static Text EntryCreated(string entry) =>
        new($"Asiento contable {entry} generado automáticamente.", $"Journal entry {entry} was created automatically.");

    /// <summary>A warning: the order is finished all the same.</summary>
    public static Text EntryFailed(Text reason) =>
        new($"⚠️ ORDEN TERMINADA pero fallo contable: {reason.Es}", $"⚠️ ORDER FINISHED but accounting failed: {reason.En}");

    public static Text MovementsRemoved(int movements) =>
        new(
            $"Se eliminaron {movements} movimientos de inventario asociados.",
            $"{movements} associated inventory movements were removed."
        );

    public static Text Cancelled(string order) => new($"Orden {order} cancelada exitosamente.", $"Order {order} was cancelled.");

    public static Text ExplosionUndone(string order, int partials) =>
        new(
            $"Se deshizo la última producción de la orden {order}: {partials} órdenes parciales canceladas.",
            $"The last production of order {order} was undone: {partials} partial orders were cancelled."
        );

    /// <summary>A warning after cancelling or undoing a production that was booked.</summary>
    public static Text EntriesNotReversed(IReadOnlyCollection<string> entries) =>
        entries.Count == 1
            ? new(
                $"El asiento contable {entries.First()} no se reversa automáticamente: revise la contabilidad.",
                $"Journal entry {entries.First()} is not reversed automatically: check the accounts."
            )
            : new(
                $"Los asientos contables {string.Join(", ", entries)} no se reversan automáticamente: revise la contabilidad.",
                $"Journal entries {string.Join(", ", entries)} are not reversed automatically: check the accounts."
            );
}
