using Manufactura.Storage.Migrations;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Manufactura.Storage.Tests.Migrations;

public sealed class MigratorTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly Migration First = new(1, "first", "create table first_table (id int)");
    private static readonly Migration Second = new(2, "second", "create table second_table (id int)");
    private NpgsqlDataSource source = null!;

    public async Task InitializeAsync()
    {
        var name = $"empty_{Guid.NewGuid():N}";
        await PostgresFixture.ExecuteAsync(postgres.ConnectionString, $"create database {name}");
        source = NpgsqlDataSource.Create(PostgresFixture.On(postgres.ConnectionString, name));
    }

    public async Task DisposeAsync() => await source.DisposeAsync();

    [Fact]
    public async Task Nodes_that_start_together_apply_each_step_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(First, Second)));
        await RunAsync(First, Second);
        Assert.Equal(2L, await AskAsync("select count(*) from schema_migration"));
        Assert.Equal(0L, await AskAsync("select count(*) from second_table"));
    }

    [Fact]
    public async Task A_failing_step_leaves_nothing_and_keeps_the_steps_before_it()
    {
        var broken = Second with { Sql = "create table half (id int); select 1 / 0" };
        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(First, broken));
        Assert.Equal(1L, await AskAsync("select count(*) from schema_migration"));
        Assert.Equal(0L, await AskAsync("select count(*) from pg_class where relname = 'half'"));
        await RunAsync(First, Second);
    }

    [Fact]
    public async Task An_edited_step_stops_with_a_sentence()
    {
        await RunAsync(First);
        var stopped = await Assert.ThrowsAsync<SchemaException>(() =>
            RunAsync(new Migration(1, "first", "create table other (id int)"), Second)
        );
        Assert.Contains("0001_first differs", stopped.Message);
        Assert.Equal(1L, await AskAsync("select count(*) from schema_migration"));
    }

    [Fact]
    public async Task A_step_of_a_newer_version_stops_with_a_sentence()
    {
        await RunAsync(First, Second);
        var stopped = await Assert.ThrowsAsync<SchemaException>(() => RunAsync(First));
        Assert.Contains("0002_second", stopped.Message);
    }

    [Fact]
    public async Task The_schema_is_current_only_when_all_of_it_is_there_unchanged()
    {
        var state = new SchemaState(source);
        Assert.False(await state.IsCurrentAsync());
        await new Migrator(source, NullLogger<Migrator>.Instance).RunAsync();
        Assert.True(await state.IsCurrentAsync());
        await using var edit = source.CreateCommand("update schema_migration set checksum = '0' where version = 1");
        await edit.ExecuteNonQueryAsync();
        Assert.False(await state.IsCurrentAsync());
    }

    private Task RunAsync(params Migration[] migrations) =>
        new Migrator(source, NullLogger<Migrator>.Instance).RunAsync(migrations, CancellationToken.None);

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
