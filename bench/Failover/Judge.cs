using Manufactura.Dashboard.Tests.Crash;
using Npgsql;

namespace Manufactura.Bench.Failover;

/// <summary>Compares what was acknowledged with what is there: nothing lost, nothing twice, every invariant exact.</summary>
internal sealed class Judge(NpgsqlDataSource database, Gate gate, IReadOnlyList<Person> people, IReadOnlyList<WallScreen> screens)
{
    private readonly List<string> wrong = [];

    /// <summary>The invariants that the plant itself breaks before anybody works: none may become more.</summary>
    public Dictionary<string, long> Sound { get; private set; } = [];

    public async Task LookAtSoundPlantAsync() => Sound = await InvariantsAsync();

    /// <summary>Invariants now, in the middle of the work.</summary>
    public async Task<long> ViolationsAsync() => (await InvariantsAsync()).Sum(i => Math.Max(0, i.Value - Sound[i.Key]));

    /// <summary>Everything, once nobody works any more. Empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> LookAsync()
    {
        // The server was away meanwhile: what was connected before is not.
        database.Clear();
        foreach (var person in people)
        {
            await FinishedAsync(person);
            await ReceivedAsync(person);
            await MatrixAsync(person);
        }

        foreach (var (what, sql) in CrashSql.Violations)
            Expect(0, await AskAsync(sql), what);
        foreach (var screen in screens)
            await ScreenAsync(screen);
        foreach (var (code, count) in await InvariantsAsync())
            Expect(Sound[code], count, $"invariant {code}");
        return wrong;
    }

    private async Task FinishedAsync(Person person)
    {
        Expect(person.Finished.Count, person.Finished.Distinct().Count(), $"{person.Mark}: numbers of orders, each once");
        Expect(
            person.Finished.Count,
            await AskAsync("select count(*) from production_order where observations = $1 and status = 'Done'", person.Mark),
            $"{person.Mark}: finished orders"
        );
        Expect(
            person.Finished.Count,
            await AskAsync("select count(*) from production_order where observations = $1", person.Mark),
            $"{person.Mark}: orders at all"
        );
        Expect(
            person.Finished.Count,
            await AskAsync(
                """
                select count(*) from inventory_movement m join production_order o on o.number = m.reference
                where o.observations = $1 and m.type = 'PRODUCTION_IN'
                """,
                person.Mark
            ),
            $"{person.Mark}: productions of finished orders"
        );
    }

    private async Task ReceivedAsync(Person person)
    {
        Expect(
            person.Received.Count,
            await AskAsync("select count(*) from lot where supplier_lot = $1", person.Mark),
            $"{person.Mark}: received lots"
        );
        Expect(
            person.Received.Count,
            await AskAsync(
                "select count(*) from inventory_movement m join lot l on l.code = m.lot where l.supplier_lot = $1",
                person.Mark
            ),
            $"{person.Mark}: movements of received lots"
        );
    }

    private async Task MatrixAsync(Person person)
    {
        Expect(
            person.Produced.Count,
            await AskAsync("select count(*) from production_order where parent = $1 and kind = 'partial'", person.MatrixOrder),
            $"{person.MatrixOrder}: lots of explosions"
        );
        await using var command = database.CreateCommand(
            "select x, y, to_produce from matrix_cell where production_order = $1 and to_produce <> 0"
        );
        command.Parameters.AddWithValue(person.MatrixOrder);
        await using var reader = await command.ExecuteReaderAsync();
        var there = new Dictionary<(string, string), decimal>();
        while (await reader.ReadAsync())
            there[(reader.GetString(0), reader.GetString(1))] = reader.GetDecimal(2);
        foreach (var (at, value) in person.ToProduce)
            if (there.GetValueOrDefault(at) != value)
                wrong.Add($"{person.MatrixOrder} {at}: acknowledged {value}, found {there.GetValueOrDefault(at)}");
    }

    private async Task ScreenAsync(WallScreen screen)
    {
        var seen = screen.Events;
        if (seen.Count == 0)
        {
            wrong.Add($"A screen of {screen.Topic} saw nothing.");
            return;
        }

        await using var command = database.CreateCommand(
            "select id from event where id >= $1 and (subject = $2 or $2 = any(string_to_array(also, ' '))) order by id"
        );
        command.Parameters.AddWithValue(seen[0]);
        command.Parameters.AddWithValue(screen.Topic);
        await using var reader = await command.ExecuteReaderAsync();
        var all = new List<long>();
        while (await reader.ReadAsync())
            all.Add(reader.GetInt64(0));
        if (!all.SequenceEqual(seen))
            wrong.Add($"A screen of {screen.Topic} saw {seen.Count} events of {all.Count}, {seen.Distinct().Count()} different.");
        Expect(0, screen.Resyncs, $"{screen.Topic}: screens told to read again");
    }

    private async Task<Dictionary<string, long>> InvariantsAsync() =>
        (await gate.GetAsync("/api/v1/checks"))
            .GetProperty("items")
            .EnumerateArray()
            .Where(c => c.GetProperty("kind").GetString() == "invariant")
            .ToDictionary(c => c.GetProperty("code").GetString()!, c => c.GetProperty("violations").GetInt64());

    private async Task<long> AskAsync(string sql, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private void Expect(long expected, long found, string what)
    {
        if (expected != found)
            wrong.Add($"{what}: {expected} expected, {found} found");
    }
}
