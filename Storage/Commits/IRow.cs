namespace Manufactura.Storage.Commits;

/// <summary>A change to the database, as a value. Each kind of row is written by one set-based statement.</summary>
public interface IRow;
