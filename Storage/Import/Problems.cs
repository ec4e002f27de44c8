namespace Manufactura.Storage.Import;

/// <summary>Gathers what is wrong with a set.</summary>
internal sealed class Problems(ImportLimits limits)
{
    private readonly List<ImportProblem> kept = [];

    public int Count { get; private set; }

    /// <summary>By file in the order of arrival, then by row.</summary>
    public IReadOnlyList<ImportProblem> Sorted
    {
        get
        {
            var files = kept.Select(p => p.File).Distinct().Select((file, i) => (file, i)).ToDictionary(f => f.file, f => f.i);
            return [.. kept.OrderBy(p => files[p.File]).ThenBy(p => p.Row)];
        }
    }

    public void Add(string file, int row, string? column, string code, string es, string en)
    {
        Count++;
        if (kept.Count < limits.MaxProblems)
            kept.Add(new ImportProblem(file, row, column, code, es, en));
    }

    public void Add(TableRows table, ImportRow row, string? column, string code, string es, string en) =>
        Add(table.File, row.Line, column, code, es, en);
}
