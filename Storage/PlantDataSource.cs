using Npgsql;

namespace Manufactura.Storage;

/// <summary>Makes data sources as this project needs them.</summary>
public static class PlantDataSource
{
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
        return NpgsqlDataSource.Create(settings);
    }
}
