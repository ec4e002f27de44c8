using Manufactura.Domain.Lines;

namespace Manufactura.Domain.Tests.Lines;

public class LineSequenceTests
{
    private static QueuePlace[] Queue(params decimal?[] places) =>
        [.. places.Select((p, i) => new QueuePlace(((char)('A' + i)).ToString(), p))];

    private static string[] After(QueuePlace[] queue, IEnumerable<QueuePlace> moves)
    {
        var places = queue.ToDictionary(q => q.Number, q => q.Position);
        foreach (var move in moves)
            places[move.Number] = move.Position;
        return [.. queue.OrderBy(q => places[q.Number] ?? decimal.MaxValue).Select(q => q.Number)];
    }

    [Theory]
    [InlineData("D", "DABC", 1)] // to the front
    [InlineData("AC", "ACBD", 1)] // one earlier
    [InlineData("BCDA", "BCDA", 1)] // the first to the end
    [InlineData("DCBA", "DCBA", 3)]
    [InlineData("ABCD", "ABCD", 0)]
    [InlineData("", "ABCD", 0)]
    public void The_named_come_first_and_as_few_as_possible_move(string wanted, string sequence, int moved)
    {
        var queue = Queue(1, 2, 3, 4);
        var moves = LineSequence.Decide(queue, [.. wanted.Select(c => c.ToString())], QueueTarget.First).Outcome;
        Assert.Equal(sequence, string.Concat(After(queue, moves)));
        Assert.Equal(moved, moves.Length);
    }

    [Fact]
    public void Orders_without_a_place_get_one_only_when_somebody_asks()
    {
        var queue = Queue(1, 2, null, null);
        Assert.Equal([new("D", 1.5m)], LineSequence.Decide(queue, ["A", "D"], QueueTarget.First).Outcome.Take(1));
        Assert.Equal("ADBC", string.Concat(After(queue, LineSequence.Decide(queue, ["A", "D"], QueueTarget.First).Outcome)));
    }

    [Fact]
    public void Where_there_is_no_room_all_get_new_places_that_nobody_held()
    {
        var queue = Queue(1, 1.000001m, 7);
        var moves = LineSequence.Decide(queue, ["A", "C", "B"], QueueTarget.First).Outcome;
        Assert.Equal(["A 8", "C 9", "B 10"], moves.Select(m => $"{m.Number} {m.Position:0}"));
    }

    [Fact]
    public void Any_sequence_of_moves_gives_what_was_asked_and_no_place_twice_nor_one_that_is_still_held()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var queue = Queue([.. Enumerable.Range(1, 12).Select(i => i % 5 == 0 && round % 2 == 0 ? (decimal?)null : i)]);
            Array.Sort(queue, (a, b) => (a.Position ?? 99).CompareTo(b.Position ?? 99));
            for (var step = 0; step < 20; step++)
            {
                var wanted = queue.Select(q => q.Number).OrderBy(_ => random.Next()).Take(random.Next(1, 13)).ToArray();
                var moves = LineSequence.Decide(queue, wanted, QueueTarget.First).Outcome;
                var held = queue.Select(q => q.Position).OfType<decimal>().ToHashSet();
                Assert.All(moves, m => Assert.DoesNotContain(m.Position!.Value, held));
                string[] expected = [.. wanted, .. queue.Select(q => q.Number).Where(n => !wanted.Contains(n))];
                var places = queue.ToDictionary(q => q.Number, q => q.Position);
                foreach (var move in moves)
                    places[move.Number] = move.Position;
                Assert.Equal(expected, After(queue, moves));
                var given = places.Values.OfType<decimal>().ToArray();
                Assert.Equal(given.Length, given.Distinct().Count());
                queue = [.. expected.Select(n => new QueuePlace(n, places[n]))];
            }
        }
    }

    [Fact]
    public void An_order_that_left_the_queue_or_is_named_twice_is_refused()
    {
        Assert.Equal("invalid-state", LineSequence.Decide(Queue(1, 2), ["Z"], QueueTarget.First).Refusal!.Code);
        Assert.Equal("validation", LineSequence.Decide(Queue(1, 2), ["A", "A"], QueueTarget.First).Refusal!.Code);
    }

    [Theory]
    [InlineData("D", "B", "ADBC")]
    [InlineData("A", "C", "BACD")]
    [InlineData("A", null, "BCDA")]
    [InlineData("CA", "D", "BCAD")]
    [InlineData("B", "C", "ABCD")]
    public void An_order_goes_before_another_or_to_the_end_and_the_others_keep_theirs(
        string moved,
        string? before,
        string sequence
    )
    {
        var queue = Queue(1, 2, 3, 4);
        var moves = LineSequence.Decide(queue, [.. moved.Select(c => c.ToString())], new(before, Last: before is null)).Outcome;
        Assert.Equal(sequence, string.Concat(After(queue, moves)));
    }

    [Fact]
    public void Two_people_who_move_different_orders_at_once_both_get_what_they_wanted()
    {
        // The second one still sees A B C D while A has already gone to the end.
        var queue = Queue(1, 2, 3, 4);
        var first = LineSequence.Decide(queue, ["A"], new(Last: true)).Outcome;
        queue = [.. queue.Select(q => first.FirstOrDefault(m => m.Number == q.Number) ?? q).OrderBy(q => q.Position)];
        Assert.Equal("BDCA", string.Concat(After(queue, LineSequence.Decide(queue, ["D"], new("C")).Outcome)));
    }

    [Fact]
    public void Before_an_order_that_has_left_the_queue_is_nowhere()
    {
        var refusal = LineSequence.Decide(Queue(1, 2), ["A"], new("Z")).Refusal!;
        Assert.Equal(("invalid-state", "La orden Z ya no está en la cola de la línea."), (refusal.Code, refusal.Es));
        Assert.Equal("validation", LineSequence.Decide(Queue(1, 2), ["A"], new("A")).Refusal!.Code);
    }
}
