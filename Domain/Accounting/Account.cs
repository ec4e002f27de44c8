namespace Manufactura.Domain.Accounting;

/// <summary>What an account of the chart stands for: activo, pasivo, patrimonio, ingreso, gasto.</summary>
public enum AccountKind
{
    Asset,
    Liability,
    Equity,
    Income,
    Expense,
}
