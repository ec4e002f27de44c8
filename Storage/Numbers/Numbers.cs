using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage;

/// <summary>What is numbered.</summary>
public enum NumberKind
{
    /// <summary>WO</summary>
    ProductionOrder,

    /// <summary>SO</summary>
    SalesOrder,

    /// <summary>RQ</summary>
    Requisition,

    /// <summary>JE</summary>
    JournalEntry,

    /// <summary>LT</summary>
    Lot,

    /// <summary>IF: inventario físico</summary>
    StockCount,
}

/// <summary>Gives out numbers: unique and rising under any concurrency on any number of nodes; gaps are allowed.</summary>
public interface INumbers
{
    /// <summary>The next numbers of a kind; <paramref name="count"/> from 1.</summary>
    Task<long[]> NextAsync(NumberKind kind, int count, CancellationToken ct = default);
}

/// <summary>How numbers are written.</summary>
public static class NumberFormat
{
    /// <summary><c>WO-0007</c>: at least four digits, growing past 9999.</summary>
    public static string Text(this NumberKind kind, long number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix(kind)}-{number:0000}");

    /// <summary>The next number of a journal entry, written.</summary>
    public static async Task<string> EntryAsync(this INumbers numbers) =>
        NumberKind.JournalEntry.Text((await numbers.NextAsync(NumberKind.JournalEntry, 1).ConfigureAwait(false))[0]);

    private static string Prefix(NumberKind kind) =>
        kind switch
        {
            NumberKind.ProductionOrder => "WO",
            NumberKind.SalesOrder => "SO",
            NumberKind.Requisition => "RQ",
            NumberKind.JournalEntry => "JE",
            NumberKind.Lot => "LT",
            NumberKind.StockCount => "IF",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
}

/// <summary>Numbers from the database's sequences; what is asked for while a question is under way is asked together.</summary>
public sealed class Numbers(NpgsqlDataSource dataSource) : INumbers
{
    private static readonly string Sql = SqlText.Of("Numbers.Next");
    private readonly Queue[] queues = [.. Enum.GetValues<NumberKind>().Select(_ => new Queue())];

    /// <inheritdoc/>
    public Task<long[]> NextAsync(NumberKind kind, int count, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var asked = new Asked(count);
        var queue = queues[(int)kind];
        lock (queue.Waiting)
        {
            queue.Waiting.Add(asked);
            if (queue.Running)
                return asked.Done.Task.WaitAsync(ct);
            queue.Running = true;
        }

        // Not on the caller's scheduler: a grain's turn must not carry other callers' numbers.
        _ = Task.Run(() => ServeAsync(kind, queue), CancellationToken.None);
        return asked.Done.Task.WaitAsync(ct);
    }

    private sealed record Asked(int Count)
    {
        public TaskCompletionSource<long[]> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Queue
    {
        public List<Asked> Waiting { get; } = [];
        public bool Running { get; set; }
    }

    private async Task ServeAsync(NumberKind kind, Queue queue)
    {
        while (true)
        {
            Asked[] all;
            lock (queue.Waiting)
            {
                all = [.. queue.Waiting];
                queue.Waiting.Clear();
                queue.Running = all.Length > 0;
            }

            if (all.Length == 0)
                return;
            try
            {
                var numbers = await DrawAsync(kind, all.Sum(a => a.Count)).ConfigureAwait(false);
                var next = 0;
                foreach (var one in all)
                {
                    one.Done.SetResult(numbers[next..(next + one.Count)]);
                    next += one.Count;
                }
            }
            catch (Exception e)
            {
                foreach (var one in all)
                    one.Done.TrySetException(e);
            }
        }
    }

    private async Task<long[]> DrawAsync(NumberKind kind, int count)
    {
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Sequence(kind), NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count, NpgsqlDbType = NpgsqlDbType.Integer });
        return (long[])(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }

    private static string Sequence(NumberKind kind) =>
        kind switch
        {
            NumberKind.ProductionOrder => "production_order_number",
            NumberKind.SalesOrder => "sales_order_number",
            NumberKind.Requisition => "requisition_number",
            NumberKind.JournalEntry => "journal_entry_number",
            NumberKind.Lot => "lot_number",
            NumberKind.StockCount => "stock_count_number",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
}
