namespace Manufactura.Storage.Commits.Rows;

/// <summary>A line's calendar (JSON) as it is to stand. Missed unless the row has <c>ExpectedVersion</c>; 0 makes it.</summary>
public sealed record LineCalendarWrite(string Line, int ExpectedVersion, string Calendar) : IRow;
