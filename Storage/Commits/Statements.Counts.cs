using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Storage.Commits;

internal static partial class Statements
{
    private static Statement[] Counts() =>
        [
            new Statement<CountInsert>()
                .Key(r => r.Number)
                .Text(r => r.Location)
                .Text(r => r.Material)
                .Bool(r => r.Blind)
                .Text(r => r.Reason)
                .Text(r => r.CreatedBy)
                .Instant(r => r.CreatedAt),
            new Statement<CountUpdate>()
                .Key(r => r.Number)
                .Int(r => r.ExpectedVersion)
                .Text(r => r.Status)
                .Text(r => r.ClosedBy)
                .Instant(r => r.ClosedAt),
            new Statement<CountLineWrite>()
                .Key(r => Join(r.Count, r.Lot))
                .Text(r => r.Count)
                .Text(r => r.Lot)
                .Int(r => r.ExpectedVersion)
                .Number(r => r.Counted)
                .Number(r => r.Booked)
                .Text(r => r.By)
                .Instant(r => r.At)
                .Number(r => r.Posted),
        ];
}
