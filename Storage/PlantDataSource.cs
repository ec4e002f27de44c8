using Npgsql;

namespace Manufactura.Storage;

/// <summary>Makes data sources as this project needs them.</summary>
public static class PlantDataSource
{
    // What a node leaves open when it hangs or its machine loses power holds up everybody else's commits: the server ends a transaction
    // that its client has forgotten, and finds within half a minute that a client is gone.
    private const string Guards =
        "-c idle_in_transaction_session_timeout=15s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    /// <summary>A pool in which statements are prepared at their second use and a lost server is noticed within seconds.</summary>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            ApplicationName = "manufactura",
            // A missed premise names its rows in DETAIL.
            IncludeErrorDetail = true,
        };
        if (!settings.ContainsKey("Timeout"))
        {
            settings.Timeout = 5;
        }
        if (settings.KeepAlive == 0)
        {
            settings.KeepAlive = 15;
        }
        settings.Options = $"{Guards} {settings.Options}".TrimEnd();
        // By its name the pool is told of in metrics, which anybody may read: not by where and as whom it connects.
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "plant" }.Build();
    }
}
