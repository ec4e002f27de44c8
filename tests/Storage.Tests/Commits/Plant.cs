using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Manufactura.Storage.Tests.Commits;

/// <summary>A small plant to write to, and short ways to write and read it.</summary>
internal static class Plant
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 11, 20);

    public static CommitLog Log(NpgsqlDataSource source) => new(source, NullLogger<CommitLog>.Instance);

    /// <summary>A unit, a location and the materials STEEL and CHAIR.</summary>
    public static async Task SeedAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            insert into unit (code, name) values ('pz', 'pieza') on conflict do nothing;
            insert into location (code, name) values ('BOD', 'Bodega') on conflict (code) do nothing;
            insert into material (code, name, kind, unit) values ('STEEL', 'Acero', 'RawMaterial', 'pz'), ('CHAIR', 'Silla', 'FinishedProduct', 'pz')
            on conflict do nothing;
            """
        );
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> AskAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static UnitOfWork Unit(params IRow[] rows) => With(new UnitOfWork(), rows);

    public static UnitOfWork Command(string key, string answer, params IRow[] rows) =>
        With(new UnitOfWork { Command = Key(key), AnswerJson = answer }, rows);

    public static CommandKey Key(string key, string body = "") =>
        new("ana", "reserve", key, [.. SHA256.HashData(Encoding.UTF8.GetBytes(body))]);

    public static LotInsert Lot(string code, decimal onHand, string status = "Available", DateOnly? expiresOn = null) =>
        new(code, "STEEL", status, onHand, onHand, "BOD", Now, ExpiresOn: expiresOn);

    public static LotChange Reserve(string lot, decimal quantity) => new(lot, 0, quantity, LotUse.Free, Today);

    public static OrderInsert Order(string number) => new(number, "Draft", "CHAIR", 10, "ana", Now, Now);

    public static OrderUpdate Update(string number, int expectedVersion, string status = "Planned") =>
        new(
            number,
            expectedVersion,
            status,
            null,
            null,
            10,
            0,
            0,
            null,
            null,
            null,
            null,
            null,
            null,
            5,
            null,
            "[]",
            0,
            false,
            Now,
            null,
            null
        );

    public static EventInsert Event(string subject, int version = 1) => new("tested", subject, null, version, "ana", "{}");

    private static UnitOfWork With(UnitOfWork unit, IRow[] rows)
    {
        foreach (var row in rows)
        {
            unit.Add(row);
        }
        return unit;
    }
}
