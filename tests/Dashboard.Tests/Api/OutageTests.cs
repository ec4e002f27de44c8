using Manufactura.Dashboard.Api.Problems;
using Npgsql;

namespace Manufactura.Dashboard.Tests.Api;

/// <summary>What may be asked again is told apart from what is a bug.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData("57P01")]
    [InlineData("57P03")]
    [InlineData("08006")]
    public void A_database_that_goes_or_comes_is_unavailable_however_it_is_told(string state)
    {
        var told = new PostgresException("the database system is shutting down", "FATAL", "FATAL", state);
        Assert.Equal(503, ProblemHandling.Explain(told).Status);
        Assert.Equal(503, ProblemHandling.Explain(new InvalidOperationException("Wrapped by Entity Framework.", told)).Status);
    }

    [Fact]
    public void A_connection_that_breaks_while_a_user_is_read_is_unavailable() =>
        Assert.Equal(
            503,
            ProblemHandling
                .Explain(new InvalidOperationException("Wrapped.", new NpgsqlException("Broken.", new IOException("reset"))))
                .Status
        );

    [Fact]
    public void A_statement_that_is_wrong_and_a_bug_are_not()
    {
        Assert.Equal(500, ProblemHandling.Explain(new PostgresException("syntax", "ERROR", "ERROR", "42601")).Status);
        Assert.Equal(500, ProblemHandling.Explain(new InvalidOperationException("bug")).Status);
    }
}
