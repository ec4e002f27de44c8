using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Storage.Commits;

/// <summary>
/// Collects units of work from all callers of this process and writes whatever waits in one transaction: one flush to disk for
/// hundreds of commands. One lane, because a second one would only wait for the first one's rows.
/// </summary>
public sealed class CommitLog : ICommitLog, IAsyncDisposable
{
    private const int MostUnits = 500;
    private const int MostRows = 20_000;
    private const int SmallBatch = 16;
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(10);

    private readonly Channel<Pending> waiting = Channel.CreateUnbounded<Pending>();
    private readonly Queue<Pending> deferred = new();
    private readonly NpgsqlDataSource dataSource;
    private readonly CommitLane lane;
    private readonly BatchWriter writer;
    private readonly ILogger logger;
    private readonly TimeSpan patience;
    private readonly Task running;

    /// <summary>Starts the lane; it connects with the first unit. The data source is one of <see cref="PlantDataSource"/>.</summary>
    public CommitLog(NpgsqlDataSource dataSource, ILogger<CommitLog> logger)
        : this(dataSource, logger, DefaultPatience) { }

    internal CommitLog(NpgsqlDataSource dataSource, ILogger logger, TimeSpan patience)
    {
        if (!new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).IncludeErrorDetail)
        {
            throw new ArgumentException(
                "The data source hides error details, by which guilty units are found.",
                nameof(dataSource)
            );
        }
        this.dataSource = dataSource;
        this.logger = logger;
        this.patience = patience;
        lane = new CommitLane(dataSource);
        writer = new BatchWriter(lane, logger);
        running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken ct = default)
    {
        if (unit.Command is not null && unit.AnswerJson is null)
        {
            throw new ArgumentException("A unit of work with a command key has the command's answer.", nameof(unit));
        }
        ct.ThrowIfCancellationRequested();
        // Waiting for the database is no matter of the plant's clock.
        var pending = new Pending(unit, Environment.TickCount64 + (long)patience.TotalMilliseconds);
        if (!waiting.Writer.TryWrite(pending))
        {
            throw new PlantUnavailableException("The commit log has been stopped.", outcomeUnknown: false);
        }
        await using var cancelling = ct.UnsafeRegister((p, token) => ((Pending)p!).Cancel(token), pending);
        return await pending.Done.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CommitResult.Known?> FindAsync(CommandKey key, CancellationToken ct = default)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
            var known = await CommandStatement.FindAsync(connection, [key], ct).ConfigureAwait(false);
            return known.Values.SingleOrDefault();
        }
        catch (NpgsqlException e) when (Faults.IsConnection(e))
        {
            throw new PlantUnavailableException("The database cannot be reached.", outcomeUnknown: false, e);
        }
    }

    /// <summary>Writes what was handed over, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await running.ConfigureAwait(false);
        await lane.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (deferred.Count > 0 || await waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            // Callers that were just answered get a moment to come back: at few callers this doubles what a batch holds.
            if (deferred.Count + waiting.Reader.Count < SmallBatch)
            {
                await Task.Yield();
            }
            await WriteAsync(Take()).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(Batch batch)
    {
        try
        {
            if (batch.Units.Count > 0)
            {
                await writer.WriteAsync(batch.Units).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // A bug of ours: these callers hear of it, the next ones are served.
            logger.LogCritical(e, "Writing a batch of {Units} units failed", batch.Units.Count);
            foreach (var unit in batch.Units)
            {
                unit.Fail(e);
            }
        }
    }

    private Batch Take()
    {
        var batch = new Batch();
        for (var again = deferred.Count; again > 0; again--)
        {
            Offer(batch, deferred.Dequeue());
        }
        while (
            batch.Units.Count < MostUnits
            && batch.RowCount < MostRows
            && deferred.Count < MostUnits
            && waiting.Reader.TryRead(out var unit)
        )
        {
            Offer(batch, unit);
        }
        return batch;
    }

    private void Offer(Batch batch, Pending unit)
    {
        try
        {
            if (!unit.TryTake())
            {
                return;
            }
            if (!batch.TryAdd(unit))
            {
                deferred.Enqueue(unit);
            }
        }
        catch (ArgumentException e)
        {
            unit.Fail(e);
        }
    }
}
