using System.Collections.Immutable;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Accounting;

public class AccountingTests
{
    private static readonly ImmutableArray<LotUse> Uses = [new("WO-0001", "ASIENTO", "A", "BOD-MP", 1, 2)];

    [Theory]
    [InlineData(null, "1405", null, "no hay cuenta de inventario de productos terminados.")]
    [InlineData("1430", null, null, "no hay cuenta de inventario de materias primas.")]
    [InlineData("1430", "1405", 0, "el período contable está cerrado hasta el 23 nov 2025.")]
    public void Accounting_that_cannot_be_done_says_why(string? finished, string? raw, int? closedDays, string reason)
    {
        var closed = closedDays is { } days ? Today.AddDays(days) : (DateOnly?)null;

        var refusal = Book(Uses, new(finished, raw, closed)).Refusal!;

        Assert.Equal(("accounting-failed", reason), (refusal.Code, refusal.Es));
        Assert.Equal(
            $"⚠️ ORDEN TERMINADA pero fallo contable: {reason}",
            OrderMessages.EntryFailed(new(refusal.Es, refusal.En)).Es
        );
    }

    [Fact]
    public void The_day_after_the_closed_period_is_booked() =>
        Assert.Null(Book(Uses, new("1430", "1405", Today.AddDays(-1))).Refusal);

    [Fact]
    public void A_component_without_cost_is_named() =>
        Assert.Equal(
            "sin costo unitario: Silla de Oficina.",
            Book(Uses.Add(new("WO-0001", "SILLA", "S", "BOD-MP", 0, 1)), AccountingSettings.Default).Refusal?.Es
        );

    [Fact]
    public void A_production_that_consumed_nothing_has_no_entry() => Assert.NotNull(Book([], AccountingSettings.Default).Refusal);

    [Fact]
    public void An_amount_beyond_what_an_entry_holds_is_a_reason_and_not_a_crash() =>
        Assert.Equal(
            "accounting-failed",
            Book(
                [new("WO-0001", "TELA", "T", "BOD-MP", 0, 999_999_999_999_999)],
                AccountingSettings.Default,
                9_999_999_999_999_999
            ).Refusal?.Code
        );

    [Theory]
    [InlineData(0.333, 2.66)]
    [InlineData(0.001, 0.01)]
    [InlineData(1.0625, 8.50)]
    public void The_amount_is_rounded_to_cents_once_and_balances(decimal quantity, decimal amount)
    {
        var entry = Book([new("WO-0001", "TELA", "T", "BOD-MP", 0, quantity)], AccountingSettings.Default).Outcome;

        Assert.Equal(amount, entry.Lines.Sum(l => l.Debit));
        Assert.Equal(amount, entry.Lines.Sum(l => l.Credit));
    }

    [Theory]
    [InlineData(10, 5.0, 10, 7.0, 6.00)]
    [InlineData(1, 1.0, 2, 2.0, 1.67)]
    [InlineData(0, 5.0, 10, 7.0, 7.00)]
    [InlineData(10, null, 10, 7.0, 7.00)]
    public void A_receipt_moves_the_average_cost(int onHand, double? cost, int received, double receivedCost, double after) =>
        Assert.Equal(
            (decimal)after,
            MovingAverageCost.After(onHand, cost is { } c ? (decimal)c : null, received, (decimal)receivedCost)
        );

    private static Decision<JournalEntry> Book(ImmutableArray<LotUse> uses, AccountingSettings settings, decimal? cost = null) =>
        BookProduction.Decide(
            "JE-0015",
            "WO-0001",
            Today,
            uses,
            c => cost is null ? MaterialOf(c) : MaterialOf(c) with { UnitCost = cost },
            settings
        );
}
