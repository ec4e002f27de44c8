using System.Diagnostics;
using Manufactura.Storage.Embedded;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Manufactura.Storage.Tests.Embedded;

public sealed class EmbeddedServerTests : IDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"manufactura-embedded-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Data_outlives_a_stop_and_only_its_owner_reads_the_password()
    {
        await using (var server = await StartAsync())
        {
            await ExecuteAsync(server, "create table kept (id int); insert into kept values (42)");
            Assert.Equal("UTF8 on on 127.0.0.1", await AskAsync(server, Settings));
        }
        await using (var server = await StartAsync())
        {
            Assert.Equal(42, await AskAsync(server, "select id from kept"));
        }
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(directory, "postgres", "password"))
            );
        }
        Assert.False(File.Exists(Path.Combine(directory, "postgres", "cluster", "postmaster.pid")));
    }

    [Fact]
    public async Task A_killed_server_recovers_at_the_next_start()
    {
        var server = await StartAsync();
        await ExecuteAsync(server, "create table kept (id int); insert into kept values (42)");
        using (var process = Process.GetProcessById(server.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        await server.AbandonAsync();
        await using var again = await StartAsync();
        Assert.Equal(42, await AskAsync(again, "select id from kept"));
    }

    [Fact]
    public async Task A_server_left_by_a_killed_host_is_taken_over_and_then_stopped()
    {
        var left = await StartAsync();
        var id = left.ProcessId;
        await left.AbandonAsync();
        await using (var server = await StartAsync())
        {
            Assert.Equal(id, server.ProcessId);
            Assert.Equal(1, await AskAsync(server, "select 1"));
        }
        Assert.False(await AnswersAsync(left));
    }

    [Fact]
    public async Task A_left_server_that_does_not_let_us_in_is_stopped_and_so_is_the_one_started_instead()
    {
        var left = await StartAsync();
        await ExecuteAsync(left, "alter role manufactura password 'another'");
        await left.AbandonAsync();
        NpgsqlConnection.ClearAllPools();
        var refused = await Assert.ThrowsAsync<PostgresException>(StartAsync);
        Assert.Equal("28P01", refused.SqlState);
        Assert.False(await AnswersAsync(left));
        Assert.False(File.Exists(Path.Combine(directory, "postgres", "cluster", "postmaster.pid")));
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_another_program_does_not_block()
    {
        var server = await StartAsync();
        await server.DisposeAsync();
        await File.WriteAllTextAsync(
            Path.Combine(directory, "postgres", "cluster", "postmaster.pid"),
            $"{Environment.ProcessId}\n/elsewhere\n"
        );
        await using var again = await StartAsync();
        Assert.Equal(1, await AskAsync(again, "select 1"));
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_with_a_sentence()
    {
        await using var server = await StartAsync();
        var refused = await Assert.ThrowsAsync<EmbeddedServerException>(StartAsync);
        Assert.Contains("Another program is using the data", refused.Message);
        Assert.Equal(1, await AskAsync(server, "select 1"));
    }

    [Fact]
    public async Task Data_of_a_version_without_binaries_stops_with_a_sentence()
    {
        Directory.CreateDirectory(Path.Combine(directory, "postgres", "cluster"));
        await File.WriteAllTextAsync(Path.Combine(directory, "postgres", "cluster", "PG_VERSION"), "11\n");
        var stopped = await Assert.ThrowsAsync<EmbeddedServerException>(StartAsync);
        Assert.Contains("PostgreSQL 11", stopped.Message);
    }

    [Fact]
    public async Task An_interrupted_making_is_made_again()
    {
        Directory.CreateDirectory(Path.Combine(directory, "postgres", "cluster.new", "base"));
        Directory.CreateDirectory(Path.Combine(directory, "postgres", "cluster"));
        await using var server = await StartAsync();
        Assert.Equal(1, await AskAsync(server, "select 1"));
    }

    [Fact]
    public async Task As_root_with_an_unreachable_directory_the_data_is_kept_elsewhere_and_that_is_said()
    {
        Directory.CreateDirectory(directory);
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return;
        }
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var said = new Sayings();
        string home;
        await using (var server = await EmbeddedServer.StartAsync(directory, said))
        {
            home = Path.GetDirectoryName((string)(await AskAsync(server, "show data_directory"))!)!;
            Assert.StartsWith("/var/lib/manufactura/", home);
            Assert.Contains(said.Lines, l => l.Contains(home));
        }
        Directory.Delete(home, recursive: true);
    }

    private const string Settings =
        "select concat_ws(' ', pg_encoding_to_char(encoding), current_setting('fsync'), current_setting('synchronous_commit'), "
        + "current_setting('listen_addresses')) from pg_database where datname = current_database()";

    private Task<EmbeddedServer> StartAsync() => EmbeddedServer.StartAsync(directory, NullLogger.Instance);

    private static async Task ExecuteAsync(EmbeddedServer server, string sql) => await AskAsync(server, sql);

    private static async Task<object?> AskAsync(EmbeddedServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<bool> AnswersAsync(EmbeddedServer server)
    {
        try
        {
            await AskAsync(server, "select 1");
            return true;
        }
        catch (NpgsqlException e) when (e.InnerException is System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private sealed class Sayings : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel level,
            EventId id,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add(formatter(state, exception));
    }
}
