using System.Collections.Immutable;
using System.Globalization;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Matrices;

public class EditCellsTests
{
    private static readonly ProductionOrder Pending = Given.WithMatrix(
        OrderStatus.Draft,
        MatrixState.Pending,
        [10, 10],
        [10, 10]
    );
    private static readonly ProductionOrder Running = Given.WithMatrix(
        OrderStatus.InProgress,
        MatrixState.Progress,
        [10, 10],
        [10, 10]
    );

    [Fact]
    public void An_edit_sets_the_value_raises_the_version_and_says_who_and_when()
    {
        var cell = Edit(Pending, Planned("A", "30", 12.000m, 1)).Outcome.Find("A", "30")!;
        Assert.Equal(("12", 2, Given.Luis, Given.T1), (cell.Planned.ToString(), cell.Version, cell.SetBy, cell.SetAt));
    }

    [Theory]
    [InlineData(OrderStatus.Draft, MatrixState.Pending, CellField.Planned, true)]
    [InlineData(OrderStatus.Draft, MatrixState.Pending, CellField.ToProduce, false)]
    [InlineData(OrderStatus.Planned, MatrixState.Planned, CellField.Planned, false)]
    [InlineData(OrderStatus.Planned, MatrixState.Planned, CellField.ToProduce, true)]
    [InlineData(OrderStatus.InProgress, MatrixState.Progress, CellField.Planned, false)]
    [InlineData(OrderStatus.InProgress, MatrixState.Progress, CellField.ToProduce, true)]
    [InlineData(OrderStatus.Done, MatrixState.Done, CellField.Planned, false)]
    [InlineData(OrderStatus.Done, MatrixState.Done, CellField.ToProduce, false)]
    [InlineData(OrderStatus.Cancelled, MatrixState.Pending, CellField.Planned, false)]
    [InlineData(OrderStatus.Cancelled, MatrixState.Planned, CellField.ToProduce, false)]
    [InlineData(OrderStatus.Cancelled, MatrixState.Progress, CellField.ToProduce, false)]
    public void Planned_is_edited_while_pending_and_to_produce_from_the_confirmation_on(
        OrderStatus status,
        MatrixState state,
        CellField field,
        bool accepted
    )
    {
        var order = Given.WithMatrix(status, state, [10, 10]);
        var refusal = Edit(order, new CellEdit("A", "28", field, 3, 1)).Refusal;
        Assert.Equal(accepted ? null : "invalid-state", refusal?.Code);
        Assert.True(accepted || refusal!.Kind == RefusalKind.Conflict);
    }

    [Fact]
    public void A_cell_that_has_moved_on_is_not_overwritten_and_the_answer_says_by_whom_when_and_to_what()
    {
        var moved = Pending with { Matrix = Edit(Pending, Planned("A", "28", 17, 1)).Outcome };
        var refusal = EditCells.Decide(moved, [Planned("A", "28", 4, 1)], 0, 0, Given.Ana, Given.T1.AddHours(1)).Refusal!;
        Assert.Equal(("cell-conflict", RefusalKind.Conflict), (refusal.Code, refusal.Kind));
        Assert.Equal("luis cambió A / 28 a 17.", refusal.Es);
        var conflict = Assert.Single((ImmutableArray<CellConflict>)refusal.Details!["conflicts"]!);
        Assert.Equal(new CellConflict("A", "28", 17, 2, Given.Luis, Given.T1), conflict);
    }

    [Theory]
    [InlineData(1, "luis cambió A / 28 a 1.")]
    [InlineData(2, "luis cambió A / 28 a 1 y hay 1 celda más en conflicto.")]
    [InlineData(3, "luis cambió A / 28 a 1 y hay 2 celdas más en conflicto.")]
    public void Every_conflict_is_in_the_answer(int conflicts, string sentence)
    {
        CellEdit[] edits = [Planned("A", "28", 1, 1), Planned("A", "30", 2, 1), Planned("B", "28", 3, 1)];
        var moved = Pending with { Matrix = Edit(Pending, edits).Outcome };
        var refusal = Edit(moved, edits[..conflicts]).Refusal!;
        Assert.Equal(sentence, refusal.Es);
        Assert.Equal(conflicts, ((ImmutableArray<CellConflict>)refusal.Details!["conflicts"]!).Length);
    }

    [Fact]
    public void In_a_conflict_the_current_value_is_that_of_the_edited_field()
    {
        var moved = Running with { Matrix = Edit(Running, ToProduce("A", "28", 6, 1)).Outcome };
        var refusal = Edit(moved, ToProduce("A", "28", 2, 1)).Refusal!;
        Assert.Equal(6, ((ImmutableArray<CellConflict>)refusal.Details!["conflicts"]!)[0].Current);
    }

    [Fact]
    public void An_edit_without_a_version_is_unconditional()
    {
        var moved = Pending with { Matrix = Edit(Pending, Planned("A", "28", 17, 1)).Outcome };
        var cell = Edit(moved, Planned("A", "28", 4, null)).Outcome.Find("A", "28")!;
        Assert.Equal((4, 3), (cell.Planned, cell.Version));
    }

    [Fact]
    public void Edits_of_different_cells_never_conflict()
    {
        var moved = Pending with { Matrix = Edit(Pending, Planned("A", "28", 17, 1)).Outcome };
        Assert.Null(Edit(moved, Planned("A", "30", 4, 1), Planned("B", "28", 1, 1)).Refusal);
    }

    [Fact]
    public void Confirming_and_starting_do_not_raise_versions()
    {
        var confirmed = PlanOrder.Confirm(Pending, Given.T1).Outcome;
        var started = PlanOrder.Start(confirmed, Given.T1).Outcome;
        Assert.All(started.Matrix!.Cells, c => Assert.Equal(1, c.Version));
        Assert.Null(Edit(started, ToProduce("A", "28", 2, 1)).Refusal);
    }

    public static TheoryData<string, CellEdit[], string> AllOrNothing =>
        new()
        {
            { "one of two moved on", [Planned("A", "28", 5, 1), Planned("A", "30", 5, 7)], "cell-conflict" },
            { "one of two negative", [Planned("A", "28", 5, 1), Planned("A", "30", -1, 1)], "validation" },
            { "a fraction of a piece", [Planned("A", "28", 5, 1), Planned("A", "30", 2.5m, 1)], "validation" },
            { "beyond decimal(18,3)", [Planned("A", "28", 1_000_000_000_000_000m, 1)], "validation" },
            { "a cell that is not there", [Planned("A", "28", 5, 1), Planned("Z", "30", 5, 1)], "not-found" },
            { "a column that is not there", [Planned("A", "99", 5, 1)], "not-found" },
            { "a cell twice", [Planned("A", "28", 5, 1), Planned("A", "28", 6, 1)], "validation" },
            { "nothing at all", [], "validation" },
        };

    [Theory]
    [MemberData(nameof(AllOrNothing))]
    public void One_bad_edit_refuses_them_all(string why, CellEdit[] edits, string code)
    {
        var before = Pending.Matrix!.Cells;
        Assert.True(Edit(Pending, edits).Refusal?.Code == code, why);
        Assert.Equal(before.AsEnumerable(), Pending.Matrix.Cells);
    }

    [Fact]
    public void An_order_without_a_matrix_has_no_cells_to_edit() =>
        Assert.Equal("invalid-state", Edit(Given.Order(5), Planned("A", "28", 1, 1)).Refusal?.Code);

    [Theory]
    [InlineData("10", "0", 0, "10", true)]
    [InlineData("10", "0", 0, "11", false)]
    [InlineData("10", "0.1", 0, "11", true)]
    [InlineData("10", "0.1", 0, "12", false)]
    [InlineData("9", "0.1", 0, "9", true)]
    [InlineData("9", "0.1", 0, "10", false)]
    [InlineData("9", "0.1", 1, "9.9", true)]
    [InlineData("9", "1", 0, "18", true)]
    [InlineData("0", "0.5", 0, "0", true)]
    [InlineData("0", "0.5", 0, "1", false)]
    [InlineData("-3", "0.5", 0, "0", true)]
    [InlineData("-3", "0.5", 0, "1", false)]
    public void To_produce_may_not_exceed_what_is_outstanding_and_the_tolerance(
        string outstanding,
        string tolerance,
        int precision,
        string value,
        bool accepted
    )
    {
        var cell = Running.Matrix!.Cells[0] with { Planned = 10, Produced = 10 - Number(outstanding) };
        var order = Running with { Matrix = Running.Matrix with { Cells = Running.Matrix.Cells.SetItem(0, cell) } };
        var refusal = EditCells
            .Decide(order, [ToProduce("A", "28", Number(value), 1)], precision, Number(tolerance), Given.Ana, Given.T1)
            .Refusal;
        Assert.Equal(accepted ? null : "exceeds-outstanding", refusal?.Code);
    }

    [Fact]
    public void A_sentence_reads_the_same_whatever_culture_the_server_runs_under()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("es-ES");
            var refusal = Edit(Pending, Planned("A", "28", 1234.50m, 1)).Refusal!;
            Assert.Equal("La cantidad de A / 28 debe ser un número entero (1234.5).", refusal.Es);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Decision<Matrix> Edit(ProductionOrder order, params CellEdit[] edits) =>
        EditCells.Decide(order, [.. edits], 0, 0, Given.Luis, Given.T1);

    private static CellEdit Planned(string x, string y, decimal value, int? seen) => new(x, y, CellField.Planned, value, seen);

    private static CellEdit ToProduce(string x, string y, decimal value, int? seen) =>
        new(x, y, CellField.ToProduce, value, seen);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
