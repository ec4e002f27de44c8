namespace Manufactura.Domain.ProductionOrders;

/// <summary>Whose need comes first: due date (none last), priority (1 first), age, number.</summary>
public sealed class Urgency : IComparer<ProductionOrder>
{
    /// <summary>The most urgent order first.</summary>
    public static Urgency First { get; } = new();

    public int Compare(ProductionOrder? x, ProductionOrder? y) =>
        Compare((x!.DueDate, x.Priority, x.CreatedAt, x.Number), (y!.DueDate, y.Priority, y.CreatedAt, y.Number));

    internal static int Compare(
        (DateOnly? Due, int Priority, DateTimeOffset CreatedAt, string Number) a,
        (DateOnly? Due, int Priority, DateTimeOffset CreatedAt, string Number) b
    )
    {
        var due = (a.Due ?? DateOnly.MaxValue).CompareTo(b.Due ?? DateOnly.MaxValue);
        if (due != 0)
            return due;
        var priority = a.Priority.CompareTo(b.Priority);
        if (priority != 0)
            return priority;
        var age = a.CreatedAt.CompareTo(b.CreatedAt);
        return age != 0 ? age : string.CompareOrdinal(a.Number, b.Number);
    }
}
