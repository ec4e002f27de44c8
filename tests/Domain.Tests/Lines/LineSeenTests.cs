using Manufactura.Domain.Lines;

namespace Manufactura.Domain.Tests.Lines;

public class LineSeenTests
{
    [Theory]
    [InlineData(null, "L2", "La orden WO-0007 ya está en la línea L2: la asignó luis.")]
    [InlineData("L1", "L2", "La orden WO-0007 ya no está en la línea L1: luis la pasó a L2.")]
    [InlineData("L1", null, "La orden WO-0007 ya no está en la línea L1: la retiró luis.")]
    public void An_order_that_somebody_else_has_moved_stays_where_it_is_with_a_sentence(
        string? seen,
        string? now,
        string sentence
    )
    {
        var refusal = LineSeen.Moved(Given.Order(10) with { Line = now }, new(seen), Given.Luis, Given.T0)!;
        Assert.Equal(("line-conflict", RefusalKind.Conflict, sentence), (refusal.Code, refusal.Kind, refusal.Es));
        Assert.Equal((now, Given.Luis, Given.T0), (refusal.Details!["current"], refusal.Details["by"], refusal.Details["at"]));
    }

    [Fact]
    public void Where_it_was_seen_it_is_moved_and_without_a_word_of_it_too()
    {
        var order = Given.Order(10) with { Line = "L1" };
        Assert.Null(LineSeen.Moved(order, new("L1"), Given.Luis, Given.T0));
        Assert.Null(LineSeen.Moved(order, null, Given.Luis, Given.T0));
        Assert.Null(LineSeen.Moved(order with { Line = null }, new(null), null, null));
        Assert.Contains("otra persona", LineSeen.Moved(order, new(null), null, null)!.Es);
    }
}
