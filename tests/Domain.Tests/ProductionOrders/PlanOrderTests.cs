using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class PlanOrderTests
{
    [Theory]
    [InlineData(OrderStatus.Draft, true)]
    [InlineData(OrderStatus.Planned, false)]
    [InlineData(OrderStatus.InProgress, false)]
    [InlineData(OrderStatus.Done, false)]
    [InlineData(OrderStatus.Cancelled, false)]
    public void Only_a_draft_has_its_planning_confirmed(OrderStatus status, bool accepted)
    {
        foreach (var order in new[] { Given.Order(5, status), Given.WithMatrix(status, MatrixState.Pending, [5]) })
        {
            var decision = PlanOrder.Confirm(order, Given.T1);
            Assert.Equal(accepted ? null : "La orden no está en estado Borrador.", decision.Refusal?.Es);
            if (!accepted)
                continue;
            Assert.Equal(OrderStatus.Planned, decision.Outcome.Status);
            Assert.Equal(order.Matrix is null ? null : MatrixState.Planned, decision.Outcome.Matrix?.State);
        }
    }

    [Theory]
    [InlineData(9, "La matriz suma 1 unidades más que el total de 9.", -1)]
    [InlineData(12, "A la matriz le faltan 2 unidades para llegar al total de 12.", 2)]
    public void Planning_is_refused_while_the_cells_do_not_add_up(int quantity, string sentence, int difference)
    {
        var order = Given.WithMatrix(OrderStatus.Draft, MatrixState.Pending, [4, 6]) with { Quantity = quantity };
        var refusal = PlanOrder.Confirm(order, Given.T1).Refusal!;
        Assert.Equal(("cells-do-not-add-up", RefusalKind.Rule, sentence), (refusal.Code, refusal.Kind, refusal.Es));
        Assert.Equal((decimal)difference, refusal.Details!["difference"]);
    }

    [Fact]
    public void Planning_is_refused_while_a_chosen_Y_value_has_no_proportion()
    {
        var order = Given.WithMatrix(OrderStatus.Draft, MatrixState.Pending, [4, 6]);
        order = order with { Matrix = order.Matrix! with { Y = [new("28", 1), new("30", null)] } };
        Assert.Equal("Falta la proporción de la curva para 30.", PlanOrder.Confirm(order, Given.T1).Refusal?.Es);
    }

    [Fact]
    public void The_empty_matrix_of_a_sale_cannot_be_confirmed() =>
        Assert.Equal(
            "cells-do-not-add-up",
            PlanOrder.Confirm(Given.Order(5) with { Matrix = Matrix.Empty }, Given.T1).Refusal?.Code
        );

    [Theory]
    [InlineData(OrderStatus.Draft, null, null)]
    [InlineData(OrderStatus.Planned, null, null)]
    [InlineData(OrderStatus.Planned, MatrixState.Planned, null)]
    [InlineData(OrderStatus.Draft, MatrixState.Pending, "La planificación de la matriz debe confirmarse antes de iniciar.")]
    [InlineData(OrderStatus.InProgress, null, "La orden no está en estado Borrador.")]
    [InlineData(OrderStatus.InProgress, MatrixState.Progress, "La orden no está en estado Borrador.")]
    [InlineData(OrderStatus.Done, null, "La orden no está en estado Borrador.")]
    [InlineData(OrderStatus.Cancelled, null, "La orden no está en estado Borrador.")]
    [InlineData(OrderStatus.Cancelled, MatrixState.Pending, "La orden no está en estado Borrador.")]
    public void Start_is_accepted_from_draft_and_planned_once_a_matrix_is_confirmed(
        OrderStatus status,
        MatrixState? state,
        string? sentence
    )
    {
        var order = state is { } s ? Given.WithMatrix(status, s, [5]) : Given.Order(5, status);
        var decision = PlanOrder.Start(order, Given.T1);
        Assert.Equal(sentence, decision.Refusal?.Es);
        if (sentence is not null)
            return;
        Assert.Equal((OrderStatus.InProgress, Given.T1), (decision.Outcome.Status, decision.Outcome.StartedAt));
        Assert.Equal(state is null ? null : MatrixState.Progress, decision.Outcome.Matrix?.State);
    }
}
