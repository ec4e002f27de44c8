using System.Text.RegularExpressions;
using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests.Queries;

public sealed partial class QueryStatementsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    // Parts of other statements, which the schema accepts only inside them.
    private static readonly string[] Parts =
    [
        "order_filters",
        "outstanding",
        "line_assigned",
        "trace_back_step",
        "trace_back_rest",
        "trace_forward_rest",
        "trace_forward_step",
        "stock_at_lots",
    ];

    private static readonly Dictionary<string, object> Values = new()
    {
        ["limit"] = 1,
        ["after"] = "x",
        ["today"] = new DateOnly(2026, 11, 20),
        ["from"] = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero),
        ["before"] = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero),
        ["midnight"] = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero),
        ["now"] = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero),
        ["expiresBefore"] = new DateOnly(2026, 11, 20),
        ["zone"] = "America/Bogota",
        ["id"] = 1L,
        ["code"] = "x",
        ["order"] = "x",
        ["search"] = "%x%",
        ["afterMaterial"] = "x",
        ["afterLocation"] = "x",
        ["afterLot"] = "x",
    };

    private static IEnumerable<string> Names =>
        SqlText.Under("Queries.Sql").Select(n => n["Queries.Sql.".Length..]).Except(Parts);

    public static TheoryData<string> Named() => [.. Names.Where(n => !Query.Text(n).Contains("$1"))];

    public static TheoryData<string> Positional() =>
        [.. Names.Where(n => !Query.Text(n).Contains("/*") && Query.Text(n).Contains("$1"))];

    [Theory]
    [MemberData(nameof(Positional))]
    public async Task Every_statement_with_numbered_parameters_is_accepted_by_the_schema(string name)
    {
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"prepare q_{name} as {Query.Text(name).TrimEnd().TrimEnd(';')}", connection);
        await command.ExecuteNonQueryAsync();
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Every_statement_runs_with_all_of_its_filters(string name)
    {
        var text = new Filtered(name);
        foreach (Match marker in Marker().Matches(WithParts(name)))
            text.With(marker.Groups[1].Value, 1);
        await RunAsync(name, text.Text());
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Every_statement_runs_with_none_of_its_filters(string name) =>
        await RunAsync(name, new Filtered(name).Text());

    private async Task RunAsync(string name, string text)
    {
        await using var command = postgres.DataSource.CreateCommand(text);
        foreach (var parameter in Parameter().Matches(text).Select(m => m.Groups[1].Value).Distinct())
            command.Parameters.Add(new NpgsqlParameter(parameter, ValueOf(name, parameter)));
        await using var reader = await command.ExecuteReaderAsync();
    }

    private static object ValueOf(string name, string parameter) =>
        parameter switch
        {
            "after" when IsById(name) => 1L,
            "from" or "before" when name == "list_journal" => new DateOnly(2026, 11, 20),
            "to" => new DateOnly(2026, 11, 20),
            "line" when name == "line_queue" => "x",
            "number" when name == "count_lines" => "x",
            "until" => new DateOnly(2026, 11, 20),
            _ => Values.GetValueOrDefault(parameter, new[] { "x" }),
        };

    private static bool IsById(string name) =>
        name
            is "list_orders"
                or "list_movements"
                or "list_events"
                or "list_journal"
                or "list_sales_orders"
                or "list_requisitions"
                or "list_alerts"
                or "list_unbooked"
                or "list_counts";

    private static string WithParts(string name) => string.Join('\n', Parts.Append(name).Select(Query.Text));

    [GeneratedRegex(@"/\*[?!](\w+)\*/")]
    private static partial Regex Marker();

    [GeneratedRegex(@"(?<!@)@(\w+)")]
    private static partial Regex Parameter();
}
