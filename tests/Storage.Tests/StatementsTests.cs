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
}
