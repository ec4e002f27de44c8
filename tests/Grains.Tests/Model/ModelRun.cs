using Manufactura.Domain.Lots;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Counts;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Grains.Tests.Model;

/// <summary>One run: chooses commands by chance, sends them to either node, and does the same to the model.</summary>
internal sealed class ModelRun(Workshop shop, PlantHost second, Random random)
{
    private const int Margin = 14;

    // TOP is made of SUB, which has a recipe of its own: what one order makes another uses.
    private static readonly Dictionary<string, (string Component, decimal PerUnit, int Precision)[]> Recipes = new()
    {
        ["M-SUB"] = [("M-R1", 3, 0), ("M-R3", 0.335m, 3)],
        ["M-TOP"] = [("M-SUB", 2, 0), ("M-R1", 1, 0), ("M-R2", 1.25m, 3)],
    };

    private readonly PlantModel model = new(Recipes, Workshop.Today);
    private long clock;

    /// <summary>The commands so far, as they can be read.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Which kinds of outcome there were.</summary>
    public HashSet<string> Outcomes { get; } = [];

    public async Task BeginAsync()
    {
        foreach (var (code, unit, cost) in new[] { ("M-R1", "pz", 2m), ("M-R2", "m", 3.33m), ("M-R3", "m", 0.75m) })
        {
            await shop.MaterialAsync(code, cost, unit, "RawMaterial");
            model.Costs[code] = cost;
        }

        foreach (var (product, lines) in Recipes)
            await shop.PlainAsync(
                product,
                [.. lines.Select(l => new PlainProducts.Part(l.Component, l.PerUnit, 10, l.Precision == 0 ? "pz" : "m"))]
            );
        model.Costs["M-SUB"] = 10;
        for (var i = 0; i < 6; i++)
            await ReceiveAsync();
        await shop.ExecuteAsync(
            "insert into location (code, name) values ('M-ELSE', 'Otra'); insert into event (type, subject, version, actor, data) values ('location-created', 'location:M-ELSE', 1, 'seed', '{}')"
        );
    }

    public Task StepAsync() =>
        random.Next(100) switch
        {
            < 16 => CreateAsync(),
            < 30 => ReceiveAsync(),
            < 42 => WithOrder(StartAsync, "Draft"),
            < 60 => WithOrder(FinishAsync, "InProgress"),
            < 67 => WithOrder(CancelAsync),
            < 76 => WithOrder(ReserveAsync, "InProgress"),
            < 81 => WithOrder(UnreserveAsync),
            < 88 => WithLot(AdjustAsync),
            < 92 => WithLot(ScrapAsync),
            < 96 => WithLot(TransferAsync),
            _ => CountAsync(),
        };

    private PlantHost Node => random.Next(4) == 0 ? second : shop.Host;

    private IProductionOrderGrain Order(ModelOrder o) => shop.Order(o.Number, Node);

    private ILotGrain Lot(ModelLot l) => Node.Grains.GetGrain<ILotGrain>(l.Code);

    private async Task CreateAsync()
    {
        var product = random.Next(3) == 0 ? "M-TOP" : "M-SUB";
        var quantity = random.Next(1, 9);
        var number = await shop.DraftAsync(product, quantity, Node);
        model.Orders[number] = new(number, product, quantity);
        Said.Add($"create {number} {quantity} {product}");
    }

    private async Task ReceiveAsync()
    {
        var material = new[] { "M-R1", "M-R2", "M-R3" }[random.Next(3)];
        var quantity = material == "M-R1" ? random.Next(1, 30) : random.Next(1, 20_000) / 1000m;
        // Some expire within the margin: good for finishing, not for reserving.
        DateOnly? expires = random.Next(3) switch
        {
            0 => null,
            1 => Workshop.Today.AddDays(random.Next(1, Margin)),
            _ => Workshop.Today.AddDays(random.Next(Margin, 90)),
        };
        var code = "ML-" + Guid.NewGuid().ToString("N")[..10];
        var released = random.Next(6) > 0;
        var lot = new ModelLot(code, material, PlantModel.Here, quantity, expires, ++clock) { Quarantine = !released };
        Said.Add($"receive {code} {quantity} {material} until {expires} {(released ? "released" : "kept")}");
        (await Lot(lot).Register(new(material, quantity, expires, null, null, PlantModel.Here, null, null), By())).Ok();
        if (released)
            (await Lot(lot).Inspect(InspectionDecision.Release, null, null, By())).Ok();
        model.Lots[code] = lot;
    }

    private async Task StartAsync(ModelOrder o)
    {
        var may = o.Status is "Draft" or "Planned";
        Expect($"start {o.Number}", await Order(o).Start(By()), may ? null : "invalid-state");
        if (may)
            o.Status = "InProgress";
    }

    private async Task FinishAsync(ModelOrder o)
    {
        var key = By($"finish {o.Number} {random.Next()}");
        var shortages = o.Status == "InProgress" ? model.Shortages(o) : [];
        var answer = await Order(o).Finish(key);
        Expect(
            $"finish {o.Number}",
            answer,
            o.Status != "InProgress" ? "invalid-state"
                : shortages.Count > 0 ? "insufficient-stock"
                : null
        );
        if (shortages.Count > 0)
        {
            Assert.Equal(
                shortages.Select(s => new Shortage(s.Key, s.Value.Required, s.Value.Available)).OrderBy(s => s.Material),
                answer.Problem!.Detail<Shortage[]>("shortages")!.OrderBy(s => s.Material)
            );
        }
        else if (o.Status == "InProgress")
        {
            model.Finish(o, ++clock);
            Assert.Equal(model.Movements[o.Number], answer.Value!.Movements);
            // The same request again, as after a lost answer, is answered alike and done once.
            Assert.Equal(answer.Value.JournalEntry, (await Order(o).Finish(key)).Ok().JournalEntry);
        }
    }

    private async Task CancelAsync(ModelOrder o)
    {
        var refusal =
            o.Status == "Cancelled" ? "invalid-state"
            : model.IsUsed(o) ? "lot-used"
            : null;
        Expect($"cancel {o.Number}", await Order(o).Cancel(By()), refusal);
        if (refusal is null)
            model.Cancel(o);
    }

    private async Task ReserveAsync(ModelOrder o)
    {
        var open = o.Status is "Draft" or "Planned" or "InProgress";
        // What falls short then waits, and is given what comes in at a time of its own: that is another test's.
        if (open && !model.Reserve(o, Margin))
            return;
        Expect($"reserve {o.Number}", await Order(o).Reserve(By()), open ? null : "invalid-state");
    }

    private async Task UnreserveAsync(ModelOrder o)
    {
        var open = o.Status is "Draft" or "Planned" or "InProgress";
        Expect($"unreserve {o.Number}", await Order(o).Unreserve(null, By()), open ? null : "invalid-state");
        if (open)
            o.Reserved.Clear();
    }

    private async Task AdjustAsync(ModelLot l)
    {
        var free = model.FreeOf(l);
        var difference = random.Next(2) == 0 ? random.Next(1, 6) : -Math.Min(free, random.Next(1, 6));
        if (difference == 0)
            return;
        Expect($"adjust {l.Code} {difference}", await Lot(l).Adjust(difference, "conteo", By()), null);
        (l.OnHand, l.Touched) = (l.OnHand + difference, true);
        Count(l.Code, 1);
    }

    private async Task ScrapAsync(ModelLot l)
    {
        var free = Math.Floor(model.FreeOf(l));
        var quantity = random.Next(5) == 0 ? l.OnHand + 1 : Math.Min(free, random.Next(1, 4));
        if (quantity <= 0)
            return;
        var refusal = quantity > l.OnHand ? "insufficient-stock" : null;
        Expect($"scrap {l.Code} {quantity}", await Lot(l).Scrap(quantity, "rotas", By()), refusal);
        if (refusal is not null)
            return;
        (l.OnHand, l.Touched) = (l.OnHand - quantity, true);
        Count(l.Code, 1);
    }

    /// <summary>Whole lots only: reserved ones too, which their orders find wherever they lie.</summary>
    private async Task TransferAsync(ModelLot l)
    {
        if (l.OnHand == 0)
            return;
        var to = l.Location == PlantModel.Here ? "M-ELSE" : PlantModel.Here;
        Expect($"transfer {l.Code} to {to}", await Lot(l).Transfer(to, null, By()), null);
        (l.Location, l.Touched) = (to, true);
        Count(l.Code, 2);
    }

    private async Task CountAsync()
    {
        var numbers = shop.Host.Services.GetRequiredService<INumbers>();
        var number = NumberKind.StockCount.Text((await numbers.NextAsync(NumberKind.StockCount, 1))[0]);
        var count = Node.Grains.GetGrain<IStockCountGrain>(number);
        (await count.Begin(new(PlantModel.Here, null, random.Next(2) == 0, null), By())).Ok();
        var there = model.Lots.Values.Where(l => l.Location == PlantModel.Here && l.OnHand > 0).Take(3).ToList();
        var differing = 0;
        foreach (var lot in there)
        {
            var counted = Math.Max(model.ReservedOf(lot.Code), lot.OnHand + random.Next(-2, 3));
            (await count.Record([new(lot.Code, counted, null)], By())).Ok();
            Said.Add($"count {number} {lot.Code} {lot.OnHand} -> {counted}");
            if (counted == lot.OnHand)
                continue;
            (lot.OnHand, lot.Touched) = (counted, true);
            differing++;
        }

        if (there.Count == 0)
            Assert.Equal("invalid-state", (await count.Post(By())).Refused());
        else
            Assert.Equal(differing, (await count.Post(By())).Ok().Movements);
        if (differing > 0)
            Count(number, differing);
    }

    private void Count(string reference, int movements) =>
        model.Movements[reference] = model.Movements.GetValueOrDefault(reference) + movements;

    private void Expect<T>(string what, Answer<T> answer, string? refusal)
        where T : class
    {
        Said.Add($"{what}: {answer.Problem?.Code ?? "ok"}");
        Outcomes.Add($"{what.Split(' ')[0]} {refusal ?? "ok"}");
        Assert.True(refusal == answer.Problem?.Code, $"{what}: expected {refusal ?? "ok"}, got {answer.Problem?.Es ?? "ok"}");
    }

    /// <summary>Mostly one that the command makes sense for; now and then any, so that refusals are met too.</summary>
    private Task WithOrder(Func<ModelOrder, Task> act, string? status = null)
    {
        var fit = model.Orders.Values.Where(o => o.Status == status || status is null || random.Next(6) == 0).ToList();
        return fit.Count == 0 ? CreateAsync() : act(fit[random.Next(fit.Count)]);
    }

    private Task WithLot(Func<ModelLot, Task> act) =>
        model.Lots.Count == 0 ? ReceiveAsync() : act(model.Lots.Values.ElementAt(random.Next(model.Lots.Count)));

    private static CommandContext By(string? key = null) => Workshop.By("ana", "model", key);

    /// <summary>Database and model, line by line.</summary>
    public async Task CompareAsync()
    {
        var lots = model.Lots.Values.Select(l =>
            $"{l.Code} {l.Location} {l.OnHand:0.###} {model.ReservedOf(l.Code):0.###} {StatusOf(l)}"
        );
        Assert.Equal(
            lots.Order(StringComparer.Ordinal),
            await shop.AskAsync<string[]>(
                """
                select coalesce(array_agg(concat_ws(' ', code, location, trim_scale(on_hand), trim_scale(reserved), status)
                    order by concat_ws(' ', code, location, trim_scale(on_hand), trim_scale(reserved), status) collate "C"), '{}')
                from lot where material like 'M-%'
                """
            )
        );
        Assert.Equal(
            model.Orders.Values.Select(o => $"{o.Number} {o.Status}").Order(StringComparer.Ordinal),
            await shop.AskAsync<string[]>(
                """
                select coalesce(array_agg(number || ' ' || status order by number || ' ' || status collate "C"), '{}')
                from production_order where material like 'M-%'
                """
            )
        );
        Assert.Equal(
            model.Movements.Select(m => $"{m.Key} {m.Value}").Order(StringComparer.Ordinal),
            await shop.AskAsync<string[]>(
                """
                select coalesce(array_agg(line order by line collate "C"), '{}')
                from (
                    select reference || ' ' || count(*) as line from inventory_movement
                    where not withdrawn and type <> 'PURCHASE_IN' and material like 'M-%' group by reference
                ) m
                """
            )
        );
        Assert.Equal(
            model.Entries.Select(e => FormattableString.Invariant($"{e.Key} {e.Value:0.00}")).Order(StringComparer.Ordinal),
            await shop.AskAsync<string[]>(
                """
                select coalesce(array_agg(line order by line collate "C"), '{}')
                from (
                    select e.reference || ' ' || sum(l.debit) as line from journal_entry e join journal_line l on l.entry = e.number
                    join production_order o on o.number = e.reference where o.material like 'M-%' group by e.reference
                ) e
                """
            )
        );
    }

    private string StatusOf(ModelLot l) =>
        l.Quarantine ? "Quarantine"
        : model.FreeOf(l) > 0 ? "Available"
        : "Depleted";
}
