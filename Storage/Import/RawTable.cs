namespace Manufactura.Storage.Import;

/// <summary>A file or sheet as text, before anybody knows what its columns mean.</summary>
/// <param name="DecimalComma">Written by a spreadsheet in Spanish: semicolons between fields, 1,5 for one and a half, 20/11/2026.</param>
internal sealed record RawTable(string File, string Table, IEnumerable<RawRow> Rows, bool DecimalComma);

/// <summary>The fields of one record and the line on which it begins.</summary>
internal readonly record struct RawRow(int Line, IReadOnlyList<string> Fields)
{
    public bool IsEmpty => Fields.All(string.IsNullOrWhiteSpace);
}

/// <summary>The set cannot be read at all; carries the problem to report.</summary>
internal sealed class UnreadableException(string file, int row, string code, string es, string en) : Exception(en)
{
    public ImportProblem Problem { get; } = new(file, row, null, code, es, en);

    public static UnreadableException TooLarge(string file) =>
        new(file, 0, "too-large", "El archivo es demasiado grande.", "The file is too large.");
}

/// <summary>How many bytes a whole set may still give.</summary>
internal sealed class ByteBudget(long bytes)
{
    private long left = bytes;

    public void Spend(string file, int count)
    {
        left -= count;
        if (left < 0)
            throw UnreadableException.TooLarge(file);
    }
}

/// <summary>Reads on until the budget is spent: what counts is what comes out, not what an archive claims.</summary>
internal sealed class BudgetStream(Stream inner, string file, ByteBudget budget) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        budget.Spend(file, read);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        budget.Spend(file, read);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
