using Npgsql;

namespace Manufactura.Storage.Import;

/// <summary>
/// Takes a whole plant, or part of one, from CSV files or a workbook: everything or nothing. Master data are created or updated;
/// documents (orders, lots, movements, entries) are only created. The format is described in demo/README.md.
/// </summary>
/// <param name="zone">The plant's time zone, for relative dates and instants without an offset.</param>
public sealed class PlantImporter(NpgsqlDataSource source, TimeProvider clock, TimeZoneInfo zone, ImportLimits? limits = null)
{
    private readonly ImportLimits limits = limits ?? new ImportLimits();

    /// <summary>Imports a set of CSV files, keyed by file name (<c>materials.csv</c>). The streams are read, not closed.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached; nothing changed.</exception>
    public async Task<ImportResult> ImportAsync(
        IReadOnlyDictionary<string, Stream> files,
        string actor,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var budget = new ByteBudget(limits.MaxBytes);
        var (reader, problems, calendar) = Start();
        var read = 0;
        foreach (var (name, stream) in files)
        {
            progress?.Report(new(ImportStage.Reading, CsvSource.TableName(name), read++, files.Count));
            if (await Try(() => CsvSource.ReadAsync(name, stream, budget, cancel), problems) is { } raw)
                reader.Read(raw, cancel);
        }

        return await CommitAsync(reader.Set, problems, calendar, actor, progress, cancel);
    }

    /// <summary>Imports a workbook (XLSX) with one sheet per table, named as the files. The stream is read, not closed.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached; nothing changed.</exception>
    public async Task<ImportResult> ImportAsync(
        Stream workbook,
        string actor,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var (reader, problems, calendar) = Start();
        progress?.Report(new(ImportStage.Reading, null, 0, 1));
        var sheets = await Try(() => XlsxSource.ReadAsync(workbook, new ByteBudget(limits.MaxBytes), cancel), problems);
        using (sheets)
            foreach (var raw in sheets?.Tables ?? [])
                reader.Read(raw, cancel);
        return await CommitAsync(reader.Set, problems, calendar, actor, progress, cancel);
    }

    private (SetReader, Problems, PlantCalendar) Start()
    {
        var problems = new Problems(limits);
        var calendar = new PlantCalendar(clock, zone);
        return (new SetReader(new ValueParser(calendar, limits), limits, problems), problems, calendar);
    }

    private static async Task<T?> Try<T>(Func<Task<T>> read, Problems problems)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (UnreadableException e)
        {
            var p = e.Problem;
            problems.Add(p.File, p.Row, p.Column, p.Code, p.Es, p.En);
            return null;
        }
    }

    private async Task<ImportResult> CommitAsync(
        ImportSet set,
        Problems problems,
        PlantCalendar calendar,
        string actor,
        IProgress<ImportProgress>? progress,
        CancellationToken cancel
    )
    {
        if (set.Sent.Count == 0 && problems.Count == 0)
            problems.Add("", 0, null, "empty-set", "No se recibió ningún archivo.", "No file was received.");
        progress?.Report(new(ImportStage.Checking, null, 0, set.RowCount));
        var plant = await KnownPlant.LoadAsync(source, set, cancel);
        KeyChecks.Run(set, plant, problems);
        var view = new PlantView(set, plant);
        MasterChecks.Run(set, view, problems);
        OrderChecks.Run(set, view, problems);
        StockChecks.Run(set, view, problems);
        if (problems.Count == 0)
            await WriteAsync(set, problems, calendar.Now, actor, progress, cancel);
        if (problems.Count == 0)
            progress?.Report(new(ImportStage.Done, null, set.RowCount, set.RowCount));
        var rows = set.Tables.Where(t => set.Sent.Contains(t.Spec.Name)).ToDictionary(t => t.Spec.Name, t => t.Rows.Count);
        return new ImportResult(problems.Count == 0, rows, problems.Sorted, problems.Count);
    }

    private async Task WriteAsync(
        ImportSet set,
        Problems problems,
        DateTimeOffset now,
        string actor,
        IProgress<ImportProgress>? progress,
        CancellationToken cancel
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var writer = new ImportWriter(connection, set);
        try
        {
            await writer.StageAsync(
                actor,
                now,
                (t, done) => progress?.Report(new(ImportStage.Writing, t, done, set.RowCount)),
                cancel
            );
            await writer.WriteAsync(t => progress?.Report(new(ImportStage.Writing, t, set.RowCount, set.RowCount)), cancel);
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            // Somebody wrote the same key between the check and now, or a rule only the database knows.
            var what = e.ConstraintName ?? e.SqlState;
            problems.Add(
                e.TableName ?? "",
                0,
                e.ColumnName,
                "conflict",
                $"La base de datos no lo admite: {what}.",
                $"The database does not accept it: {what}."
            );
            return;
        }

        progress?.Report(new(ImportStage.Verifying, null, 0, set.RowCount));
        await ImportInvariants.RunAsync(connection, set, problems, cancel);
        if (problems.Count > 0)
            return;
        await ImportEvents.WriteAsync(connection, set, actor, cancel);
        await transaction.CommitAsync(cancel);
        // Plans made while tables were empty stay slow: fresh statistics invalidate them in every session.
        await writer.Run("select event_partitions()", cancel);
        await writer.Run("analyze", cancel);
    }
}
