using System.Runtime.CompilerServices;
using Manufactura.Storage.Commits;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests;

public sealed class StatementsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    public static TheoryData<string> All() =>
        [
            .. SqlText
                .Under("Commits")
                .Concat(SqlText.Under("Numbers"))
                .Concat(SqlText.Under("Feeds"))
                .Concat(SqlText.Under("GrainRuntime")),
        ];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_statement_is_accepted_by_the_schema(string name)
    {
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"prepare p as {SqlText.Of(name)}", connection);
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public void A_premise_has_the_name_of_its_file()
    {
        foreach (var name in SqlText.Under("Commits"))
        {
            var text = SqlText.Of(name);
            if (text.Contains("premise('"))
            {
                Assert.Contains($"premise('{name["Commits.Sql.".Length..]}', $1", text);
            }
        }
    }

    [Fact]
    public void Every_kind_of_row_has_its_statement()
    {
        var kinds = typeof(IRow)
            .Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IRow)) && t is { IsInterface: false })
            .ToList();
        Assert.True(kinds.Count > 30);
        foreach (var kind in kinds)
        {
            Assert.NotNull(Statements.Of((IRow)RuntimeHelpers.GetUninitializedObject(kind)));
        }
    }
}
