using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Feeds;

/// <summary>Keeps room for new events and drops old ones, both by whole partitions.</summary>
public sealed class EventRetention(NpgsqlDataSource dataSource)
{
    private static readonly string Room = SqlText.Of("Feeds.EventPartitions");
    private static readonly string At = SqlText.Of("Feeds.EventAt");
    private static readonly string Drop = SqlText.Of("Feeds.DropEventsBefore");
    private static readonly string Forget = SqlText.Of("Feeds.ForgetCommands");

    /// <summary>Makes partitions ahead of the highest id where they are missing.</summary>
    public async Task EnsureRoomAsync(CancellationToken ct = default)
    {
        await using var command = dataSource.CreateCommand(Room);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Drops partitions that hold only events before a moment; answers through which id events are gone.</summary>
    public async Task<long> DropEventsBeforeAsync(DateTimeOffset before, CancellationToken ct = default)
    {
        await using var find = dataSource.CreateCommand(At);
        find.Parameters.Add(
            new NpgsqlParameter<DateTime> { TypedValue = before.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz }
        );
        var last = (long)(await find.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
        await using var drop = dataSource.CreateCommand(Drop);
        drop.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last + 1 });
        return (long)(await drop.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }

    /// <summary>
    /// Forgets the answers of commands that are older, by the clock that wrote them: that of the server, whatever the host's says.
    /// Answers how many.
    /// </summary>
    public async Task<int> ForgetCommandsOlderThanAsync(TimeSpan age, CancellationToken ct = default)
    {
        await using var command = dataSource.CreateCommand(Forget);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age, NpgsqlDbType = NpgsqlDbType.Interval });
        return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}

/// <summary>Looks every minute whether there is room for events, and every hour forgets the answers of commands older than two days.</summary>
public sealed class EventKeeper(EventRetention retention, ILogger<EventKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        var minute = 0;
        do
        {
            try
            {
                await retention.EnsureRoomAsync(stoppingToken).ConfigureAwait(false);
                if (minute++ % 60 == 0)
                {
                    await retention.ForgetCommandsOlderThanAsync(Remembered, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                logger.LogWarning(e, "Looking after the event table failed; the next minute tries again");
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
