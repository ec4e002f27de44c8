namespace Manufactura.Storage.Commits.Rows;

/// <summary>An event: audit, outbox and live feed in one. <c>Subject</c> and <c>Also</c> are topics such as <c>order:WO-0001</c>.</summary>
public sealed record EventInsert(string Type, string Subject, string? Also, int? Version, string Actor, string DataJson) : IRow;
