using System.Net;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>A lot that is there when the day begins.</summary>
internal sealed record OpeningLot(string Code, string Material, decimal Quantity, DateOnly? ExpiresOn, string Location = "BOD");

/// <summary>
/// A real database that is emptied before every plant, and the simulation's own connection to it, which no fault touches. One throwaway
/// server serves all databases of the process.
/// </summary>
internal sealed class PlantDatabase : IAsyncDisposable
{
    private const int VacuumEvery = 25;
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static bool prepared;
    private readonly string connectionString;
    private readonly string clear;
    private int cleared;

    private PlantDatabase(string connectionString, NpgsqlConnection own, string clear)
    {
        this.connectionString = connectionString;
        Own = own;
        this.clear = clear;
    }

    /// <summary>The simulation's own connection.</summary>
    public NpgsqlConnection Own { get; }

    public IPEndPoint Server
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return new(IPAddress.Parse(parts.Host!), parts.Port);
        }
    }

    public static async Task<PlantDatabase> CreateAsync()
    {
        var (_, given) = await PostgresFixture.CreateDatabaseAsync();
        var connectionString = new NpgsqlConnectionStringBuilder(given)
        {
            IncludeErrorDetail = true,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            Pooling = false,
        }.ConnectionString;
        var own = new NpgsqlConnection(connectionString);
        await own.OpenAsync();
        await PrepareServerAsync(own);
        await own.ExecuteAsync(Sql.Text("plant"));
        await own.ExecuteAsync(
            """
            create schema seed;
            do $$ declare t text; begin
                foreach t in array array['unit', 'location', 'supplier', 'customer', 'attribute', 'attribute_value', 'material', 'bom',
                    'bom_line', 'production_line', 'line_compatibility', 'event_retention'] loop
                    execute format('create table seed.%I as table %I', t, t);
                end loop;
            end $$
            """
        );
        return new(connectionString, own, await own.AskAsync<string>(Sql.Text("clear")));
    }

    /// <summary>How a host connects, by way of its wire.</summary>
    public string By(Wire wire) =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Port = wire.Port,
            Pooling = true,
            SslMode = SslMode.Disable,
            MaxPoolSize = 20,
        }.ConnectionString;

    /// <summary>A plant with its master data and these lots, and nothing that anybody did before.</summary>
    public async Task OpenPlantAsync(IReadOnlyCollection<OpeningLot> lots, DateTimeOffset now)
    {
        await Own.ExecuteAsync(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        );
        if (cleared++ % VacuumEvery == VacuumEvery - 1)
            await Own.ExecuteAsync("vacuum analyze");
        await Own.ExecuteAsync($"set session_replication_role = replica; {clear}; set session_replication_role = origin");
        await Own.ExecuteAsync(
            Sql.Text("opening"),
            lots.Select(l => l.Code).ToArray(),
            lots.Select(l => l.Material).ToArray(),
            lots.Select(l => l.Quantity).ToArray(),
            lots.Select(l => l.ExpiresOn).ToArray(),
            lots.Select(l => l.Location).ToArray(),
            now.ToUniversalTime()
        );
    }

    public ValueTask DisposeAsync() => Own.DisposeAsync();

    /// <summary>
    /// No seed cuts the power of the server, so nothing waits for its disk; and signing in by SCRAM, made to be slow, is left out: a plant
    /// that dies all the time connects all the time.
    /// </summary>
    private static async Task PrepareServerAsync(NpgsqlConnection own)
    {
        await Turn.WaitAsync();
        try
        {
            if (prepared)
                return;
            await own.ExecuteAsync("alter role current_user set synchronous_commit = off");
            var hba = await own.AskAsync<string>("select current_setting('hba_file')");
            await own.ExecuteAsync($"copy (select 'host all all 127.0.0.1/32 trust') to '{hba}'");
            await own.ExecuteAsync("select pg_reload_conf()");
            prepared = true;
        }
        finally
        {
            Turn.Release();
        }
    }
}
