namespace Manufactura.Grains.Tests.Model;

/// <summary>A lot as the model has it; what is reserved is told by the orders.</summary>
internal sealed class ModelLot(string code, string material, string location, decimal onHand, DateOnly? expires, long received)
{
    public string Code { get; } = code;
    public string Material { get; } = material;
    public string Location { get; set; } = location;
    public decimal OnHand { get; set; } = onHand;
    public DateOnly? Expires { get; } = expires;

    /// <summary>Later received is higher; among the same expiry the lower one goes first.</summary>
    public long Received { get; } = received;
    public bool Quarantine { get; init; }

    /// <summary>The order that made it.</summary>
    public string? MadeBy { get; init; }

    /// <summary>Somebody moved, scrapped or corrected it.</summary>
    public bool Touched { get; set; }
}

/// <summary>An order as the model has it.</summary>
internal sealed class ModelOrder(string number, string product, decimal quantity)
{
    public string Number { get; } = number;
    public string Product { get; } = product;
    public decimal Quantity { get; } = quantity;
    public string Status { get; set; } = "Draft";
    public Dictionary<string, decimal> Reserved { get; } = [];

    /// <summary>What finishing took of each lot.</summary>
    public Dictionary<string, decimal> Used { get; } = [];
}

/// <summary>
/// The plant in plain dictionaries: what domain.md says of orders without a matrix, written down once more and as simply as it can be,
/// so that a rule and its model do not share a mistake. One location is where everything is made; lots may also lie elsewhere.
/// </summary>
internal sealed class PlantModel(Dictionary<string, (string Component, decimal PerUnit, int Precision)[]> recipes, DateOnly today)
{
    public const string Here = "BOD";

    public Dictionary<string, ModelLot> Lots { get; } = [];
    public Dictionary<string, ModelOrder> Orders { get; } = [];

    /// <summary>Movements that count, by reference.</summary>
    public Dictionary<string, int> Movements { get; } = [];
    public Dictionary<string, decimal> Entries { get; } = [];
    public Dictionary<string, decimal> Costs { get; } = [];

    public decimal ReservedOf(string lot) => Orders.Values.Sum(o => o.Reserved.GetValueOrDefault(lot));

    public decimal FreeOf(ModelLot lot) => lot.OnHand - ReservedOf(lot.Code);

    /// <summary>The requirement of each component for the whole order.</summary>
    public (string Component, decimal Required)[] Needs(ModelOrder order) =>
        [
            .. recipes[order.Product]
                .Select(r =>
                    (r.Component, decimal.Round(r.PerUnit * order.Quantity, r.Precision, MidpointRounding.ToPositiveInfinity))
                ),
        ];

    /// <summary>Lots of a material that may be used today, first expiring first.</summary>
    private IEnumerable<ModelLot> Fefo(string material) =>
        Lots
            .Values.Where(l => l.Material == material && !l.Quarantine && (l.Expires is not { } day || day > today))
            .OrderBy(l => l.Expires ?? DateOnly.MaxValue)
            .ThenBy(l => l.Received)
            .ThenBy(l => l.Code, StringComparer.Ordinal);

    /// <summary>What an order may take of a component, in the order in which it takes it: its own first, then what is free here.</summary>
    private IEnumerable<(ModelLot Lot, decimal Quantity)> Sources(ModelOrder order, string component) =>
        Fefo(component)
            .Where(l => order.Reserved.ContainsKey(l.Code))
            .Select(l => (l, order.Reserved[l.Code]))
            .Concat(Fefo(component).Where(l => l.Location == Here).Select(l => (l, FreeOf(l))))
            .Where(s => s.Item2 > 0);

    /// <summary>Every component of which there is too little, with what there is.</summary>
    public Dictionary<string, (decimal Required, decimal Available)> Shortages(ModelOrder order) =>
        Needs(order)
            .Select(n => (n.Component, n.Required, Available: Sources(order, n.Component).Sum(s => s.Quantity)))
            .Where(n => n.Required > n.Available)
            .ToDictionary(n => n.Component, n => (n.Required, n.Available));

    public void Finish(ModelOrder order, long at)
    {
        var cost = 0m;
        foreach (var (component, required) in Needs(order))
        {
            var left = required;
            foreach (var (lot, quantity) in Sources(order, component).ToArray())
            {
                var part = Math.Min(left, quantity);
                if (part == 0)
                    break;
                lot.OnHand -= part;
                order.Used[lot.Code] = order.Used.GetValueOrDefault(lot.Code) + part;
                left -= part;
            }

            cost += required * Costs[component];
        }

        order.Reserved.Clear();
        order.Status = "Done";
        Lots[order.Number] = new(order.Number, order.Product, Here, order.Quantity, null, at) { MadeBy = order.Number };
        Movements[order.Number] = order.Used.Count + 1;
        Entries[order.Number] = decimal.Round(cost, 2, MidpointRounding.AwayFromZero);
    }

    /// <summary>Reserves what is missing of every component, first expiring first and no nearer than the margin; false where it falls short.</summary>
    public bool Reserve(ModelOrder order, int marginDays)
    {
        var taken = new List<(string Lot, decimal Quantity)>();
        foreach (var (component, required) in Needs(order))
        {
            var left = required - order.Reserved.Where(r => Lots[r.Key].Material == component).Sum(r => r.Value);
            foreach (
                var lot in Fefo(component)
                    .Where(l => l.Location == Here && (l.Expires is not { } day || day >= today.AddDays(marginDays)))
            )
            {
                var part = Math.Min(left, FreeOf(lot));
                if (part <= 0)
                    continue;
                taken.Add((lot.Code, part));
                left -= part;
            }

            if (left > 0)
                return false;
        }

        foreach (var (lot, quantity) in taken)
            order.Reserved[lot] = order.Reserved.GetValueOrDefault(lot) + quantity;
        return true;
    }

    /// <summary>Whether what the order made was used, so that it cannot be cancelled.</summary>
    public bool IsUsed(ModelOrder order) =>
        order.Status == "Done"
        && (
            Lots[order.Number].Touched
            || ReservedOf(order.Number) > 0
            || Orders.Values.Any(o => o.Status == "Done" && o.Used.ContainsKey(order.Number))
        );

    public void Cancel(ModelOrder order)
    {
        order.Reserved.Clear();
        if (order.Status == "Done")
        {
            foreach (var (lot, quantity) in order.Used)
                Lots[lot].OnHand += quantity;
            Lots[order.Number].OnHand = 0;
            Movements.Remove(order.Number);
        }

        order.Status = "Cancelled";
    }
}
