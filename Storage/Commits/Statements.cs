using System.Collections.Frozen;
using System.Globalization;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Storage.Commits;

/// <summary>
/// Every statement in the one order in which a transaction runs them: what others refer to first, hot lots late, events last.
/// A new table is one row record, one <c>.sql</c> file and one line here.
/// </summary>
internal static partial class Statements
{
    private static readonly MasterTable[] MasterTables = Enum.GetValues<MasterTable>();

    private static readonly Statement[] All = InOrder([
        .. MasterTables.Reverse().Select(Delete),
        .. MasterTables.Select(Write),
        .. Sales(),
        .. Orders(),
        .. SalesLines(),
        .. Requisitions(),
        .. Stock(),
        .. Counts(),
        .. Books(),
        .. Events(),
    ]);

    private static readonly FrozenDictionary<string, Statement> Named = All.ToFrozenDictionary(
        s => s.Name,
        StringComparer.Ordinal
    );
    private static readonly Statement[] Writes = [.. MasterTables.Select(t => Named[$"MasterWrite.{t}"])];
    private static readonly Statement[] Deletes = [.. MasterTables.Select(t => Named[$"MasterDelete.{t}"])];
    private static readonly FrozenDictionary<Type, Statement> Typed = ByType();

    /// <summary>How many there are.</summary>
    public static int Count => All.Length;

    /// <summary>The statement at a place, from 0.</summary>
    public static Statement At(int place) => All[place];

    /// <summary>The statement that writes a row. Throws for a kind of row that is not registered.</summary>
    public static Statement Of(IRow row) =>
        row switch
        {
            MasterWrite write => Writes[(int)write.Table],
            MasterDelete delete => Deletes[(int)delete.Table],
            _ => Typed.GetValueOrDefault(row.GetType())
                ?? throw new ArgumentException($"{row.GetType().Name} is not a registered row."),
        };

    /// <summary>The parts of a composite key as one text.</summary>
    public static string Join(string first, string second) => $"{first}\u001f{second}";

    /// <inheritdoc cref="Join(string, string)"/>
    public static string Join(string first, string second, string third) => $"{first}\u001f{second}\u001f{third}";

    /// <inheritdoc cref="Join(string, string)"/>
    public static string Join(string first, long second) => string.Create(CultureInfo.InvariantCulture, $"{first}\u001f{second}");

    private static string Join(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static Statement Write(MasterTable table)
    {
        var name = $"MasterWrite.{table}";
        string[] children = table is MasterTable.Attribute or MasterTable.Bom or MasterTable.ProductionLine
            ? [".clear", ".fill"]
            : [];
        return new Statement<MasterWrite>(name, [name, .. children.Select(c => name + c)])
            .Key(r => r.Code)
            .Int(r => r.ExpectedVersion)
            .Json(r => r.Json);
    }

    private static Statement Delete(MasterTable table) =>
        new Statement<MasterDelete>($"MasterDelete.{table}").Key(r => r.Code).Int(r => r.ExpectedVersion);

    private static Statement[] InOrder(Statement[] statements)
    {
        for (var place = 0; place < statements.Length; place++)
        {
            statements[place].Place = place;
        }
        return statements;
    }

    private static FrozenDictionary<Type, Statement> ByType()
    {
        var types = All.Where(s => s.GetType().IsGenericType && !s.Name.StartsWith("Master", StringComparison.Ordinal))
            .ToDictionary(s => s.GetType().GetGenericArguments()[0]);
        foreach (var type in LotStatement.RowTypes)
        {
            types[type] = Named[LotStatement.PremiseName];
        }
        return types.ToFrozenDictionary();
    }
}
