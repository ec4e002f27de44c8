using Manufactura.Plant.Simulation.Stage;
using Npgsql;

namespace Manufactura.Plant.Simulation.Commands;

/// <summary>
/// What a person has at hand who thinks up the next command: dice of that step alone, the time, and a look at the plant's books. Most
/// commands are such as make sense; some are not.
/// </summary>
internal sealed class Desk(Random dice, string mark, NpgsqlConnection books, PlantTime time)
{
    /// <summary>Names this command in whatever it leaves behind.</summary>
    public string Mark => mark;

    public DateOnly Today => time.Today;

    public DateTimeOffset Now => time.Now;

    public int Roll(int sides) => dice.Next(sides);

    public int Between(int least, int most) => dice.Next(least, most + 1);

    public bool Once(int in_) => dice.Next(in_) == 0;

    public T Any<T>(params ReadOnlySpan<T> of) => of[dice.Next(of.Length)];

    public T[] Some<T>(IReadOnlyList<T> of)
    {
        var some = of.Where(_ => dice.Next(3) > 0).ToArray();
        return some.Length > 0 ? some : [of[dice.Next(of.Count)]];
    }

    /// <summary>One of the rows, each a text; null when there is none.</summary>
    public async Task<string?> PickAsync(string sql, params object?[] parameters)
    {
        var rows = await books.TextsAsync(sql, parameters);
        return rows.Count == 0 ? null : rows[dice.Next(rows.Count)];
    }

    /// <summary>One of the rows, mostly one that <paramref name="sensible"/> holds for; the columns parted by a bar.</summary>
    public Task<string?> PickAsync(string columns, string from, string sensible, string order) =>
        PickAsync($"select {columns} from {from} {(Once(10) ? "" : $"where {sensible}")} order by {order}");

    /// <summary>An order for which that holds; sometimes any.</summary>
    public Task<string?> OrderAsync(string sensible) => PickAsync("number", "production_order", sensible, "id");

    /// <summary>A lot for which that holds; sometimes any.</summary>
    public Task<string?> LotAsync(string sensible) => PickAsync("code", "lot", sensible, "code");

    public Task<List<string>> ListAsync(string sql, params object?[] parameters) => books.TextsAsync(sql, parameters);

    public Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> row, params object?[] parameters) =>
        books.ListAsync(sql, row, parameters);

    /// <summary>Mostly none of them, sometimes one.</summary>
    public string? Perhaps(params ReadOnlySpan<string> of) => Once(3) ? Any(of) : null;

    public DateOnly? PerhapsDay(int from, int to) => Once(4) ? null : Today.AddDays(Between(from, to));
}
